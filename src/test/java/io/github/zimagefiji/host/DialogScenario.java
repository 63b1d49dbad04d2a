
package io.github.zimagefiji.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Window;
import java.awt.event.KeyEvent;
import java.nio.file.Files;
import java.nio.file.Path;

import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JSpinner;
import javax.swing.text.JTextComponent;

import ij.ImagePlus;
import ij.plugin.frame.Recorder;

/**
 * The dialog from the menu: what is wrong is said, OK makes an image, the
 * recorder's line makes it again.
 */
public final class DialogScenario implements Scenario {

	static final String PROMPT = "five round green nuclei";

	private static final String ENTRY = "Plugins>Z-Image>Text to Image...";

	@Override
	public void play(final Person person, final Path folder) throws Exception {
		final Recorder recorder = new Recorder();
		final OpenImages before = OpenImages.now();
		person.choose(ENTRY);
		final Window dialog = person.window("Text to Image");
		person.type(person.find(dialog, JTextComponent.class, "prompt"), PROMPT);
		refusesWhatCannotBe(person, dialog);
		Layout.assertNothingIsCutOff(dialog);
		new Screenshots(person).take(dialog, "text-to-image-dialog");
		person.click(person.find(dialog, JButton.class, "ok"));
		final ImagePlus image = before.next(person);
		assertEquals(ImagePlus.COLOR_RGB, image.getType());
		assertEquals(PROMPT, OpenImages.provenance(image).request().prompt());
		theRecordersLineMakesItAgain(person, recorder, image);
		remembersThePromptAndMakesNothingOnCancel(person);
		aWrongMacroStopsWithASentence(person, folder);
	}

	private static void refusesWhatCannotBe(final Person person,
		final Window dialog) throws Exception
	{
		final JSpinner count = person.find(dialog, JSpinner.class, "image_count");
		final JButton ok = person.find(dialog, JButton.class, "ok");
		person.type(count, "0");
		person.await("OK to be disabled", () -> !ok.isEnabled());
		final JLabel problem = person.find(dialog, JLabel.class,
			"image_count problem");
		assertTrue(problem.isShowing() && problem.getText().contains(
			"number of images"), problem.getText());
		Layout.assertNothingIsCutOff(dialog);
		person.type(count, "1");
		person.await("OK to be enabled", ok::isEnabled);
	}

	private static void theRecordersLineMakesItAgain(final Person person,
		final Recorder recorder, final ImagePlus image) throws Exception
	{
		final String start = "run(\"Text to Image...\", ";
		person.await("the recorder's line", () -> recorder.getText().contains(
			start));
		final String text = recorder.getText();
		recorder.close();
		final String line = text.substring(text.indexOf(start), text.indexOf(";\n",
			text.indexOf(start)) + 1);
		assertTrue(line.contains("prompt=[" + PROMPT + "]"), line);
		final OpenImages before = OpenImages.now();
		MacroRun.run(line, "");
		assertArrayEquals(OpenImages.pixels(image), OpenImages.pixels(before.next(
			person)), line);
	}

	private static void remembersThePromptAndMakesNothingOnCancel(
		final Person person) throws Exception
	{
		final OpenImages before = OpenImages.now();
		person.choose(ENTRY);
		final Window dialog = person.window("Text to Image");
		assertEquals(PROMPT, person.find(dialog, JTextComponent.class, "prompt")
			.getText());
		person.press(KeyEvent.VK_ESCAPE);
		person.await("the dialog to close", () -> !dialog.isShowing());
		assertTrue(before.areAll());
	}

	private static void aWrongMacroStopsWithASentence(final Person person,
		final Path folder) throws Exception
	{
		final OpenImages before = OpenImages.now();
		MacroRun.run(
			"run('Text to Image...', 'prompt=nuclei stepz=3'); File.saveString('on', getArgument() + 'after.txt');",
			folder + "/");
		final String message = person.readMessage();
		assertTrue(message.contains("stepz"), message);
		assertTrue(before.areAll());
		assertFalse(Files.exists(folder.resolve("after.txt")), "the macro went on");
	}
}
