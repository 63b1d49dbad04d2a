package io.github.zimagefiji.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.Window;
import java.nio.file.Path;

import javax.swing.JButton;
import javax.swing.text.JTextComponent;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;

/** A person opens the dialog from the menu, types a prompt, presses OK, and gets an image. */
public final class DialogScenario implements Scenario {

	static final String PROMPT = "five round green nuclei";

	@Override
	public void play(final Person person, final Path folder) throws Exception {
		final Screenshots screenshots = new Screenshots(person);
		IJ.doCommand("Text to Image...");
		final Window dialog = person.window("Text to Image");
		person.type(person.find(dialog, JTextComponent.class, "prompt"), PROMPT);
		Layout.assertNothingIsCutOff(dialog);
		screenshots.take(dialog, "text-to-image-dialog");
		person.click(person.find(dialog, JButton.class, "ok"));
		person.await("the image", () -> WindowManager.getImageCount() == 1);
		final ImagePlus image = WindowManager.getCurrentImage();
		assertEquals(ImagePlus.COLOR_RGB, image.getType());
		screenshots.take(image.getWindow(), "text-to-image-result");
	}
}
