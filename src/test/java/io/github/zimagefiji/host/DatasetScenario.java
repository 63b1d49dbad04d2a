
package io.github.zimagefiji.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Frame;
import java.awt.Window;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import javax.swing.JButton;
import javax.swing.JCheckBox;
import javax.swing.JComboBox;
import javax.swing.JSpinner;
import javax.swing.text.JTextComponent;

import ij.ImagePlus;
import ij.WindowManager;
import ij.plugin.frame.Recorder;
import ij.text.TextPanel;
import ij.text.TextWindow;

/**
 * A dataset by the dialog: what is missing is said, OK makes it and shows its first pairs; then it
 * is gone on with.
 */
public final class DatasetScenario implements Scenario {

	@Override
	public void play(final Person person, final Path folder) throws Exception {
		final Recorder recorder = new Recorder();
		final Path output = folder.resolve("nuclei");
		Window dialog = open(person);
		Layout.assertFits(dialog);
		assertTrue(said(person, dialog).contains("Choose a new or empty folder"));
		final Window again = person.again(dialog);
		assertTrue(said(person, again).contains("Choose a new or empty folder"));
		pathsStayAsTheyAreTyped(person, again);
		put(person, again, "output", "/data/nuclei");
		person.await("what would be made", () -> !said(person, again).contains("Choose a new"));
		new Screenshots(person).take(again, "synthesize-dataset-dialog");
		refusesWhatCannotBe(person, again);
		followsTheLabels(person, again);
		person.click(person.find(again, JCheckBox.class, "more_fields"));
		dialog = person.again(again);
		new Screenshots(person).take(dialog, "synthesize-dataset-dialog-more");
		fill(person, dialog, output);
		person.click(person.find(dialog, JButton.class, "ok"));
		pairsAreShown(person);
		theReportIsReadable(person, output);
		assertEquals(5, Files.readAllLines(output.resolve("manifest.csv")).size());
		theLineIsRecorded(person, recorder, output);
		dialog = open(person);
		assertEquals(2, person.find(dialog, JSpinner.class, "retries").getValue());
		fill(person, dialog, output);
		final Window last = dialog;
		person.await("the state", () -> said(person, last).contains("4 are done"));
		person.click(person.find(dialog, JButton.class, "ok"));
		final String question = person.answer("OK");
		assertTrue(question.contains("holds 4 of the 4 images"), question);
		pairsAreShown(person);
	}

	private static void theReportIsReadable(final Person person, final Path output) throws Exception {
		final Frame window = (Frame) person.window("Synthesize Dataset");
		final TextPanel text = ((TextWindow) window).getTextPanel();
		assertTrue(text.getText().contains("Quality report: " + output.resolve("report.html")),
			text.getText());
		person.close(window);
	}

	/** The message on top of the dialog. */
	private static String said(final Person person, final Window dialog) throws Exception {
		return person.said(dialog, "estimate");
	}

	private static Window open(final Person person) throws Exception {
		person.choose("Plugins>Z-Image>Synthesize Dataset...");
		return person.window("Synthesize Dataset");
	}

	private static void put(final Person person, final Window dialog, final String name,
		final String text) throws Exception
	{
		final JTextComponent field = person.find(dialog, JTextComponent.class, name);
		Person.onEventThread(() -> {
			field.setText(text);
			return null;
		});
	}

	/** Faster than the dialog answers. */
	private static void pathsStayAsTheyAreTyped(final Person person, final Window dialog)
		throws Exception
	{
		final JTextComponent field = person.find(dialog, JTextComponent.class, "output");
		Person.onEventThread(() -> {
			for (final String letter : List.of("/", "d", "/"))
				field.getDocument().insertString(field.getDocument().getLength(), letter, null);
			return null;
		});
		for (int i = 0; i < 10; i++)
			person.settle();
		assertEquals("/d/", field.getText());
	}

	private static void refusesWhatCannotBe(final Person person, final Window dialog)
		throws Exception
	{
		final JTextComponent prompt = person.find(dialog, JTextComponent.class, "prompt");
		final String before = prompt.getText();
		put(person, dialog, "prompt", "one {color} nucleus");
		person.await("what is wrong", () -> said(person, dialog).contains("{color}"));
		put(person, dialog, "prompt", before);
		person.await("nothing wrong", () -> !said(person, dialog).contains("{color}"));
	}

	private static void followsTheLabels(final Person person, final Window dialog) throws Exception {
		final JTextComponent prompt = person.find(dialog, JTextComponent.class, "prompt");
		final JTextComponent count = person.find(dialog, JTextComponent.class, "count");
		choose(person, dialog, "spots");
		person.await("what is usual for spots",
			() -> prompt.getText().contains("spots") && count.getText().equals("4-12"));
		choose(person, dialog, "nuclei");
		person.await("what is usual for nuclei",
			() -> prompt.getText().contains("nuclei") && count.getText().equals("1-6"));
	}

	private static void choose(final Person person, final Window dialog, final String labels)
		throws Exception
	{
		final JComboBox<?> box = person.find(dialog, JComboBox.class, "labels");
		Person.onEventThread(() -> {
			box.setSelectedItem(labels);
			return null;
		});
	}

	private static void fill(final Person person, final Window dialog, final Path output)
		throws Exception
	{
		person.type(person.find(dialog, JSpinner.class, "items"), "4");
		put(person, dialog, "splits", "50, 25, 25");
		put(person, dialog, "output", output.toString());
	}

	private static void pairsAreShown(final Person person) throws Exception {
		final ImagePlus pairs = person.await("the first pairs",
			() -> Optional.ofNullable(WindowManager.getImage("First pairs of nuclei")));
		assertTrue(pairs.getStackSize() >= 1 && pairs.getStackSize() <= 4);
		assertFalse(pairs.getOverlay().size() == 0, "labels are outlined");
		Person.onEventThread(() -> {
			pairs.close();
			return null;
		});
	}

	private static void theLineIsRecorded(final Person person, final Recorder recorder,
		final Path output) throws Exception
	{
		person.await("the recorder's line",
			() -> recorder.getText().contains("run(\"Synthesize Dataset...\", "));
		final String text = recorder.getText();
		recorder.close();
		assertTrue(text.contains("items=4") && text.contains("splits=[50, 25, 25]") &&
			text.contains(output.toString()), text);
	}
}
