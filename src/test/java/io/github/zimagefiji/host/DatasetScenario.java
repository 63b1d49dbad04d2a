
package io.github.zimagefiji.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Window;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import javax.swing.JButton;
import javax.swing.JCheckBox;
import javax.swing.JComboBox;
import javax.swing.JLabel;
import javax.swing.JSpinner;
import javax.swing.text.JTextComponent;

import ij.ImagePlus;
import ij.WindowManager;
import ij.plugin.frame.Recorder;

/**
 * A dataset by the dialog: what is missing is said, OK makes it and shows its
 * first pairs; then it is gone on with.
 */
public final class DatasetScenario implements Scenario {

	@Override
	public void play(final Person person, final Path folder) throws Exception {
		final Recorder recorder = new Recorder();
		final Path output = folder.resolve("nuclei");
		Window dialog = open(person);
		final JButton ok = person.find(dialog, JButton.class, "ok");
		person.await("OK to wait for a folder", () -> !ok.isEnabled());
		assertTrue(problem(person, dialog, "output").contains(
			"Choose a new or empty folder"));
		put(person, dialog, "output", "/data/nuclei");
		person.await("OK to be enabled", ok::isEnabled);
		Layout.assertNothingIsCutOff(dialog);
		new Screenshots(person).take(dialog, "synthesize-dataset-dialog");
		refusesWhatCannotBe(person, dialog);
		followsTheLabels(person, dialog);
		fill(person, dialog, output);
		person.click(person.find(dialog, JCheckBox.class, "more_fields"));
		person.click(ok);
		pairsAreShown(person);
		assertEquals(5, Files.readAllLines(output.resolve("manifest.csv")).size());
		theLineIsRecorded(person, recorder, output);
		dialog = open(person);
		assertEquals(2, person.find(dialog, JSpinner.class, "retries").getValue());
		new Screenshots(person).take(dialog, "synthesize-dataset-dialog-more");
		fill(person, dialog, output);
		final JTextComponent estimate = person.find(dialog, JTextComponent.class,
			"estimate");
		person.await("the state", () -> estimate.getText().contains("4 are done"));
		person.click(person.find(dialog, JButton.class, "ok"));
		final String question = person.answer("Yes");
		assertTrue(question.contains("holds 4 of the 4 images"), question);
		pairsAreShown(person);
	}

	private static Window open(final Person person) throws Exception {
		person.choose("Plugins>Z-Image>Synthesize Dataset...");
		return person.window("Synthesize Dataset");
	}

	private static void put(final Person person, final Window dialog,
		final String name, final String text) throws Exception
	{
		final JTextComponent field = person.find(dialog, JTextComponent.class,
			name);
		Person.onEventThread(() -> {
			field.setText(text);
			return null;
		});
	}

	private static String problem(final Person person, final Window dialog,
		final String name) throws Exception
	{
		return person.find(dialog, JLabel.class, name + " problem").getText();
	}

	private static void refusesWhatCannotBe(final Person person,
		final Window dialog) throws Exception
	{
		final JButton ok = person.find(dialog, JButton.class, "ok");
		final JTextComponent prompt = person.find(dialog, JTextComponent.class,
			"prompt");
		final String before = prompt.getText();
		put(person, dialog, "prompt", "one {color} nucleus");
		person.await("OK to be disabled", () -> !ok.isEnabled());
		assertTrue(problem(person, dialog, "prompt").contains("{color}"));
		put(person, dialog, "prompt", before);
		person.await("OK to be enabled", ok::isEnabled);
	}

	private static void followsTheLabels(final Person person, final Window dialog)
		throws Exception
	{
		final JTextComponent prompt = person.find(dialog, JTextComponent.class,
			"prompt");
		final JTextComponent radius = person.find(dialog, JTextComponent.class,
			"radius");
		choose(person, dialog, "spots");
		person.await("what is usual for spots", () -> prompt.getText().contains(
			"spots") && radius.getText().equals("3-5"));
		choose(person, dialog, "nuclei");
		person.await("what is usual for nuclei", () -> prompt.getText().contains(
			"nuclei") && radius.getText().equals("8-13"));
	}

	private static void choose(final Person person, final Window dialog,
		final String labels) throws Exception
	{
		final JComboBox<?> box = person.find(dialog, JComboBox.class, "labels");
		Person.onEventThread(() -> {
			box.setSelectedItem(labels);
			return null;
		});
	}

	private static void fill(final Person person, final Window dialog,
		final Path output) throws Exception
	{
		person.type(person.find(dialog, JSpinner.class, "items"), "4");
		put(person, dialog, "splits", "50, 25, 25");
		put(person, dialog, "output", output.toString());
		final JButton ok = person.find(dialog, JButton.class, "ok");
		person.await("OK to be enabled", ok::isEnabled);
	}

	private static void pairsAreShown(final Person person) throws Exception {
		final ImagePlus pairs = person.await("the first pairs", () -> Optional
			.ofNullable(WindowManager.getImage("First pairs of nuclei")));
		assertTrue(pairs.getStackSize() >= 1 && pairs.getStackSize() <= 4);
		assertFalse(pairs.getOverlay().size() == 0, "labels are outlined");
		Person.onEventThread(() -> {
			pairs.close();
			return null;
		});
	}

	private static void theLineIsRecorded(final Person person,
		final Recorder recorder, final Path output) throws Exception
	{
		person.await("the recorder's line", () -> recorder.getText().contains(
			"run(\"Synthesize Dataset...\", "));
		final String text = recorder.getText();
		recorder.close();
		assertTrue(text.contains("items=4") && text.contains(
			"splits=[50, 25, 25]") && text.contains(output.toString()), text);
	}
}
