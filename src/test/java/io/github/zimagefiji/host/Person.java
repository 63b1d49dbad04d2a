
package io.github.zimagefiji.host;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.AWTException;
import java.awt.Button;
import java.awt.Component;
import java.awt.Container;
import java.awt.Dialog;
import java.awt.EventQueue;
import java.awt.Frame;
import java.awt.GraphicsEnvironment;
import java.awt.Menu;
import java.awt.MenuItem;
import java.awt.Point;
import java.awt.Robot;
import java.awt.Window;
import java.awt.event.ActionEvent;
import java.awt.event.InputEvent;
import java.awt.event.KeyEvent;
import java.awt.event.WindowEvent;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JSpinner;
import javax.swing.SwingUtilities;
import javax.swing.text.JTextComponent;

import ij.Menus;
import ij.gui.MessageDialog;

/**
 * Somebody with a mouse, a keyboard and patience: clicks, types, and waits until something is
 * there.
 */
public final class Person {

	private static final long PATIENCE = 180_000;
	private static final long GLANCE = 25;
	private static final long SECOND_CLICK = 2000;

	private static final int SETTLE_MILLIS = 40;

	/** Characters in the longest line of a message. */
	private static final int LINE = 80;

	private final Robot robot;

	Person() throws AWTException {
		robot = GraphicsEnvironment.isHeadless() ? null : new Robot();
	}

	/**
	 * Waits for something.
	 *
	 * @param what what to say if it never comes
	 * @param look gives it, or nothing as long as it is not there; asked on the event thread
	 */
	public <T> T await(final String what, final Supplier<Optional<T>> look) throws Exception {
		final long end = System.currentTimeMillis() + PATIENCE;
		while (System.currentTimeMillis() < end) {
			final Optional<T> found = onEventThread(look::get);
			if (found.isPresent()) return found.get();
			Thread.sleep(GLANCE);
		}
		throw new AssertionError("Waited in vain for " + what + ". There is: " +
			onEventThread(() -> windows().map(Person::describe).toList()));
	}

	/** Waits until something is so. */
	public void await(final String what, final Callable<Boolean> look) throws Exception {
		this.<Boolean> await(what, () -> {
			try {
				return look.call() ? Optional.of(true) : Optional.empty();
			}
			catch (final Exception e) {
				throw new IllegalStateException(e);
			}
		});
	}

	/** Waits for a visible window whose title begins so. */
	public Window window(final String title) throws Exception {
		return window(title, Window.class);
	}

	/** The same of a kind: a dialog that closes may have the title of what it opens. */
	public <W extends Window> W window(final String title, final Class<W> kind) throws Exception {
		return await("the window " + title, () -> windows().filter(kind::isInstance)
			.filter(w -> titleOf(w).startsWith(title)).map(kind::cast).findFirst());
	}

	private static Stream<Window> windows() {
		return Stream.of(Window.getWindows()).filter(Window::isShowing);
	}

	private static String titleOf(final Window window) {
		if (window instanceof Frame frame) return String.valueOf(frame.getTitle());
		return window instanceof Dialog dialog ? String.valueOf(dialog.getTitle()) : "";
	}

	private static String describe(final Window window) {
		return titleOf(window) + all(window).map(Person::text).filter(text -> !text.isEmpty()).toList();
	}

	private static String text(final Component component) {
		if (component instanceof JTextComponent field) return field.getText();
		return component instanceof JLabel label && label.getText() != null ? label.getText() : "";
	}

	/**
	 * Presses OK, and waits for the dialog of the same title that comes in its place.
	 */
	public Window again(final Window dialog) throws Exception {
		click(find(dialog, JButton.class, "ok"));
		await("the dialog to close", () -> !dialog.isShowing());
		return window(titleOf(dialog));
	}

	/** What a message in a dialog says, in one line. */
	public String said(final Window dialog, final String name) throws Exception {
		final JTextComponent message = find(dialog, JTextComponent.class, name);
		return onEventThread(() -> message.getText().replace("&#160;", " ").replaceAll("\\s+", " "));
	}

	/** Closes a window of ImageJ. */
	public void close(final Frame window) throws Exception {
		onEventThread(() -> {
			window.dispatchEvent(new WindowEvent(window, WindowEvent.WINDOW_CLOSING));
			return null;
		});
		await("the window to close", () -> !window.isShowing());
	}

	/** Waits for a component with this name in a window. */
	public <C extends Component> C find(final Window window, final Class<C> type, final String name)
		throws Exception
	{
		return await(type.getSimpleName() + " " + name, () -> all(window)
			.filter(c -> name.equals(c.getName())).filter(type::isInstance).map(type::cast).findFirst());
	}

	/** A component and all inside it. */
	static Stream<Component> all(final Component component) {
		final Stream<Component> inner = component instanceof Container container
			? Stream.of(container.getComponents()).flatMap(Person::all) : Stream.empty();
		return Stream.concat(Stream.of(component), inner);
	}

	/**
	 * Chooses an entry of ImageJ's menu, such as {@code Plugins>Z-Image>Text to Image...}.
	 */
	public void choose(final String path) throws Exception {
		final int end = path.lastIndexOf('>');
		final String entry = path.substring(end + 1);
		final MenuItem item = await("the menu entry " + path,
			() -> entry(Menus.getImageJMenu(path.substring(0, end)), entry));
		EventQueue.invokeLater(
			() -> item.dispatchEvent(new ActionEvent(item, ActionEvent.ACTION_PERFORMED, entry)));
	}

