
package io.github.zimagefiji.host.dialog;

import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.Frame;
import java.awt.GraphicsEnvironment;
import java.awt.Rectangle;

import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JDialog;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.KeyStroke;

/**
 * A modal dialog around a {@link DialogPanel}, with OK and Cancel; never larger
 * than the screen.
 */
@SuppressWarnings("serial")
final class CommandDialog extends JDialog {

	/** What a window's frame and a task bar take from the screen. */
	private static final int MARGIN = 20;

	private final JButton ok = new JButton("OK");
	private boolean confirmed;

	CommandDialog(final String title, final DialogPanel panel) {
		super((Frame) null, title, true);
		setDefaultCloseOperation(DISPOSE_ON_CLOSE);
		final JScrollPane scroll = new JScrollPane(panel.getComponent());
		scroll.setBorder(BorderFactory.createEmptyBorder(8, 8, 0, 8));
		add(scroll);
		add(buttons(), BorderLayout.SOUTH);
		panel.whenChecked(valid -> {
			ok.setEnabled(valid);
			fit();
		});
		center();
	}

	boolean isConfirmed() {
		return confirmed;
	}

	private JPanel buttons() {
		ok.setName("ok");
		ok.addActionListener(e -> close(true));
		final JButton cancel = new JButton("Cancel");
		cancel.setName("cancel");
		cancel.addActionListener(e -> close(false));
		getRootPane().setDefaultButton(ok);
		getRootPane().registerKeyboardAction(e -> close(false), KeyStroke
			.getKeyStroke("ESCAPE"), JComponent.WHEN_IN_FOCUSED_WINDOW);
		final JPanel buttons = new JPanel();
		buttons.add(ok);
		buttons.add(cancel);
		return buttons;
	}

	private void close(final boolean yes) {
		confirmed = yes;
		dispose();
	}

	/**
	 * Makes room for a sentence that appeared, and never takes it away again: a
	 * window that jumps is a nuisance.
	 */
	private void fit() {
		final Dimension needed = getPreferredSize();
		final Rectangle screen = screen();
		final int width = Math.min(Math.max(needed.width, getWidth()),
			screen.width - MARGIN);
		final int height = Math.min(Math.max(needed.height, getHeight()),
			screen.height - MARGIN);
		if (width != getWidth() || height != getHeight()) setSize(width, height);
		validate();
	}

	private void center() {
		pack();
		fit();
		final Rectangle screen = screen();
		setLocation(screen.x + (screen.width - getWidth()) / 2, screen.y +
			(screen.height - getHeight()) / 2);
	}

	private static Rectangle screen() {
		return GraphicsEnvironment.getLocalGraphicsEnvironment()
			.getMaximumWindowBounds();
	}
}
