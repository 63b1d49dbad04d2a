
package io.github.zimagefiji.command.scijava;

import java.awt.AWTEvent;
import java.awt.Component;
import java.awt.Container;
import java.awt.EventQueue;
import java.awt.KeyboardFocusManager;
import java.awt.Toolkit;
import java.awt.event.AWTEventListener;
import java.awt.event.WindowEvent;
import java.util.Comparator;
import java.util.stream.Stream;

import javax.swing.JDialog;
import javax.swing.JTextArea;
import javax.swing.text.DefaultCaret;
import javax.swing.text.JTextComponent;

import org.scijava.module.Module;

/**
 * Looks after a dialog that SciJava opens, for what SciJava has no words for: the keyboard's focus
 * is in the prompt instead of on OK, the Tab key leaves it, messages that change do not scroll the
 * dialog to themselves (scijava-ui-swing#74), messages that wait for files are brought up to date,
 * and paths stay as they are typed.
 */
final class OpenedDialog implements AWTEventListener, AutoCloseable {

	/** The input that is written first. */
	private static final String PROMPT = "prompt";

	private final Module module;
	private final String title;
	/** What the prompt's field holds; null if there is none. */
	private final String prompt;
	private boolean focused;
	private DelayedMessages messages;

	/** Waits for the dialog of a module. */
	OpenedDialog(final Module module) {
		this.module = module;
		title = module.getInfo().getTitle();
		prompt =
			module.getInfo().getInput(PROMPT) == null ? null : String.valueOf(module.getInput(PROMPT));
		Toolkit.getDefaultToolkit().addAWTEventListener(this,
			AWTEvent.WINDOW_EVENT_MASK | AWTEvent.WINDOW_FOCUS_EVENT_MASK);
	}

	@Override
	public void eventDispatched(final AWTEvent event) {
		if (!(event.getSource() instanceof JDialog dialog) || !title.equals(dialog.getTitle())) return;
		if (event.getID() == WindowEvent.WINDOW_OPENED) {
			texts(dialog).forEach(OpenedDialog::settle);
			focusPrompt(dialog);
			if (messages == null) messages = new DelayedMessages(module, dialog);
		}
		// Swing's own dialogs give the focus to OK when the window gets it first.
		if (event.getID() == WindowEvent.WINDOW_GAINED_FOCUS && !focused) {
			focused = true;
			focusPrompt(dialog);
		}
	}

	private static void settle(final JTextComponent text) {
		if (!text.isEditable() && text.getCaret() instanceof DefaultCaret caret)
			caret.setUpdatePolicy(DefaultCaret.NEVER_UPDATE);
		TypedPath.keep(text);
		if (!(text instanceof JTextArea)) return;
		// where lines can be written, Tab would write itself
		text.setFocusTraversalKeys(KeyboardFocusManager.FORWARD_TRAVERSAL_KEYS, null);
		text.setFocusTraversalKeys(KeyboardFocusManager.BACKWARD_TRAVERSAL_KEYS, null);
	}

	/** After what the window itself does when it opens, and has then to do. */
	private void focusPrompt(final JDialog dialog) {
		if (prompt != null) EventQueue.invokeLater(() -> EventQueue.invokeLater(() -> texts(dialog)
			.filter(JTextComponent::isEditable).filter(text -> text.getText().equals(prompt))
			.min(Comparator.comparing(text -> !(text instanceof JTextArea)))
			.ifPresent(JTextComponent::requestFocusInWindow)));
	}

	/** All fields and messages, in their order. */
	static Stream<JTextComponent> texts(final Component component) {
		if (component instanceof JTextComponent text) return Stream.of(text);
		return component instanceof Container container
			? Stream.of(container.getComponents()).flatMap(OpenedDialog::texts) : Stream.empty();
	}

	@Override
	public void close() {
		Toolkit.getDefaultToolkit().removeAWTEventListener(this);
		EventQueue.invokeLater(() -> {
			if (messages != null) messages.close();
		});
	}
}
