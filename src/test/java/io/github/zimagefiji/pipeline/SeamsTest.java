
package io.github.zimagefiji.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.hub.builtin.BuiltInModel;
import io.github.zimagefiji.pipeline.sampling.LatentTiles;
import io.github.zimagefiji.request.ComputeOptions;
import io.github.zimagefiji.request.GenerationRequest;
import io.github.zimagefiji.request.ImageToImageRequest;
import io.github.zimagefiji.request.InpaintRequest;
import io.github.zimagefiji.request.InputImage;
import io.github.zimagefiji.request.IntensityMapping;
import io.github.zimagefiji.request.TextToImageRequest;
import io.github.zimagefiji.request.Tiling;

/**
 * Images beyond the model's size are computed in tiles whose seams cannot be found.
 */
@Tag("engine")
class SeamsTest {

	private static final int SIDE = 256;
	/** Steps at seams are at most so many times those elsewhere. */
	private static final double MOST = 1.1;

	private static Pipeline pipeline;

	@BeforeAll
	static void open() {
		pipeline = Pipeline.open(BuiltInModel.folder(), ComputeOptions.AUTO);
	}

	@AfterAll
	static void close() {
		pipeline.close();
	}

	private static TextToImageRequest text(final long seed) {
		return TextToImageRequest.builder("dim green spots on a grey background").seed(seed).steps(8)
			.build();
	}

	/**
	 * A noisy grey-green background: it goes on across the edges of tiles, where a change of its tone
	 * would be seen.
	 */
	private static InputImage haze() {
		final Random random = new Random(3);
		final float[] samples = new float[3 * SIDE * SIDE];
		for (int i = 0; i < samples.length; i++) {
			samples[i] = (float) ((i / (SIDE * SIDE) == 1 ? 0.3 : 0.2) +
				0.04 * Math.max(-4, Math.min(4, random.nextGaussian())));
		}
		return new InputImage("haze", SIDE, SIDE, samples, IntensityMapping.RGB);
	}

	private static GenerationRequest imageToImage(final long seed, final Tiling tiling) {
		return new ImageToImageRequest(text(seed), haze(), 0.7, tiling, false);
	}

	private static GenerationRequest inpaint(final long seed, final Tiling tiling) {
		return new InpaintRequest(text(seed), haze(),
			InputPictures.rectangle(SIDE, SIDE, 8, 8, 248, 248), 0.7, 0, tiling, false);
	}

	@Test
	void seamsOfImageToImageCannotBeFoundAndWithoutBlendingTheyCan() {
		check("image to image", seed -> imageToImage(seed, Tiling.AUTO),
			seed -> imageToImage(seed, new Tiling(128, 0)));
	}

	@Test
	void seamsOfInpaintingCannotBeFoundAndWithoutBlendingTheyCan() {
		check("inpaint", seed -> inpaint(seed, Tiling.AUTO), seed -> inpaint(seed, new Tiling(128, 0)));
	}

	private interface Maker {

		GenerationRequest of(long seed);
	}

	private static void check(final String what, final Maker blended, final Maker cut) {
		final double with = ratio(blended);
		final double without = ratio(cut);
		assertTrue(with <= MOST, what + ", steps at seams: " + with + " times those elsewhere");
		assertTrue(without > MOST, what + " without blending: " + without + ", with it: " + with);
	}

	/**
	 * The mean step from pixel to pixel across the edges of tiles, relative to that across all other
	 * lines.
	 */
	private static double ratio(final Maker maker) {
		double atSeams = 0;
		double elsewhere = 0;
		int seamLines = 0;
		int otherLines = 0;
		for (long seed = 1; seed <= 2; seed++) {
			final GenerationRequest request = maker.of(seed);
			final LatentTiles tiles = RunPlan.of(pipeline.model(), request).tiles();
			final List<Integer> seams = seams(tiles);
			final GeneratedImage image = pipeline.generate(request, Progress.NONE).images().get(0);
			for (int line = 16; line < SIDE - 16; line++) {
				final double step = step(image, line);
				if (seams.contains(line)) {
					atSeams += step;
					seamLines++;
				}
				else {
					elsewhere += step;
					otherLines++;
				}
			}
		}
		return atSeams / seamLines / (elsewhere / otherLines);
	}

	/** First pixels beyond an edge of a tile inside the image. */
	private static List<Integer> seams(final LatentTiles tiles) {
		final List<Integer> seams = new ArrayList<>();
		assertEquals(tiles.tops(), tiles.lefts());
		for (final int start : tiles.lefts()) {
			if (start > 0) seams.add(8 * start);
			if (start + tiles.columns() < SIDE / 8) seams.add(8 * (start + tiles.columns()));
		}
		assertTrue(!seams.isEmpty(), "the image is computed in tiles");
		return seams;
	}

	/**
	 * The mean difference of neighbours across a vertical and a horizontal line.
	 */
	private static double step(final GeneratedImage image, final int line) {
		double sum = 0;
		for (int plane = 0; plane < 3; plane++) {
			final int base = plane * SIDE * SIDE;
			for (int i = 16; i < SIDE - 16; i++) {
				sum += Math.abs(
					image.samples()[base + i * SIDE + line] - image.samples()[base + i * SIDE + line - 1]);
				sum += Math.abs(
					image.samples()[base + line * SIDE + i] - image.samples()[base + (line - 1) * SIDE + i]);
			}
		}
		return sum;
	}
}
