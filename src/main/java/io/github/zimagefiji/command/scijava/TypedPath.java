
package io.github.zimagefiji.command.scijava;

import java.awt.Component;
import java.io.File;
import java.util.stream.Stream;

import javax.swing.AbstractButton;
import javax.swing.text.AbstractDocument;
import javax.swing.text.AttributeSet;
import javax.swing.text.BadLocationException;
import javax.swing.text.DocumentFilter;
import javax.swing.text.JTextComponent;

/**
 * Leaves the path of a file as it is being typed. After each change a dialog writes back the file
 * that it has read, whose path has no slash at its end; so who types faster than the dialog answers
 * would lose the slash.
 */
final class TypedPath extends DocumentFilter {

	private TypedPath() {
		// by keep()
	}

	/** Looks after a text of a dialog, if it is the path of a file. */
	static void keep(final JTextComponent text) {
		if (text.isEditable() && isBesideBrowse(text) &&
			text.getDocument() instanceof AbstractDocument document &&
			document.getDocumentFilter() == null) document.setDocumentFilter(new TypedPath());
	}

	/** Only what chooses files has such a button. */
	private static boolean isBesideBrowse(final Component text) {
		return text.getParent() != null && Stream.of(text.getParent().getComponents())
			.anyMatch(each -> each instanceof AbstractButton button && "Browse".equals(button.getText()));
	}

	@Override
	public void replace(final FilterBypass bypass, final int offset, final int length,
		final String text, final AttributeSet attributes) throws BadLocationException
	{
		final int whole = bypass.getDocument().getLength();
		final boolean all = offset == 0 && length == whole && length > 0;
		if (all && text != null && isSame(bypass.getDocument().getText(0, whole), text)) return;
		super.replace(bypass, offset, length, text, attributes);
	}

	private static boolean isSame(final String typed, final String path) {
		return new File(typed).equals(new File(path));
	}
}
