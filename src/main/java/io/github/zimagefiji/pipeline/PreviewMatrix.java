package io.github.zimagefiji.pipeline;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.model.AutoencoderConfig;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * How the latents of one autoencoder look in colours: a linear map of the latent pixel to the mean colour of the pixels
 * that it stands for. The maps were fitted by {@code scripts/preview-matrix}; an autoencoder for which that was not done
 * has none.
 */
final class PreviewMatrix {

	private static final String FILE = "/io/github/zimagefiji/preview-matrices.json";
	private static final String[] COLOURS = { "red", "green", "blue" };

	/** For each colour one factor for each latent channel, and then what is added. */
	private final float[][] factors;

	private PreviewMatrix(final float[][] factors) {
		this.factors = factors;
	}

	/**
	 * Looks the map up by the autoencoder's weights.
	 *
	 * @throws io.github.zimagefiji.InvalidInputException if these cannot be read
	 */
	static Optional<PreviewMatrix> of(final ModelFolder model) {
		final String fingerprint = model.autoencoderFingerprint();
		for (final JsonElement entry : read()) {
			final JsonObject matrix = entry.getAsJsonObject();
			if (fingerprint.equals(matrix.get("autoencoder").getAsString())) return Optional.of(of(matrix, model
				.autoencoder()));
		}
		return Optional.empty();
	}

	/** The file speaks of latents as the autoencoder knows them; the result, of the transformer's. */
	private static PreviewMatrix of(final JsonObject matrix, final AutoencoderConfig config) {
		final float[][] factors = new float[COLOURS.length][];
		for (int c = 0; c < COLOURS.length; c++) {
			final JsonArray row = matrix.getAsJsonArray(COLOURS[c]);
			factors[c] = new float[row.size()];
			double added = row.get(row.size() - 1).getAsDouble();
			for (int i = 0; i < row.size() - 1; i++) {
				factors[c][i] = (float) (row.get(i).getAsDouble() / config.scalingFactor());
				added += row.get(i).getAsDouble() * config.shiftFactor();
			}
			factors[c][row.size() - 1] = (float) added;
		}
		return new PreviewMatrix(factors);
	}

	private static JsonArray read() {
		try (Reader reader = new InputStreamReader(PreviewMatrix.class.getResourceAsStream(FILE), StandardCharsets.UTF_8)) {
			return JsonParser.parseReader(reader).getAsJsonArray();
		}
		catch (final IOException exc) {
			throw new IllegalStateException(exc);
		}
	}

	/**
	 * Colours of latents.
	 *
	 * @param latents (channels, pixels) as the transformer knows them
	 * @return (pixels, 3): red, green, blue as unsigned bytes
	 */
	byte[] colours(final float[] latents) {
		final int channels = factors[0].length - 1;
		final int pixels = latents.length / channels;
		final byte[] rgb = new byte[3 * pixels];
		for (int i = 0; i < pixels; i++) {
			for (int c = 0; c < COLOURS.length; c++) {
				float sum = factors[c][channels];
				for (int k = 0; k < channels; k++) {
					sum += factors[c][k] * latents[k * pixels + i];
				}
				rgb[3 * i + c] = (byte) GeneratedImage.toByte(sum);
			}
		}
		return rgb;
	}
}
