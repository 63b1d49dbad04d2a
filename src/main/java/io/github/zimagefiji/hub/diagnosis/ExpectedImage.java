
package io.github.zimagefiji.hub.diagnosis;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import javax.imageio.ImageIO;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.hub.builtin.BuiltInModel;
import io.github.zimagefiji.request.TextToImageRequest;

/**
 * What the Python reference made with the built-in model, in float32 on a processor.
 *
 * @param request what was asked for
 * @param image what came out
 */
record ExpectedImage(TextToImageRequest request, BufferedImage image) {

	/**
	 * How two images of bytes differ.
	 *
	 * @param most the largest difference of a level, 0 to 255
	 * @param different values that differ
	 * @param values of the image
	 * @param mean difference of a level
	 */
	record Agreement(int most, int different, int values, double mean) {

		private static final double FEW = 1e-3;
		/** GPUs add in another order and multiply with fewer bits. */
		private static final int MOST_ON_GPU = 8;
		private static final double MEAN_ON_GPU = 0.5;

		/**
		 * Whether it is the same image: on a processor to the last level but for few; elsewhere to the
		 * eye.
		 */
		boolean isGood(final boolean processor) {
			if (processor) return most <= 1 && different < FEW * values;
			return most <= MOST_ON_GPU && mean <= MEAN_ON_GPU;
		}

		String words() {
			if (different == 0) return "the reference's image, every level the same";
			return String.format(Locale.ROOT,
				"%d of %d levels differ from the reference's image, by %d of 255 at most", different,
				values, most);
		}
	}

	/** Reads it from the jar. */
	static ExpectedImage read() {
		try (InputStream run = BuiltInModel.expected("run.json");
				InputStream image = BuiltInModel.expected("0.png"))
		{
			final JsonObject json = JsonParser
				.parseReader(new InputStreamReader(run, StandardCharsets.UTF_8)).getAsJsonObject();
			return new ExpectedImage(
				TextToImageRequest.builder(json.get("prompt").getAsString())
					.seed(json.get("seed").getAsLong())
					.size(json.get("width").getAsInt(), json.get("height").getAsInt())
					.steps(json.get("steps").getAsInt()).guidance(json.get("guidance").getAsDouble()).build(),
				ImageIO.read(image));
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/** Compares with an image of the same size. */
	Agreement compare(final GeneratedImage made) {
		final int pixels = made.width() * made.height();
		int most = 0;
		int different = 0;
		long sum = 0;
		for (int i = 0; i < 3 * pixels; i++) {
			final int pixel = i % pixels;
			final int rgb = image.getRGB(pixel % made.width(), pixel / made.width());
			final int expected = rgb >> 8 * (2 - i / pixels) & 0xff;
			final int difference = Math.abs(expected - GeneratedImage.toByte(made.samples()[i]));
			most = Math.max(most, difference);
			sum += difference;
			if (difference > 0) different++;
		}
		return new Agreement(most, different, 3 * pixels, (double) sum / (3 * pixels));
	}
}
