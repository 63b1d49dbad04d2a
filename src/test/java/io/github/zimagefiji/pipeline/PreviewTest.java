
package io.github.zimagefiji.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.GenerationResult;
import io.github.zimagefiji.Preview;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.hub.builtin.BuiltInModel;
import io.github.zimagefiji.request.ComputeOptions;
import io.github.zimagefiji.request.Stage;
import io.github.zimagefiji.request.TextToImageRequest;

/**
 * Previews of the built-in model, held against the pictures that come out in the end.
 */
@Tag("engine")
class PreviewTest {

	/**
	 * Prompts that had no part in the fit, with one and several colours, on dark and light ground.
	 */
	private static final List<String> PROMPTS = List.of("three round red nuclei",
		"many green spots, hazy background", "two bright blue nuclei on a grey background",
		"many yellow filaments", "six magenta nuclei, bright");

	private static final int SIDE = 16;

	/** Keeps what it is shown. */
	private static final class Watcher implements Progress {

		private final boolean wanted;
		private final List<Preview> previews = new ArrayList<>();

		Watcher(final boolean wanted) {
			this.wanted = wanted;
		}

		@Override
		public void update(final Stage stage, final double fraction, final String message) {
			// only pictures count
		}

		@Override
		public boolean isCanceled() {
			return false;
		}

		@Override
		public boolean wantsPreviews() {
			return wanted;
		}

		@Override
		public void preview(final Preview preview) {
			previews.add(preview);
		}
	}

	private static Pipeline builtIn() {
		return Pipeline.open(BuiltInModel.folder(), ComputeOptions.AUTO);
	}

	private static TextToImageRequest.Builder request(final String prompt) {
		return TextToImageRequest.builder(prompt).seed(77);
	}

	/** A colour (0 to 255) of the square that a preview's pixel stands for. */
	private static double mean(final GeneratedImage image, final int colour, final int pixel) {
		final int scale = image.width() / SIDE;
		double sum = 0;
		for (int i = 0; i < scale * scale; i++) {
			final int x = pixel % SIDE * scale + i % scale;
			final int y = pixel / SIDE * scale + i / scale;
			sum +=
				GeneratedImage.toByte(image.samples()[(colour * image.height() + y) * image.width() + x]);
		}
		return sum / (scale * scale);
	}

	/**
	 * Mean absolute difference of a preview's colours, 0 to 255, to those of a picture.
	 */
	private static double distance(final Preview preview, final GeneratedImage image) {
		double sum = 0;
		for (int i = 0; i < 3 * SIDE * SIDE; i++) {
			sum += Math.abs(colour(preview, i / 3, i % 3) - mean(image, i % 3, i / 3));
		}
		return sum / (3 * SIDE * SIDE);
	}

	private static int colour(final Preview preview, final int pixel, final int colour) {
		return preview.rgb()[3 * pixel + colour] & 0xff;
	}

	/**
	 * Correlation, over all pixels of all pictures, of a colour of the previews and one of the
	 * pictures.
	 */
	private static double correlation(final List<Preview> previews, final int colour,
		final List<GeneratedImage> images, final int other)
	{
		final List<double[]> pairs = new ArrayList<>();
		for (int n = 0; n < images.size(); n++) {
			for (int i = 0; i < SIDE * SIDE; i++) {
				pairs
					.add(new double[] { colour(previews.get(n), i, colour), mean(images.get(n), other, i) });
			}
		}
		final double x = pairs.stream().mapToDouble(p -> p[0]).average().getAsDouble();
		final double y = pairs.stream().mapToDouble(p -> p[1]).average().getAsDouble();
		final double both = pairs.stream().mapToDouble(p -> (p[0] - x) * (p[1] - y)).sum();
		final double first = pairs.stream().mapToDouble(p -> (p[0] - x) * (p[0] - x)).sum();
		final double second = pairs.stream().mapToDouble(p -> (p[1] - y) * (p[1] - y)).sum();
		return both / Math.sqrt(first * second);
	}

	@Test
	void previewsLookLikeThePictureThatComesOut() {
		final List<List<Preview>> previews = new ArrayList<>();
		final List<GeneratedImage> images = new ArrayList<>();
		try (Pipeline pipeline = builtIn()) {
			for (final String prompt : PROMPTS) {
				final Watcher watcher = new Watcher(true);
				images.add(pipeline.generate(request(prompt).build(), watcher).images().get(0));
				assertEquals(16, watcher.previews.size(),
					"If the built-in model's autoencoder is a new one, run scripts/preview-matrix/fit.");
				previews.add(watcher.previews);
			}
		}
		// With the sign of the velocity or a sigma wrong, a sixth step shows noise,
		// of which much is left then.
		assertClose(previews.stream().map(p -> p.get(5)).toList(), images, 12);
		final List<Preview> last = previews.stream().map(p -> p.get(15)).toList();
		assertClose(last, images, 9);
		for (int c = 0; c < 3; c++) {
			assertTrue(correlation(last, c, images, c) > 0.7, "colour " + c);
			for (int other = 0; other < 3; other++) {
				if (other != c)
					assertTrue(correlation(last, c, images, c) > correlation(last, c, images, other),
						"colour " + c + " looks like " + other);
			}
		}
	}

	private static void assertClose(final List<Preview> previews, final List<GeneratedImage> images,
		final double bound)
	{
		double mean = 0;
		for (int i = 0; i < images.size(); i++) {
			mean += distance(previews.get(i), images.get(i)) / images.size();
		}
		assertTrue(mean < bound, "off by " + mean + " of 255");
	}

	@Test
	void noneAreMadeForWhoDoesNotWantThemAndTheImageIsTheSame() {
		try (Pipeline pipeline = builtIn()) {
			final Watcher without = new Watcher(false);
			final Watcher with = new Watcher(true);
			final TextToImageRequest request = request(PROMPTS.get(0)).count(2).steps(3).build();
			final GenerationResult expected = pipeline.generate(request, without);
			assertEquals(List.of(), without.previews);
			assertArrayEquals(expected.latents(), pipeline.generate(request, with).latents());
			assertEquals(List.of("0 0", "0 1", "0 2", "1 0", "1 1", "1 2"),
				with.previews.stream().map(p -> p.image() + " " + p.step()).toList());
			assertEquals(SIDE, with.previews.get(0).width());
			assertEquals(SIDE, with.previews.get(0).height());
		}
	}

	@Test
	void anotherAutoencoderHasNoneSinceItsColoursAreNotKnown() {
		try (Pipeline pipeline = Pipeline.open(Golden.model(), ComputeOptions.AUTO)) {
			final Watcher watcher = new Watcher(true);
			pipeline.generate(request("cells").size(32, 32).steps(2).build(), watcher);
			assertEquals(List.of(), watcher.previews);
		}
	}
}
