
package io.github.zimagefiji.image;

import static io.github.zimagefiji.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.OvalRoi;
import ij.io.FileSaver;
import ij.process.ByteProcessor;
import ij.process.FloatProcessor;
import ij.process.ShortProcessor;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.source.PlaneChoice;
import io.github.zimagefiji.request.InputImage;
import io.github.zimagefiji.request.IntensityRange;

class ControlPictureTest {

	private static final int WIDTH = 60;
	private static final int HEIGHT = 40;

	@Test
	void edgesLieWhereADiscEnds() {
		final InputImage edges =
			ControlPreprocessor.EDGES.make(disc(), IntensityRange.DISPLAY, PlaneChoice.SHOWN);
		int white = 0;
		for (int i = 0; i < WIDTH * HEIGHT; i++) {
			final double radius = Math.hypot(i % WIDTH - 29.5, i / WIDTH - 19.5);
			final float sample = edges.samples()[i];
			assertTrue(sample == 0 || sample == 1);
			assertEquals(sample, edges.samples()[2 * WIDTH * HEIGHT + i]);
			if (Math.abs(radius - 12) > 3) assertEquals(0, sample, "far from the edge at " + i);
			if (Math.abs(radius - 12) < 0.5) assertEquals(1, sample, "on the edge at " + i);
			white += (int) sample;
		}
		assertTrue(white > 2 * Math.PI * 12, white + " pixels");
	}

	@Test
	void aPictureWithoutContrastHasNoEdges() {
		for (final String kind : new String[] { "8-bit white", "8-bit black", "RGB white" }) {
			final ImagePlus image = IJ.createImage("even", kind, 20, 10, 1);
			image.getProcessor().add(-55);
			assertRefused(
				() -> ControlPreprocessor.EDGES.make(image, IntensityRange.FULL, PlaneChoice.SHOWN),
				"even\" has no edges");
		}
	}

	@Test
	void boundariesAreThePixelsOfAnObjectBesideAnotherLabel() {
		final byte[] labels = { //
			0, 0, 0, 0, 0, 0, //
			0, 1, 1, 1, 2, 2, //
			0, 1, 1, 1, 2, 2, //
			0, 1, 1, 1, 2, 2 };
		final float[] wanted = { //
			0, 0, 0, 0, 0, 0, //
			0, 1, 1, 1, 1, 1, //
			0, 1, 0, 1, 1, 0, //
			0, 1, 0, 1, 1, 0 };
		final InputImage boundaries = ControlPreprocessor.LABEL_BOUNDARIES.make(
			new ImagePlus("labels", new ByteProcessor(6, 4, labels)), IntensityRange.DISPLAY,
			PlaneChoice.SHOWN);
		assertArrayEquals(wanted, Arrays.copyOf(boundaries.samples(), 24));
	}

	/**
	 * The bytes of LABEL_PALETTE in scripts/built-in-model/builtin_model/render.py.
	 */
	@Test
	void labelsHaveTheColoursThatTheBuiltInControlNetWasTrainedWith() {
		final short[] labels = new short[65536];
		for (int i = 0; i < labels.length; i++)
			labels[i] = (short) i;
		final InputImage filled = ControlPreprocessor.FILLED_LABELS.make(
			new ImagePlus("labels", new ShortProcessor(256, 256, labels, null)), IntensityRange.DISPLAY,
			PlaneChoice.SHOWN);
		assertArrayEquals(new int[] { 0, 0, 0 }, colour(filled, 0));
		assertArrayEquals(new int[] { 230, 60, 60 }, colour(filled, 1));
		assertArrayEquals(new int[] { 190, 240, 70 }, colour(filled, 8));
		assertArrayEquals(new int[] { 130, 130, 250 }, colour(filled, 12));
		assertArrayEquals(new int[] { 230, 60, 60 }, colour(filled, 13));
		assertArrayEquals(new int[] { 65, 105, 240 }, colour(filled, 65535));
		for (int label = 1; label < 65536; label++)
			assertTrue(colour(filled, label)[1] > 0 && colour(filled, label)[2] > 0, "visible: " + label);
	}

	@Test
	void aMaskIsWhiteOnBlack() {
		final InputImage mask = ControlPreprocessor.MASK.make(
			new ImagePlus("mask", new ByteProcessor(3, 1, new byte[] { 10, (byte) 130, (byte) 255 })),
			IntensityRange.DISPLAY, PlaneChoice.SHOWN);
		assertArrayEquals(new float[] { 0, 1, 1, 0, 1, 1, 0, 1, 1 }, mask.samples());
	}

	@Test
	void depthIsWhiteWhereItIsNear() {
		final ImagePlus heights =
			new ImagePlus("heights", new FloatProcessor(3, 1, new float[] { -1, 0, 3 }));
		assertArrayEquals(new float[] { 0, 0.25f, 1, 0, 0.25f, 1, 0, 0.25f, 1 },
			ControlPreprocessor.DEPTH.make(heights, IntensityRange.FULL, PlaneChoice.SHOWN).samples());
		assertArrayEquals(new float[] { 1, 0.75f, 0, 1, 0.75f, 0, 1, 0.75f, 0 },
			ControlPreprocessor.INVERTED_DEPTH.make(heights, IntensityRange.FULL, PlaneChoice.SHOWN)
				.samples());
	}

	@ParameterizedTest
	@EnumSource(ControlPreprocessor.class)
	void aFileGivesWhatTheOpenImageGives(final ControlPreprocessor kind, @TempDir final Path folder) {
		final Path file = folder.resolve("disc.tif");
		assertTrue(new FileSaver(disc()).saveAsTiff(file.toString()));
		final InputImage fromFile = kind.open(file, IntensityRange.FULL, PlaneChoice.SHOWN);
		assertArrayEquals(kind.make(disc(), IntensityRange.FULL, PlaneChoice.SHOWN).samples(),
			fromFile.samples());
		assertTrue(fromFile.name().endsWith("disc.tif"));
		assertEquals(kind, ControlPreprocessor.of(kind.label()));
	}

	@ParameterizedTest
	@EnumSource(ControlPreprocessor.class)
	void onePixelIsAnImageTooUnlessEdgesAreAskedFor(final ControlPreprocessor kind) {
		final ImagePlus pixel = new ImagePlus("pixel", new ByteProcessor(1, 1, new byte[] { -1 }));
		if (kind == ControlPreprocessor.EDGES) assertThrows(InvalidInputException.class,
			() -> kind.make(pixel, IntensityRange.FULL, PlaneChoice.SHOWN));
		else assertEquals(3, kind.make(pixel, IntensityRange.FULL, PlaneChoice.SHOWN).samples().length);
	}

	@Test
	void anUnknownNameIsAnsweredWithTheKnownOnes() {
		assertRefused(() -> ControlPreprocessor.of("canny"),
			"none, edges, label-boundaries, filled-labels, mask, depth, inverted-depth.");
	}

	private static int[] colour(final InputImage picture, final int at) {
		final int pixels = picture.width() * picture.height();
		return new int[] { Math.round(picture.samples()[at] * 255),
			Math.round(picture.samples()[pixels + at] * 255),
			Math.round(picture.samples()[2 * pixels + at] * 255) };
	}

	/** Of radius 12 about (29.5, 19.5). */
	private static ImagePlus disc() {
		final ByteProcessor plane = new ByteProcessor(WIDTH, HEIGHT);
		plane.setValue(200);
		plane.fill(new OvalRoi(18, 8, 24, 24));
		return new ImagePlus("disc.tif", plane);
	}
}
