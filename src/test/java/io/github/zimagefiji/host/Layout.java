
package io.github.zimagefiji.host;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Component;
import java.awt.Container;
import java.awt.Dimension;
import java.awt.Rectangle;
import java.awt.Window;

import javax.swing.JComboBox;
import javax.swing.JScrollPane;
import javax.swing.JSpinner;
import javax.swing.JTextArea;
import javax.swing.JTextField;
import javax.swing.RootPaneContainer;
import javax.swing.SwingUtilities;

/** Whether a person can see all of a window. */
final class Layout {

	/** Of a dialog, in pixels. */
	private static final int HIGHEST = 560;

	private Layout() {
		// only the check
	}

	/**
	 * Checks that a dialog is not higher than small screens allow, and shows all that is in it.
	 */
	static void assertFits(final Window dialog) throws Exception {
		final int height = Person.onEventThread(dialog::getHeight);
		assertTrue(height <= HIGHEST, "The dialog has " + height + " pixels.");
		assertNothingIsCutOff(dialog);
	}

	/**
	 * Checks that a window lies on the screen, and that each control in it is as large as it needs to
	 * be and in view.
	 */
	static void assertNothingIsCutOff(final Window window) throws Exception {
		Person.onEventThread(() -> {
			final Rectangle screen = window.getGraphicsConfiguration().getBounds();
			assertTrue(screen.contains(window.getBounds()),
				window.getBounds() + " on a screen of " + screen);
			final Container content =
				window instanceof RootPaneContainer pane ? pane.getContentPane() : window;
			for (final Component child : content.getComponents()) {
				check(child, window);
			}
			return null;
		});
	}

	private static void check(final Component component, final Window window) {
		if (!component.isShowing()) return;
		final Rectangle place =
			SwingUtilities.convertRectangle(component.getParent(), component.getBounds(), window);
		final Rectangle inside = new Rectangle(window.getSize());
		assertTrue(inside.contains(place),
			describe(component) + " at " + place + " in a window of " + window.getSize());
		final Dimension needed = component.getPreferredSize();
		// a line of text may be longer than its field
		final boolean isWide = component instanceof JTextField || component.getWidth() >= needed.width;
		assertTrue(isWide && component.getHeight() >= needed.height,
			describe(component) + " has " + component.getSize() + " but needs " + needed);
		if (isWhole(component)) return;
		if (component instanceof Container container) {
			for (final Component child : container.getComponents()) {
				check(child, window);
			}
		}
	}

	/**
	 * Parts of a spinner or a choice are its own affair; and text may be longer than its area, which
	 * has scroll bars.
	 */
	private static boolean isWhole(final Component component) {
		return component instanceof JSpinner || component instanceof JComboBox ||
			component instanceof JScrollPane pane && pane.getViewport().getView() instanceof JTextArea;
	}

	private static String describe(final Component component) {
		return component.getClass().getSimpleName() + " " + component.getName();
	}
}
