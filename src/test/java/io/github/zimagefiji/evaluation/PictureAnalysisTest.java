
package io.github.zimagefiji.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;

import ij.process.ByteProcessor;
import ij.process.ColorProcessor;

/**
 * The judge of the evaluation is itself judged: on pictures of the renderer, whose truth is known.
 */
class PictureAnalysisTest {

	private static final int SIDE = 128;
	private static final int COLUMNS = 8;
	/**
	 * Gaussian blur and thresholds of ImageJ and of SciPy differ in the last digits.
	 */
	private static final double IOU_TOLERANCE = 0.02;

	private static ColorProcessor picture(final String sheet, final int index) throws IOException {
		final BufferedImage image = ImageIO.read(EvaluationPrompt.file(sheet).toFile())
			.getSubimage(index % COLUMNS * SIDE, index / COLUMNS * SIDE, SIDE, SIDE);
		return new ColorProcessor(SIDE, SIDE, image.getRGB(0, 0, SIDE, SIDE, null, 0, SIDE));
	}

	@Test
	void findsInTheRenderersPicturesWhatWasDrawnAndWhatPythonFinds() throws IOException {
		final Scores scores = new Scores();
		final List<String> different = new ArrayList<>();
		for (final String[] row : EvaluationPrompt.table("rendered.tsv")) {
			final int index = Integer.parseInt(row[0]);
			final PictureAnalysis found = PictureAnalysis.of(picture("rendered.png", index));
			scores.add(new EvaluationPrompt(index, "en", 0, row[1], row[2],
				row[3].isEmpty() ? null : Integer.valueOf(row[3]), row[4], ""), found);
			if (!found.kind().equals(row[5]) || !found.colour().equals(row[6]))
				different.add(index + ": " + found);
			if (row[1].equals("nuclei") && (found.count() != Integer.parseInt(row[7]) ||
				found.elongated() != Boolean.parseBoolean(row[8]))) different.add(index + ": " + found);
		}
		assertEquals(List.of(), different);
		assertEquals(1, scores.colour());
		assertEquals(1, scores.kind("nuclei"));
		assertEquals(1, scores.kind("spots"));
		assertEquals(1, scores.kind("filaments"));
		assertEquals(1, scores.shape());
		assertEquals(1, scores.countWithinOne());
		assertEquals(1, scores.countExact());
	}

	@Test
	void overlapsWithMasksAsPythonDoes() throws IOException {
		for (final String[] row : EvaluationPrompt.table("masks.tsv")) {
			final int index = Integer.parseInt(row[0]);
			final ColorProcessor drawn = picture("masks.png", 2 * index + 1);
			final ByteProcessor mask = new ByteProcessor(SIDE, SIDE);
			for (int i = 0; i < mask.getPixelCount(); i++) {
				mask.set(i, (drawn.get(i) & 0xffffff) == 0 ? 0 : 255);
			}
			final ByteProcessor found = PictureAnalysis.foreground(picture("masks.png", 2 * index));
			assertEquals(Double.parseDouble(row[1]), PictureAnalysis.overlap(found, mask), IOU_TOLERANCE);
		}
	}

	@Test
	void blackNoiseAndScrambledPicturesDoNotPass() throws IOException {
		assertEquals("nothing", PictureAnalysis.of(new ColorProcessor(SIDE, SIDE)).kind());
		final Random random = new Random(1);
		int nuclei = 0;
		int right = 0;
		for (final String[] row : EvaluationPrompt.table("rendered.tsv")) {
			if (!row[1].equals("nuclei")) continue;
			nuclei++;
			final PictureAnalysis found =
				PictureAnalysis.of(scrambled(picture("rendered.png", Integer.parseInt(row[0])), random));
			if (found.kind().equals("nuclei") && Math.abs(found.count() - Integer.parseInt(row[3])) <= 1)
				right++;
		}
		assertTrue(nuclei >= 10 && right < nuclei / 2.0,
			right + " of " + nuclei + " scrambled pictures pass");
		final ColorProcessor noise = new ColorProcessor(SIDE, SIDE, random.ints(SIDE * SIDE).toArray());
		assertTrue(!PictureAnalysis.of(noise).kind().equals("nuclei"));
	}

	/**
	 * Blocks of 8 pixels in random order, as a fault in patching or positions leaves them.
	 */
	private static ColorProcessor scrambled(final ColorProcessor picture, final Random random) {
		final int block = 8;
		final int blocks = SIDE / block;
		final List<Integer> order = new ArrayList<>();
		for (int i = 0; i < blocks * blocks; i++) {
			order.add(i);
		}
		Collections.shuffle(order, random);
		final ColorProcessor result = new ColorProcessor(SIDE, SIDE);
		for (int y = 0; y < SIDE; y++) {
			for (int x = 0; x < SIDE; x++) {
				final int from = order.get(y / block * blocks + x / block);
				result.set(x, y,
					picture.get(from % blocks * block + x % block, from / blocks * block + y % block));
			}
		}
		return result;
	}
}
