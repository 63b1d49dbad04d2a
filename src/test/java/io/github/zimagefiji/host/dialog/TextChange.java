
package io.github.zimagefiji.host.dialog;

import javax.swing.event.DocumentEvent;
import javax.swing.event.DocumentListener;

/** One action for every change of a text. */
record TextChange(Runnable action) implements DocumentListener {

	@Override
	public void insertUpdate(final DocumentEvent e) {
		action.run();
	}

	@Override
	public void removeUpdate(final DocumentEvent e) {
		action.run();
	}

	@Override
	public void changedUpdate(final DocumentEvent e) {
		action.run();
	}
}
