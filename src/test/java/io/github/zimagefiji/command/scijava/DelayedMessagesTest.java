
package io.github.zimagefiji.command.scijava;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.EventQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import javax.swing.JEditorPane;
import javax.swing.JPanel;
import javax.swing.JTextField;
import javax.swing.event.DocumentEvent;
import javax.swing.event.DocumentListener;

import org.junit.jupiter.api.Test;
import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.command.CommandInfo;
import org.scijava.module.Module;
import org.scijava.plugin.Parameter;

import io.github.zimagefiji.command.common.MessageText;
import io.github.zimagefiji.command.common.Waiting;

/** Messages of a dialog that stays open while files are read. */
class DelayedMessagesTest {

	private static final String FIRST = MessageText.wrapped("Still being read.", 1);
	private static final String THEN = MessageText.wrapped("7 images < 8.", 1);

	/** Has its answer at the third look. */
	public static final class Slow implements Command, Waiting {

		@Parameter(visibility = ItemVisibility.MESSAGE)
		private String estimate = FIRST;

		@Parameter
		private String prompt = "nuclei";

		@Parameter(visibility = ItemVisibility.MESSAGE)
		private String advice = FIRST;

		private int looks;

		@Override
		public boolean isAnswered() {
			assertTrue(EventQueue.isDispatchThread());
			if (++looks != 3) return false;
			estimate = THEN;
			return true;
		}

		@Override
		public void run() {
			throw new IllegalStateException();
		}
	}

	private static JEditorPane message(final Module module, final String name) {
		final JEditorPane pane = new JEditorPane("text/html", (String) module.getInput(name));
		pane.setEditable(false);
		return pane;
	}

	@Test
	void comeIntoTheOpenDialogOnceTheAnswerIsThere() throws Exception {
		final Module module = new CommandInfo(Slow.class).createModule();
		final JEditorPane estimate = message(module, "estimate");
		final JEditorPane advice = message(module, "advice");
		final String before = advice.getText();
		final JPanel dialog = new JPanel();
		dialog.add(estimate);
		dialog.add(new JTextField("nuclei"));
		dialog.add(advice);
		final CountDownLatch changed = new CountDownLatch(1);
		estimate.addPropertyChangeListener("document", event -> changed.countDown());
		estimate.getDocument().addDocumentListener(new DocumentListener() {

			@Override
			public void insertUpdate(final DocumentEvent event) {
				changed.countDown();
			}

			@Override
			public void removeUpdate(final DocumentEvent event) {
				// what is written anew is looked at
			}

			@Override
			public void changedUpdate(final DocumentEvent event) {
				// what is written anew is looked at
			}
		});
		final DelayedMessages[] late = new DelayedMessages[1];
		EventQueue.invokeAndWait(() -> late[0] = new DelayedMessages(module, dialog));
		assertTrue(changed.await(60, TimeUnit.SECONDS));
		EventQueue.invokeAndWait(late[0]::close);
		assertEquals(new JEditorPane("text/html", THEN).getText(), estimate.getText());
		assertEquals(before, advice.getText());
		assertFalse(before.contains("images"));
	}
}
