
package io.github.zimagefiji.scripting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.OvalRoi;
import ij.io.FileSaver;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import io.github.zimagefiji.Provenance;
import io.github.zimagefiji.request.Task;

/**
 * Pictures for the templates that start from images, and what has to come of them.
 */
final class PictureTemplates {

	static final String INSTRUCTION = "make the image darker";

	/** Left, top, width and height of each label from 1 on. */
	private static final int[][] OBJECTS =
		{ { 14, 16, 36, 28 }, { 72, 20, 36, 36 }, { 40, 74, 44, 34 } };
	private static final int SIDE = 128;

	private PictureTemplates() {
		// only static methods
	}

	/**
	 * An image of 16 bits that displays 0 to 4000, one in colour, and something else.
	 */
	static void drawFolder(final Path folder) throws IOException {
		Files.createDirectories(folder);
		drawNuclei(folder.resolve("a 16 bit.tif"));
		final ColorProcessor green = new ColorProcessor(SIDE, SIDE);
		for (final int[] object : OBJECTS) {
			green.setColor(0x00b000);
			green.fill(new OvalRoi(object[0], object[1], object[2], object[3]));
		}
		new FileSaver(new ImagePlus("green", green))
			.saveAsPng(folder.resolve("b colour.png").toString());
		Files.writeString(folder.resolve("notes.txt"), "no image");
	}

	/** Discs of 3000 on 100 in 16 bits. */
	static Path drawNuclei(final Path file) {
		final ShortProcessor pixels = new ShortProcessor(SIDE, SIDE);
		pixels.add(100);
		pixels.setValue(3000);
		for (final int[] object : OBJECTS)
			pixels.fill(new OvalRoi(object[0], object[1], object[2], object[3]));
		final ImagePlus image = new ImagePlus("nuclei", pixels);
		image.setDisplayRange(0, 4000);
		new FileSaver(image).saveAsTiff(file.toString());
		return file;
	}

	/** The same discs with their numbers. */
	static Path drawLabels(final Path folder) {
		final ByteProcessor labels = labels();
		final Path file = folder.resolve("labels.tif");
		new FileSaver(new ImagePlus("labels", labels)).saveAsTiff(file.toString());
		return file;
	}

	private static ByteProcessor labels() {
		final ByteProcessor labels = new ByteProcessor(SIDE, SIDE);
		for (int i = 0; i < OBJECTS.length; i++) {
			labels.setValue(i + 1);
			labels.fill(new OvalRoi(OBJECTS[i][0], OBJECTS[i][1], OBJECTS[i][2], OBJECTS[i][3]));
		}
		return labels;
	}

	/** Each image has become a darker one of its own type. */
	static void checkEdited(final TemplateOutput output) {
		assertEquals(2, output.folder().resolve("edited").toFile().list().length);
		check(output, "edited/a 16 bit-edited.tif", "pictures/a 16 bit.tif", 16);
		check(output, "edited/b colour-edited.tif", "pictures/b colour.png", 24);
	}

	private static void check(final TemplateOutput output, final String name, final String source,
		final int bits)
	{
		final ImagePlus edited = output.open(name);
		assertEquals(bits, edited.getBitDepth(), name);
		final Provenance origin = TemplateOutput.origin(edited, 1);
		assertEquals(Task.EDIT, origin.conditions().task());
		assertEquals(INSTRUCTION, origin.request().prompt());
		final double before =
			mean(IJ.openImage(output.folder().resolve(source).toString()).getProcessor(), 1);
		assertTrue(mean(edited.getProcessor(), 1) < 0.9 * before,
			name + " is not darker: " + mean(edited.getProcessor(), 1));
	}

	/** What was drawn with a label is brighter than what lies around. */
	static void checkImagesOfLabels(final TemplateOutput output) {
		final ImagePlus images = output.open("images.tif");
		assertEquals(2, images.getStackSize());
		for (int slice = 1; slice <= 2; slice++) {
			final Provenance origin = TemplateOutput.origin(images, slice);
			assertEquals(Task.CONTROL, origin.conditions().task());
			assertEquals(slice, origin.request().seed());
			final ImageProcessor image = images.getStack().getProcessor(slice);
			final double background = mean(image, 0);
			for (int label = 1; label <= OBJECTS.length; label++)
				assertTrue(mean(image, label) > 3 * background + 10,
					"label " + label + ": " + mean(image, label) + ", background " + background);
		}
	}

	/** Only the second object has changed. */
	static void checkRepainted(final TemplateOutput output) {
		final ImagePlus painted = output.open("painted.tif");
		final ImageProcessor before = output.open("nuclei.tif").getProcessor();
		final ByteProcessor labels = labels();
		assertEquals(16, painted.getBitDepth());
		assertEquals(2, painted.getStackSize());
		for (int slice = 1; slice <= 2; slice++) {
			final ImageProcessor after = painted.getStack().getProcessor(slice);
			int changed = 0;
			for (int i = 0; i < SIDE * SIDE; i++) {
				if (labels.get(i) != 2) assertEquals(before.get(i), after.get(i), "pixel " + i);
				else if (before.get(i) != after.get(i)) changed++;
			}
			assertTrue(changed > 500, changed + " pixels have changed");
			assertEquals(Task.INPAINT, TemplateOutput.origin(painted, slice).conditions().task());
		}
	}

	/** Mean brightness of the pixels of one label. */
	private static double mean(final ImageProcessor image, final int label) {
		final ImageProcessor light =
			image instanceof ColorProcessor ? image.convertToByte(false) : image;
		final ByteProcessor labels = labels();
		double sum = 0;
		int count = 0;
		for (int i = 0; i < SIDE * SIDE; i++) {
			if (labels.get(i) != label) continue;
			sum += light.get(i);
			count++;
		}
		return sum / count;
	}
}
