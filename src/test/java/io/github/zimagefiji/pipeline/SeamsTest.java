package io.github.zimagefiji.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zimagefiji.ComputeOptions;
import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.GenerationRequest;
import io.github.zimagefiji.ImageToImageRequest;
import io.github.zimagefiji.InpaintRequest;
import io.github.zimagefiji.InputImage;
import io.github.zimagefiji.IntensityMapping;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.TextToImageRequest;
import io.github.zimagefiji.Tiling;
import io.github.zimagefiji.hub.BuiltInModel;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Images beyond the model's size are computed in tiles whose seams cannot be found. */
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
		return TextToImageRequest.builder("many round green nuclei").seed(seed).build();
	}

	/** Soft green discs on a grid, many of them across the edges of tiles. */
	private static InputImage discs() {
		final float[] samples = new float[3 * SIDE * SIDE];
		for (int i = 0; i < SIDE * SIDE; i++) {
			final double x = i % SIDE % 32 - 16 + 4 * Math.sin(i / SIDE / 32 * 2.0);
			final double y = i / SIDE % 32 - 16 + 4 * Math.cos(i % SIDE / 32 * 3.0);
			final double inside = 1 / (1 + Math.exp(Math.hypot(x, y) - 10));
			samples[SIDE * SIDE + i] = (float) (0.1 + 0.6 * inside);
		}
		return new InputImage("discs", SIDE, SIDE, samples, IntensityMapping.RGB);
	}

	private static GenerationRequest imageToImage(final long seed, final Tiling tiling) {
		return new ImageToImageRequest(text(seed), discs(), 0.7, tiling, false);
	}

	private static GenerationRequest inpaint(final long seed, final Tiling tiling) {
		return new InpaintRequest(text(seed), discs(), InputPictures.rectangle(SIDE, SIDE, 20, 20, 236, 236), 0.7, 0,
			tiling, false);
	}

	static InputImage lines() {
		final float[] samples = new float[3 * SIDE * SIDE];
		for (int i = 0; i < SIDE * SIDE; i++) {
			final double x = i % SIDE, y = i / SIDE;
			final double a = Math.sin((x + 0.6 * y + 9 * Math.sin(y / 25)) / 6), b = Math.sin((0.7 * x - y + 9 * Math.sin(x / 31)) / 7);
			samples[SIDE * SIDE + i] = (float) (0.1 + 0.7 * Math.max(Math.pow(Math.max(0, a), 8), Math.pow(Math.max(0, b), 8)));
		}
		return new InputImage("lines", SIDE, SIDE, samples, IntensityMapping.RGB);
	}
	static InputImage haze() {
		final float[] samples = new float[3 * SIDE * SIDE];
		final java.util.Random r = new java.util.Random(3);
		for (int i = 0; i < SIDE * SIDE; i++) for (int c = 0; c < 3; c++) samples[c * SIDE * SIDE + i] = (float) Math.min(1, Math.max(0, (c == 1 ? 0.3 : 0.2) + 0.04 * r.nextGaussian()));
		return new InputImage("haze", SIDE, SIDE, samples, IntensityMapping.RGB);
	}
	@Test
	void explore() {
		for (final double strength : new double[] { 0.3, 0.5, 0.7, 0.9 }) for (final String prompt : new String[] { "bright green filaments", "green filaments on a grey background", "dim green spots on a grey background", "many green nuclei on a grey background" }) {
			final InputImage in = prompt.contains("filaments") ? lines() : haze();
			final Maker a = seed -> new ImageToImageRequest(TextToImageRequest.builder(prompt).seed(seed).build(), in, strength, Tiling.AUTO, false);
			final Maker b = seed -> new ImageToImageRequest(TextToImageRequest.builder(prompt).seed(seed).build(), in, strength, new Tiling(128, 0), false);
			System.out.println("blended " + strength + " " + prompt + ": " + ratio(a) + " / " + ratio(b));
		}
	}

	private interface Maker {

		GenerationRequest of(long seed);
	}

	private static void check(final String what, final Maker blended, final Maker cut) {
		final double with = ratio(blended);
		final double without = ratio(cut);
		System.out.println(what + ": " + with + " blended, " + without + " without");
		assertTrue(with <= MOST, what + ", steps at seams: " + with + " times those elsewhere");
		assertTrue(without > MOST, what + " without blending: " + without);
	}

	/** The mean step from pixel to pixel across the edges of tiles, relative to that across all other lines. */
	private static double ratio(final Maker maker) {
		double atSeams = 0;
		double elsewhere = 0;
		int seamLines = 0;
		int otherLines = 0;
		for (long seed = 1; seed <= 2; seed++) {
			final GenerationRequest request = maker.of(seed);
			final LatentTiles tiles = RunOutline.of(pipeline.model(), request).tiles();
			final List<Integer> seams = seams(tiles);
			final GeneratedImage image = pipeline.generate(request, Progress.NONE).images().get(0);
			try { io.github.zimagefiji.image.PngFile.write(java.nio.file.Path.of("/tmp/seam/" + request.text().prompt().replace(" ","_") + image.provenance().conditions().task() + (tiles.tops().size()) + "-" + seed + ".png"), image);} catch (Exception e) { throw new RuntimeException(e);}
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

	/** The mean difference of neighbours across a vertical and a horizontal line. */
	private static double step(final GeneratedImage image, final int line) {
		double sum = 0;
		for (int plane = 0; plane < 3; plane++) {
			final int base = plane * SIDE * SIDE;
			for (int i = 16; i < SIDE - 16; i++) {
				sum += Math.abs(image.samples()[base + i * SIDE + line] - image.samples()[base + i * SIDE + line - 1]);
				sum += Math.abs(image.samples()[base + line * SIDE + i] - image.samples()[base + (line - 1) * SIDE + i]);
			}
		}
		return sum;
	}
}
