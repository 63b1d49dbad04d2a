
package io.github.zimagefiji.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Window;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.swing.JButton;
import javax.swing.JComboBox;
import javax.swing.JSpinner;
import javax.swing.text.JTextComponent;

import org.scijava.log.LogLevel;
import org.scijava.log.LogService;

import ij.IJ;

/**
 * What a run has to say, and does not stop for, is in ImageJ's Log if the dialog has not said it.
 * Fiji's Console, which a warning would open, stays closed.
 */
public final class CautionScenario implements Scenario {

	private static final String WORD = "does not know \"astronauts\"";
	private static final String SIZE = "in other sizes objects may be malformed";

	private static final String OTHER = "256 × 256";

	private final List<String> warnings = new CopyOnWriteArrayList<>();

	@Override
	public void play(final Person person, final Path folder) throws Exception {
		HostContext.get().service(LogService.class).addLogListener(message -> {
			if (message.level() <= LogLevel.WARN) warnings.add(message.text());
		});
		byDialog(person);
		final String log = IJ.getLog();
		assertTrue(log.contains(SIZE), log);
		assertFalse(log.contains(WORD), "the dialog has said so: " + log);
		MacroRun.run("run('Text to Image...', 'prompt=[two astronauts] width=32 height=32 steps=1');",
			"");
		assertTrue(IJ.getLog().contains(WORD), IJ.getLog());
		assertEquals(List.of(), warnings, "the Console is open");
	}

	private static void byDialog(final Person person) throws Exception {
		final OpenImages before = OpenImages.now();
		person.choose("Plugins>Z-Image>Text to Image...");
		final Window dialog = person.window("Text to Image");
		person.type(person.find(dialog, JTextComponent.class, "prompt"), "two astronauts");
		final JComboBox<?> size = person.find(dialog, JComboBox.class, "size");
		Person.onEventThread(() -> {
			size.setSelectedItem(OTHER);
			return null;
		});
		person.type(person.find(dialog, JSpinner.class, "steps"), "1");
		person.await("a hint", () -> person.said(dialog, "notice").contains("astronauts"));
		person.click(person.find(dialog, JButton.class, "ok"));
		before.next(person);
	}
}