	private static Optional<MenuItem> entry(final Menu menu, final String entry) {
		return menu == null ? Optional.empty() : IntStream.range(0, menu.getItemCount())
			.mapToObj(menu::getItem).filter(item -> item.getLabel().equals(entry)).findFirst();
	}

	/** Waits for a message, reads it and presses its button. */
	public String readMessage() throws Exception {
		return answer("OK");
	}

	/**
	 * Waits for a message or a question, reads it and presses the button with these words.
	 */
	public String answer(final String button) throws Exception {
		final Window message = window(HostUI.MESSAGE);
		final List<String> lines =
			onEventThread(() -> all(message).map(Person::text).filter(line -> !line.isEmpty()).toList());
		// message boxes do not wrap
		for (final String line : lines)
			assertTrue(line.length() <= LINE || !line.contains(" "), line);
		click(await("the message's button", () -> all(message).filter(JButton.class::isInstance)
			.filter(each -> button.equals(((JButton) each).getText())).findFirst()));
		await("the message to close", () -> !message.isShowing());
		return String.join(" ", lines);
	}

	/** Waits for what ImageJ says when a macro fails, and presses its button. */
	int closeMacroError() throws Exception {
		return closeImageJs("Macro Error");
	}

	/**
	 * Waits for a message of ImageJ's and presses its button.
	 *
	 * @return how wide it is, in pixels
	 */
	int closeImageJs(final String title) throws Exception {
		final Window message = window(title);
		final int width = onEventThread(message::getWidth);
		final Button button = await("its button", () -> all(message).filter(Button.class::isInstance)
			.map(Button.class::cast).filter(each -> each.getLabel().strip().equals("OK")).findFirst());
		// AWT's own buttons miss clicks that come before their window is drawn
		EventQueue.invokeLater(() -> button
			.dispatchEvent(new ActionEvent(button, ActionEvent.ACTION_PERFORMED, button.getLabel())));
		await("it to close", () -> !message.isShowing());
		return width;
	}

	/** Whether no message is shown. */
	boolean hasNoMessage() throws Exception {
		return onEventThread(() -> windows().noneMatch(
			each -> titleOf(each).startsWith(HostUI.MESSAGE) || each instanceof MessageDialog));
	}

	/** Moves the mouse onto a component's middle and clicks. */
	public void click(final Component component) throws Exception {
		await(component.getName() + " to be shown and enabled",
			() -> component.isShowing() && component.isEnabled());
		final Point corner = onEventThread(component::getLocationOnScreen);
		robot.mouseMove(corner.x + component.getWidth() / 2, corner.y + component.getHeight() / 2);
		robot.mousePress(InputEvent.BUTTON1_DOWN_MASK);
		robot.mouseRelease(InputEvent.BUTTON1_DOWN_MASK);
		settle();
	}

	/**
	 * Clicks into a text and types over what it holds: letters, digits, spaces and full stops.
	 */
	public void type(final JTextComponent text, final String what) throws Exception {
		focus(text);
		chord(KeyEvent.VK_CONTROL, KeyEvent.VK_A);
		for (final char c : what.toCharArray()) {
			press(KeyEvent.getExtendedKeyCodeForChar(c));
		}
		await(what + " in " + text.getName(), () -> text.getText().equals(what));
	}

	/**
	 * Clicks until the keyboard's focus is there. A window that closes late may take it away from all
	 * windows; where a window manager would give it to the one that is clicked, this display has
	 * none.
	 */
	private void focus(final JTextComponent text) throws Exception {
		final long end = System.currentTimeMillis() + PATIENCE;
		while (System.currentTimeMillis() < end) {
			click(text);
			for (long waited = 0; waited < SECOND_CLICK; waited += GLANCE) {
				if (onEventThread(text::isFocusOwner)) return;
				Thread.sleep(GLANCE);
			}
			EventQueue.invokeAndWait(() -> {
				SwingUtilities.getWindowAncestor(text).toFront();
				text.requestFocus();
			});
		}
		throw new AssertionError("Clicked in vain for the focus in " + text.getName() + ".");
	}

	/** Types a number into a spinner. */
	public void type(final JSpinner spinner, final String number) throws Exception {
		type(((JSpinner.NumberEditor) spinner.getEditor()).getTextField(), number);
		press(KeyEvent.VK_TAB);
	}

	/** Presses a key where the keyboard's focus is. */
	public void press(final int key) {
		robot.keyPress(key);
		robot.keyRelease(key);
		settle();
	}

	private void chord(final int first, final int second) {
		robot.keyPress(first);
		press(second);
		robot.keyRelease(first);
		settle();
	}

	/**
	 * Lets what was done arrive and be worked off. {@link Robot#waitForIdle} waits for quiet, which a
	 * window that shows the progress of a run never has.
	 */
	void settle() {
		robot.delay(SETTLE_MILLIS);
		try {
			EventQueue.invokeAndWait(() -> {});
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
		}
		catch (final InvocationTargetException e) {
			throw new IllegalStateException(e.getCause());
		}
	}

	/** Runs something on the event thread and waits for it. */
	public static <T> T onEventThread(final Callable<T> code) throws Exception {
		if (EventQueue.isDispatchThread()) return code.call();
		final FutureTask<T> task = new FutureTask<>(code);
		try {
			EventQueue.invokeAndWait(task);
		}
		catch (final InvocationTargetException e) {
			throw new IllegalStateException(e.getCause());
		}
		return task.get();
	}

	Robot robot() {
		return robot;
	}
}
