
package io.github.zimagefiji.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Window;
import java.nio.file.Path;

import javax.swing.JButton;
import javax.swing.JSpinner;
import javax.swing.text.JTextComponent;

import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.OvalRoi;
import ij.gui.Roi;
import ij.plugin.frame.Recorder;
import ij.process.ColorProcessor;
import ij.process.ShortProcessor;
import io.github.zimagefiji.request.Task;

/**
 * The dialogs that start from the active image: each is whole, and OK makes an image; the
 * recorder's line makes it again.
 */
public final class PictureDialogsScenario implements Scenario {

	private static final int SIDE = 64;

	@Override
	public void play(final Person person, final Path folder) throws Exception {
		withoutAnImageASentenceSaysWhatToDo(person);
		final ImagePlus spot = spot();
		withoutAPlaceASentenceSaysWhatToDo(person, spot);
		close(made(person, spot, Task.IMAGE_TO_IMAGE, "image-to-image-dialog"), 16);
		close(inpainted(person, spot), 16);
		close(made(person, spot, Task.OUTPAINT, "outpaint-dialog"), 16);
		close(made(person, spot, Task.CONTROL, "control-dialog"), 24);
		// with another image that the prompt could speak of
		close(made(person, green(), Task.EDIT, "edit-image-dialog"), 24);
	}

	private static void close(final ImagePlus image, final int bits) throws Exception {
		assertEquals(bits, image.getBitDepth());
		image.changes = false;
		Person.onEventThread(() -> {
			image.close();
			return null;
		});
	}

	private static ImagePlus spot() throws Exception {
		final ShortProcessor pixels = new ShortProcessor(SIDE, SIDE);
		pixels.setValue(3000);
		pixels.fill(new OvalRoi(16, 16, 32, 32));
		pixels.blurGaussian(4);
		final ImagePlus image = new ImagePlus("spot.tif", pixels);
		image.resetDisplayRange();
		image.setRoi(new OvalRoi(20, 20, 24, 24));
		return shown(image);
	}

	private static ImagePlus green() throws Exception {
		final ColorProcessor pixels = new ColorProcessor(SIDE, SIDE);
		pixels.setColor(0x00c000);
		pixels.fill(new OvalRoi(20, 20, 24, 24));
		return shown(new ImagePlus("green.png", pixels));
	}

	private static ImagePlus shown(final ImagePlus image) throws Exception {
		return Person.onEventThread(() -> {
			image.show();
			return image;
		});
	}

	private static void withoutAnImageASentenceSaysWhatToDo(final Person person) throws Exception {
		person.choose("Plugins>Z-Image>Inpaint...");
		final String message = person.readMessage();
		assertTrue(message.contains("No image is open"), message);
	}

	private static void withoutAPlaceASentenceSaysWhatToDo(final Person person, final ImagePlus spot)
		throws Exception
	{
		final Roi place = spot.getRoi();
		spot.deleteRoi();
		person.choose("Plugins>Z-Image>Inpaint...");
		final String message = person.readMessage();
		assertTrue(message.contains("selection"), message);
		spot.setRoi(place);
	}

	private static Window open(final Person person, final ImagePlus source, final Task task)
		throws Exception
	{
		Person.onEventThread(() -> {
			WindowManager.setCurrentWindow(source.getWindow());
			return null;
		});
		person.choose("Plugins>Z-Image>" + task.title() + "...");
		final Window dialog = person.window(task.title());
		person.type(person.find(dialog, JTextComponent.class, "prompt"),
			task == Task.EDIT ? "make it red" : "two round green nuclei");
		return dialog;
	}

	private static ImagePlus made(final Person person, final ImagePlus source, final Task task,
		final String picture) throws Exception
	{
		final OpenImages before = OpenImages.now();
		final Window dialog = open(person, source, task);
		if (task != Task.OUTPAINT) return confirmed(person, before, dialog, task, picture);
		final Window again = person.again(dialog);
		assertTrue(person.said(again, "estimate").contains("All borders are 0"));
		person.type(person.find(again, JSpinner.class, "left"), "16");
		return confirmed(person, before, again, task, picture);
	}

	private static ImagePlus confirmed(final Person person, final OpenImages before,
		final Window dialog, final Task task, final String picture) throws Exception
	{
		Layout.assertFits(dialog);
		new Screenshots(person).take(dialog, picture);
		person.click(person.find(dialog, JButton.class, "ok"));
		final ImagePlus image = before.next(person);
		assertEquals(task, OpenImages.provenance(image).conditions().task());
		return image;
	}

	private static ImagePlus inpainted(final Person person, final ImagePlus spot) throws Exception {
		final Recorder recorder = new Recorder();
		final OpenImages before = OpenImages.now();
		final Window dialog = open(person, spot, Task.INPAINT);
		person.type(person.find(dialog, JSpinner.class, "feather"), "300");
		person.await("what is wrong",
			() -> person.said(dialog, "estimate").contains("between 0 and 256"));
		final Window corrected = person.again(dialog);
		assertEquals(300, person.find(corrected, JSpinner.class, "feather").getValue());
		person.type(person.find(corrected, JSpinner.class, "feather"), "3");
		final ImagePlus image = confirmed(person, before, corrected, Task.INPAINT, "inpaint-dialog");
		final String start = "run(\"Inpaint...\", ";
		person.await("the recorder's line", () -> recorder.getText().contains(start));
		final String text = recorder.getText();
		recorder.close();
		final String line =
			text.substring(text.indexOf(start), text.indexOf(";\n", text.indexOf(start)) + 1);
		assertTrue(line.contains("image=spot.tif") && line.contains("feather=3"), line);
		final OpenImages then = OpenImages.now();
		MacroRun.run(line, "");
		final ImagePlus again = then.next(person);
		assertArrayEquals((short[]) image.getProcessor().getPixels(),
			(short[]) again.getProcessor().getPixels(), line);
		close(again, 16);
		return image;
	}
}
