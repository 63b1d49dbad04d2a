
package io.github.zimagefiji.host.dialog;

import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.Frame;
import java.awt.GraphicsEnvironment;
import java.awt.Rectangle;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;

import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JDialog;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.KeyStroke;
import javax.swing.UIManager;

/**
 * A modal dialog around a {@link DialogPanel}, with OK and Cancel, as that of scijava-ui-swing:
 * never larger than three quarters of the screen, with scroll bars, and with the focus on OK when
 * it opens.
 */
@SuppressWarnings("serial")
final class CommandDialog extends JDialog {

	/** The part of the screen that it may take, in each direction. */
	private static final double LARGEST = 0.75;
	/** For a scroll bar. */
	private static final int WIDER = 20;

	private final JButton ok = new JButton("OK");
	private boolean confirmed;

	CommandDialog(final String title, final DialogPanel panel) {
		super((Frame) null, title, true);
		setDefaultCloseOperation(DISPOSE_ON_CLOSE);
		final JPanel message = new JPanel(new BorderLayout());
		message.setBorder(UIManager.getBorder("OptionPane.messageAreaBorder"));
		message.add(panel.getComponent());
		final JScrollPane scroll = new JScrollPane(message);
		scroll.setName("scroll");
		add(scroll);
		add(buttons(), BorderLayout.SOUTH);
		panel.whenChecked(ok::setEnabled);
		addWindowFocusListener(new WindowAdapter() {

			private boolean focused;

			@Override
			public void windowGainedFocus(final WindowEvent e) {
				if (!focused) ok.requestFocus();
				focused = true;
			}
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
		getRootPane().registerKeyboardAction(e -> close(false), KeyStroke.getKeyStroke("ESCAPE"),
			JComponent.WHEN_IN_FOCUSED_WINDOW);
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
	 * The size is not asked for in between: the display tells late of the one before.
	 */
	private void center() {
		pack();
		final Dimension needed = getPreferredSize();
		final Rectangle screen =
			GraphicsEnvironment.getLocalGraphicsEnvironment().getMaximumWindowBounds();
		final int width = Math.min(needed.width, (int) (LARGEST * screen.width)) + WIDER;
		final int height = Math.min(needed.height, (int) (LARGEST * screen.height));
		setBounds(screen.x + (screen.width - width) / 2, screen.y + (screen.height - height) / 2, width,
			height);
		validate();
	}
}
