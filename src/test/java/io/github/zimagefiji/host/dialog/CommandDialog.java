
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
		final Dimension size = within(getSize());
		if (!size.equals(getSize())) setSize(size);
		validate();
	}

	/** Room for everything, as far as the screen has it. */
	private Dimension within(final Dimension least) {
		final Dimension needed = getPreferredSize();
		final Rectangle screen = screen();
		return new Dimension(Math.min(Math.max(needed.width, least.width),
			screen.width - MARGIN), Math.min(Math.max(needed.height, least.height),
				screen.height - MARGIN));
	}

	/**
	 * The size is not asked for in between: the display tells late of the one
	 * before.
	 */
	private void center() {
		pack();
		final Dimension size = within(new Dimension());
		final Rectangle screen = screen();
		setBounds(screen.x + (screen.width - size.width) / 2, screen.y +
			(screen.height - size.height) / 2, size.width, size.height);
		validate();
	}

	private static Rectangle screen() {
		return GraphicsEnvironment.getLocalGraphicsEnvironment()
			.getMaximumWindowBounds();
	}
}
