
package io.github.zimagefiji.command.scijava;

import java.awt.Container;
import java.util.List;
import java.util.stream.StreamSupport;

import javax.swing.JEditorPane;
import javax.swing.Timer;

import org.scijava.ItemVisibility;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;

import io.github.zimagefiji.command.common.Waiting;

/**
 * Brings the messages of an open dialog up to date once slow files have been read: SciJava looks at
 * messages only when a value changes.
 */
final class DelayedMessages implements AutoCloseable {

	private static final int MILLIS = 250;

	private final Module view;
	private final Container dialog;
	private final Timer timer = new Timer(MILLIS, event -> look());

	/** Begins, on the event thread. */
	DelayedMessages(final Module view, final Container dialog) {
		this.view = view;
		this.dialog = dialog;
		if (view.getDelegateObject() instanceof Waiting) timer.start();
	}

	private void look() {
		if (((Waiting) view.getDelegateObject()).isAnswered()) show();
	}

	/** Messages stand in the dialog in the order of the inputs. */
	private void show() {
		final List<ModuleItem<?>> messages =
			StreamSupport.<ModuleItem<?>> stream(view.getInfo().inputs().spliterator(), false)
				.filter(each -> each.getVisibility() == ItemVisibility.MESSAGE).toList();
		final List<JEditorPane> panes =
			OpenedDialog.texts(dialog).filter(text -> text instanceof JEditorPane && !text.isEditable())
				.map(JEditorPane.class::cast).toList();
		if (panes.size() != messages.size()) return; // another kind of dialog
		for (int i = 0; i < panes.size(); i++) {
			final JEditorPane pane = panes.get(i);
			final String text = String.valueOf(view.getInput(messages.get(i).getName()));
			final String shown = new JEditorPane("text/html", text).getText();
			if (!shown.equals(pane.getText())) pane.setText(text);
		}
	}

	@Override
	public void close() {
		timer.stop();
	}
}
