
package io.github.zimagefiji.host;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Frame;
import java.awt.Window;
import java.nio.file.Path;
import java.util.stream.Stream;

import javax.swing.JButton;
import javax.swing.text.JTextComponent;

import ij.text.TextWindow;

/**
 * What commands have to say is in windows that can be read, and a wrong value
 * that only the command itself finds brings its dialog back too.
 */
public final class ReportsScenario implements Scenario {

	@Override
	public void play(final Person person, final Path folder) throws Exception {
		person.choose("Plugins>Z-Image>Diagnostics...");
		final Window dialog = person.window("Diagnostics");
		Layout.assertFits(dialog);
		person.click(person.find(dialog, JButton.class, "ok"));
		person.await("the dialog to close", () -> !dialog.isShowing());
		final TextWindow window = (TextWindow) person.window("Diagnostics");
		final String text = window.getTextPanel().getText();
		assertTrue(text.startsWith("### Z-Image diagnostics") && text.contains(
			"Things that are wrong: "), text);
		assertFalse(Stream.of(Frame.getFrames()).anyMatch(each -> each.getTitle()
			.startsWith("Gathered")), "a table of names and values");
		new Screenshots(person).take(window, "diagnostics");
		person.close(window);
		aFolderThatIsMissingIsAskedForAgain(person);
	}

	private static void aFolderThatIsMissingIsAskedForAgain(final Person person)
		throws Exception
	{
		person.choose("Plugins>Z-Image>Import Model Folder...");
		final Window dialog = person.window("Import Model Folder");
		person.type(person.find(dialog, JTextComponent.class, "name"), "tiny");
		final Window again = person.again(dialog);
		final String said = person.said(again, "dialog problem");
		assertTrue(said.contains("Choose the folder of the model"), said);
		assertTrue(person.find(again, JTextComponent.class, "name").getText()
			.equals("tiny"));
		Layout.assertFits(again);
		person.click(person.find(again, JButton.class, "cancel"));
	}
}
