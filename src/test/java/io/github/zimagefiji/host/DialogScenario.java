
package io.github.zimagefiji.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Window;
import java.awt.event.KeyEvent;
import java.nio.file.Path;

import javax.swing.JButton;
import javax.swing.JCheckBox;
import javax.swing.JScrollBar;
import javax.swing.JScrollPane;
import javax.swing.JSpinner;
import javax.swing.text.JTextComponent;

import ij.ImagePlus;
import ij.plugin.frame.Recorder;

/**
 * The dialog from the menu: what is wrong is said, OK makes an image, the recorder's line makes it
 * again.
 */
public final class DialogScenario implements Scenario {

	static final String PROMPT = "five round green nuclei";

	private static final String ENTRY = "Plugins>Z-Image>Text to Image...";

	@Override
	public void play(final Person person, final Path folder) throws Exception {
		final Recorder recorder = new Recorder();
		final OpenImages before = OpenImages.now();
		person.choose(ENTRY);
		Window dialog = person.window("Text to Image");
		final Window first = dialog;
		theFocusIsInThePrompt(person, first);
		person.type(person.find(dialog, JTextComponent.class, "prompt"), PROMPT);
		Layout.assertFits(dialog);
		new Screenshots(person).take(dialog, "text-to-image-dialog");
		dialog = theRestComesWhenItIsWanted(person, dialog);
		typingMovesNothing(person, dialog);
		dialog = refusesWhatCannotBe(person, dialog);
		person.click(person.find(dialog, JButton.class, "ok"));
		final ImagePlus image = before.next(person);
		assertEquals(ImagePlus.COLOR_RGB, image.getType());
		assertEquals(PROMPT, OpenImages.provenance(image).request().prompt());
		theRecordersLineMakesItAgain(person, recorder, image);
		remembersThePromptAndMakesNothingOnCancel(person);
	}

	private static void theFocusIsInThePrompt(final Person person, final Window dialog)
		throws Exception
	{
		final JTextComponent prompt = person.find(dialog, JTextComponent.class, "prompt");
		person.await("the focus in the prompt", prompt::isFocusOwner);
		person.press(KeyEvent.VK_TAB);
		person.await("Tab to leave the prompt", () -> !prompt.isFocusOwner());
		assertEquals("", prompt.getText());
	}

	private static Window theRestComesWhenItIsWanted(final Person person, final Window dialog)
		throws Exception
	{
		person.click(person.find(dialog, JCheckBox.class, "more_values"));
		final Window longer = person.again(dialog);
		assertEquals(PROMPT, person.find(longer, JTextComponent.class, "prompt").getText());
		new Screenshots(person).take(longer, "text-to-image-dialog-more");
		return longer;
	}

	/**
	 * The dialog is higher than the screen allows; messages in it change with every word.
	 */
	private static void typingMovesNothing(final Person person, final Window dialog)
		throws Exception
	{
		final JScrollBar bar = person.find(dialog, JScrollPane.class, "scroll").getVerticalScrollBar();
		final JTextComponent prompt = person.find(dialog, JTextComponent.class, "prompt");
		assertTrue(bar.isShowing(), "the dialog is too small for this test");
		final String before = person.said(dialog, "notice");
		for (final int place : new int[] { 0, 20 }) {
			Person.onEventThread(() -> {
				bar.setValue(place);
				return null;
			});
			person.type(prompt, "two astronauts");
			person.await("a hint", () -> person.said(dialog, "notice").contains("astronauts"));
			assertEquals(place, bar.getValue(), "the dialog has moved");
			person.type(prompt, PROMPT);
			person.await("no hint", () -> person.said(dialog, "notice").equals(before));
			assertEquals(place, bar.getValue(), "the dialog has moved");
		}
	}

	private static Window refusesWhatCannotBe(final Person person, final Window dialog)
		throws Exception
	{
		person.type(person.find(dialog, JSpinner.class, "image_count"), "0");
		person.await("what is wrong",
			() -> person.said(dialog, "estimate").contains("number of images"));
		if (Boolean.getBoolean(HostUI.VALIDATES)) {
			final JButton ok = person.find(dialog, JButton.class, "ok");
			person.await("OK to be disabled", () -> !ok.isEnabled());
			return corrected(person, dialog);
		}
		final Window again = person.again(dialog);
		final JTextComponent sentence = person.find(again, JTextComponent.class, "estimate");
		assertTrue(person.said(again, "estimate").contains("number of images"));
		assertTrue(Person.onEventThread(() -> sentence.getVisibleRect().height == sentence.getHeight()),
			"the sentence is out of sight");
		assertEquals(0, person.find(again, JSpinner.class, "image_count").getValue());
		assertEquals(PROMPT, person.find(again, JTextComponent.class, "prompt").getText());
		new Screenshots(person).take(again, "wrong-value-dialog");
		return corrected(person, again);
	}

	private static Window corrected(final Person person, final Window dialog) throws Exception {
		person.type(person.find(dialog, JSpinner.class, "image_count"), "1");
		person.await("nothing wrong", () -> person.said(dialog, "estimate").contains("Memory"));
		final JCheckBox more = person.find(dialog, JCheckBox.class, "more_values");
		Person.onEventThread(() -> {
			more.setSelected(false);
			return null;
		});
		return dialog;
	}

	private static void theRecordersLineMakesItAgain(final Person person, final Recorder recorder,
		final ImagePlus image) throws Exception
	{
		final String start = "run(\"Text to Image...\", ";
		person.await("the recorder's line", () -> recorder.getText().contains(start));
		final String text = recorder.getText();
		recorder.close();
		final String line =
			text.substring(text.indexOf(start), text.indexOf(";\n", text.indexOf(start)) + 1);
		assertTrue(line.contains("prompt=[" + PROMPT + "]"), line);
		final OpenImages before = OpenImages.now();
		MacroRun.run(line, "");
		assertArrayEquals(OpenImages.pixels(image), OpenImages.pixels(before.next(person)), line);
	}

	private static void remembersThePromptAndMakesNothingOnCancel(final Person person)
		throws Exception
	{
		final OpenImages before = OpenImages.now();
		person.choose(ENTRY);
		final Window dialog = person.window("Text to Image");
		assertEquals(PROMPT, person.find(dialog, JTextComponent.class, "prompt").getText());
		person.press(KeyEvent.VK_ESCAPE);
		person.await("the dialog to close", () -> !dialog.isShowing());
		assertTrue(before.areAll());
	}
}
