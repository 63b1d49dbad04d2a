
package io.github.zimagefiji.pipeline.sampling;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.model.autoencoder.AutoencoderConfig;
import io.github.zimagefiji.model.folder.ModelFolder;

/**
 * How the latents of one autoencoder look in colours: factors of {@link LatentTerms} that give the
 * mean colour of the pixels that a latent pixel stands for. They were fitted by
 * {@code scripts/preview-matrix}; an autoencoder for which that was not done has none.
 */
final class PreviewMatrix {

	private static final String FILE = "/io/github/zimagefiji/preview-matrices.json";
	private static final String[] COLOURS = { "red", "green", "blue" };

	private final AutoencoderConfig config;
	/** For each colour one factor for each term. */
	private final double[][] factors;

	private PreviewMatrix(final AutoencoderConfig config, final double[][] factors) {
		this.config = config;
		this.factors = factors;
	}

	/**
	 * Looks the matrix up by the autoencoder's weights.
	 *
	 * @throws io.github.zimagefiji.error.InvalidInputException if these cannot be read
	 */
	static Optional<PreviewMatrix> of(final ModelFolder model) {
		final String fingerprint = model.autoencoderFingerprint();
		for (final JsonElement entry : read()) {
			final JsonObject matrix = entry.getAsJsonObject();
			if (fingerprint.equals(matrix.get("autoencoder").getAsString()))
				return Optional.of(of(matrix, model.autoencoder()));
		}
		return Optional.empty();
	}

	private static PreviewMatrix of(final JsonObject matrix, final AutoencoderConfig config) {
		final double[][] factors = new double[COLOURS.length][];
		for (int c = 0; c < COLOURS.length; c++) {
			factors[c] = matrix.getAsJsonArray(COLOURS[c]).asList().stream()
				.mapToDouble(JsonElement::getAsDouble).toArray();
		}
		return new PreviewMatrix(config, factors);
	}

	private static JsonArray read() {
		try (Reader reader =
			new InputStreamReader(PreviewMatrix.class.getResourceAsStream(FILE), StandardCharsets.UTF_8))
		{
			return JsonParser.parseReader(reader).getAsJsonArray();
		}
		catch (final IOException e) {
			throw new IllegalStateException(e);
		}
	}

	/**
	 * Colours of latents.
	 *
	 * @param latents (channels, pixels) as the transformer knows them
	 * @return (pixels, 3): red, green, blue as unsigned bytes
	 */
	byte[] colours(final float[] latents) {
		final int pixels = latents.length / config.latentChannels();
		final byte[] rgb = new byte[3 * pixels];
		final double[] pixel = new double[config.latentChannels()];
		for (int i = 0; i < pixels; i++) {
			for (int k = 0; k < pixel.length; k++) {
				pixel[k] = latents[k * pixels + i] / config.scalingFactor() + config.shiftFactor();
			}
			final double[] terms = LatentTerms.of(pixel);
			for (int c = 0; c < COLOURS.length; c++) {
				rgb[3 * i + c] = (byte) GeneratedImage.toByte(sum(factors[c], terms));
			}
		}
		return rgb;
	}

	private static float sum(final double[] factors, final double[] terms) {
		double sum = 0;
		for (int i = 0; i < terms.length; i++) {
			sum += factors[i] * terms[i];
		}
		return (float) sum;
	}
}
