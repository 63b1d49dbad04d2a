
package io.github.zimagefiji.host;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Frame;
import java.awt.Window;
import java.nio.file.Path;
import java.util.stream.Stream;

import javax.swing.JButton;
import javax.swing.JCheckBox;
import javax.swing.text.JTextComponent;

import ij.text.TextWindow;

/**
 * What commands have to say is in windows that can be read, and a wrong value that only the command
 * itself finds brings its dialog back too.
 */
public final class ReportsScenario implements Scenario {

	@Override
	public void play(final Person person, final Path folder) throws Exception {
		person.choose("Plugins>Z-Image>Diagnostics...");
		final Window dialog = person.window("Diagnostics");
		Layout.assertFits(dialog);
		person.click(person.find(dialog, JButton.class, "ok"));
		person.await("the dialog to close", () -> !dialog.isShowing());
		final TextWindow window = person.window("Diagnostics", TextWindow.class);
		final String text = window.getTextPanel().getText();
		assertTrue(
			text.startsWith("### Z-Image diagnostics") && text.contains("Things that are wrong: "), text);
		assertFalse(
			Stream.of(Frame.getFrames()).anyMatch(each -> each.getTitle().startsWith("Gathered")),
			"a table of names and values");
		new Screenshots(person).take(window, "diagnostics");
		person.close(window);
		aFileThatIsMissingIsAskedForAgain(person);
		aFolderThatIsMissingIsAskedForAgain(person);
		aLibraryThatIsMissingIsAskedForAgain(person);
	}

	private static void aFileThatIsMissingIsAskedForAgain(final Person person) throws Exception {
		person.choose("Plugins>Z-Image>Diagnostics...");
		final Window dialog = person.window("Diagnostics");
		person.click(person.find(dialog, JCheckBox.class, "verify"));
		person.type(person.find(dialog, JTextComponent.class, "catalogue"), "own.json");
		final Window again = person.again(dialog);
		final String said = person.said(again, "dialog problem");
		assertTrue(said.contains("There is no file own.json"), said);
		assertTrue(
			person.find(again, JTextComponent.class, "catalogue").getText().endsWith("own.json"));
		assertTrue(person.find(again, JCheckBox.class, "verify").isSelected());
		Layout.assertFits(again);
		person.click(person.find(again, JButton.class, "cancel"));
	}

	private static void aLibraryThatIsMissingIsAskedForAgain(final Person person) throws Exception {
		person.choose("Plugins>Z-Image>Engine...");
		final Window dialog = person.window("Engine");
		Layout.assertFits(dialog);
		person.type(person.find(dialog, JTextComponent.class, "library"), "cu999");
		final Window again = person.again(dialog);
		final String said = person.said(again, "dialog problem");
		assertTrue(said.contains("There is no native library"), said);
		assertTrue(person.find(again, JTextComponent.class, "library").getText().equals("cu999"));
		Layout.assertFits(again);
		new Screenshots(person).take(again, "engine-wrong-value");
		person.type(person.find(again, JTextComponent.class, "library"), "cpu");
		person.click(person.find(again, JButton.class, "ok"));
		final TextWindow window = person.window("Engine", TextWindow.class);
		final String text = window.getTextPanel().getText();
		assertTrue(text.contains("Chosen: the library that came along"), text);
		person.close(window);
	}

	private static void aFolderThatIsMissingIsAskedForAgain(final Person person) throws Exception {
		person.choose("Plugins>Z-Image>Import Model Folder...");
		final Window dialog = person.window("Import Model Folder");
		person.type(person.find(dialog, JTextComponent.class, "name"), "tiny");
		final Window again = person.again(dialog);
		final String said = person.said(again, "dialog problem");
		assertTrue(said.contains("Choose the folder of the model"), said);
		assertTrue(person.find(again, JTextComponent.class, "name").getText().equals("tiny"));
		Layout.assertFits(again);
		person.click(person.find(again, JButton.class, "cancel"));
	}
}
