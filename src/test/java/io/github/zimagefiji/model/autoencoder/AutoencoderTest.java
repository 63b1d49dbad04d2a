
package io.github.zimagefiji.model.autoencoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.zimagefiji.engine.EngineFixture;
import io.github.zimagefiji.engine.Tensor;
import io.github.zimagefiji.engine.TensorMap;
import io.github.zimagefiji.engine.TensorType;
import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.golden.Parity;
import io.github.zimagefiji.weights.Checkpoint;

@Tag("engine")
class AutoencoderTest extends EngineFixture {

	/**
	 * The golden tiles: 64 pixels or 8 latent pixels, a quarter of them shared.
	 */
	private static final int TILE = 64;
	private static final double OVERLAP = 0.25;

	private final AutoencoderConfig config =
		AutoencoderConfig.read(Golden.path("model/vae/config.json"));
	private final Checkpoint checkpoint = Checkpoint.open(Golden.path("model/vae"));
	private final Golden golden = Golden.of("vae");

	private Autoencoder load(final TensorType type) {
		return Autoencoder.load(config, checkpoint, engine, type, () -> {});
	}

	@ParameterizedTest
	@ValueSource(strings = { "s0", "s1" })
	void latentsAreDecodedAsInTheReference(final String size) {
		try (Autoencoder autoencoder = load(TensorType.FLOAT32)) {
			final Tensor decoded =
				autoencoder.decode(scope, latents(autoencoder, size + ".latents_in"), () -> {});
			Parity.assertClose(golden, size + ".decoded", decoded.toFloats(), Parity.VAE);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "s0", "s1" })
	void imagesAreEncodedAsInTheReference(final String size) {
		try (Autoencoder autoencoder = load(TensorType.FLOAT32)) {
			final Autoencoder.Posterior posterior =
				autoencoder.encode(scope, golden.tensor(scope, size + ".image"), () -> {});
			Parity.assertClose(golden, size + ".mean", posterior.mean().toFloats(), Parity.VAE);
			Parity.assertClose(golden, size + ".logvar", posterior.logVariance().toFloats(), Parity.VAE);
			Parity.assertClose(golden, size + ".mode_scaled",
				autoencoder.fromAutoencoder(posterior.mean().toFloats()), Parity.VAE);
		}
	}

	@Test
	void tilesAreFadedAsInTheReference() {
		try (Autoencoder autoencoder = load(TensorType.FLOAT32)) {
			final Tensor latents = latents(autoencoder, "tile.latents_in");
			Parity.assertClose(golden, "tile.decoded_untiled",
				autoencoder.decode(scope, latents, () -> {}).toFloats(), Parity.VAE);
			Parity.assertClose(golden, "tile.decoded_tiled",
				autoencoder.decodeTiled(scope, latents, TILE / 8, OVERLAP, () -> {}).toFloats(),
				Parity.VAE);
		}
	}

	@Test
	void tiledEncodingAgreesToo() {
		try (Autoencoder autoencoder = load(TensorType.FLOAT32)) {
			final Tensor image =
				scope.floats(planes(golden.floats("tile.image_uint8"), 160, 112), 1, 3, 160, 112);
			final Autoencoder.Posterior tiled =
				autoencoder.encodeTiled(scope, image, TILE, OVERLAP, () -> {});
			Parity.assertClose(golden, "tile.encoded_tiled_mean", tiled.mean().toFloats(), Parity.VAE);
			Parity.assertClose(golden, "tile.encoded_tiled_logvar", tiled.logVariance().toFloats(),
				Parity.VAE);
			Parity.assertClose(golden, "tile.encoded_untiled_mean",
				autoencoder.encode(scope, image, () -> {}).mean().toFloats(), Parity.VAE);
		}
	}

	@Test
	void bfloat16IsNoFartherFromFloat32ThanTheReferencesBfloat16() {
		final Golden rounded = Golden.of("vae_bf16");
		try (Autoencoder autoencoder = load(TensorType.BFLOAT16)) {
			final float[] decoded =
				autoencoder.decode(scope, latents(autoencoder, "s0.latents_in"), () -> {}).toFloats();
			record("s0.decoded", decoded, rounded);
			record("s0.mean",
				autoencoder.encode(scope, golden.tensor(scope, "s0.image"), () -> {}).mean().toFloats(),
				rounded);
		}
	}

	/**
	 * The native library has got a last block of fewer than 16 channels wrong.
	 */
	@ParameterizedTest
	@ValueSource(ints = { 1, 3, 8, 16, 17, 40 })
	void bfloat16ConvolutionsToAnyNumberOfChannelsAreRight(final int channels) {
		final float[] image = numbers(8 * 12 * 10);
		final float[] kernels = numbers(channels * 8 * 9);
		final float[] exact = convolved(image, kernels, TensorType.FLOAT32);
		final float[] rounded = convolved(image, kernels, TensorType.BFLOAT16);
		assertEquals(channels * 12 * 10, rounded.length);
		double squares = 0;
		double difference = 0;
		for (int i = 0; i < exact.length; i++) {
			squares += Math.pow(exact[i], 2);
			difference += Math.pow((double) exact[i] - rounded[i], 2);
		}
		assertTrue(Math.sqrt(difference / squares) < 0.01, difference + " of " + squares);
	}

	private float[] convolved(final float[] image, final float[] kernels, final TensorType type) {
		final long channels = kernels.length / 72;
		try (TensorMap weights = new TensorMap(
			Map.of("a.weight", scope.convert(scope.floats(kernels, channels, 8, 3, 3), type), "a.bias",
				scope.convert(scope.floats(numbers((int) channels), channels), type))))
		{
			return scope.convert(engine.program("autoencoder").run(scope, "conv",
				scope.floats(image, 1, 8, 12, 10), weights, "a", 1L, 1L), TensorType.FLOAT32).toFloats();
		}
	}

	private static float[] numbers(final int count) {
		final float[] numbers = new float[count];
		for (int i = 0; i < count; i++)
			numbers[i] = (float) Math.sin(i * 12.9898);
		return numbers;
	}

	/** The golden latents are the transformer's. */
	private Tensor latents(final Autoencoder autoencoder, final String tensor) {
		return scope.floats(autoencoder.toAutoencoder(golden.floats(tensor)), golden.shape(tensor));
	}

	private void record(final String tensor, final float[] actual, final Golden rounded) {
		final float[] exact = golden.floats(tensor);
		Parity.record("vae_bf16", tensor, "of rms", Parity.distance(exact, actual),
			Parity.distance(exact, rounded.floats(tensor)));
	}

	private static float[] planes(final float[] bytes, final int height, final int width) {
		final float[] result = new float[bytes.length];
		for (int i = 0; i < bytes.length; i++) {
			result[i % 3 * height * width + i / 3] = bytes[i] / 127.5f - 1;
		}
		return result;
	}
}
