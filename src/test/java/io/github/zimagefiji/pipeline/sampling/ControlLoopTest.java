
package io.github.zimagefiji.pipeline.sampling;

import static io.github.zimagefiji.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.google.gson.JsonObject;

import io.github.zimagefiji.engine.EngineFixture;
import io.github.zimagefiji.engine.Tensor;
import io.github.zimagefiji.engine.TensorType;
import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.golden.Parity;
import io.github.zimagefiji.golden.Pictures;
import io.github.zimagefiji.model.autoencoder.Autoencoder;
import io.github.zimagefiji.model.folder.ModelFolder;
import io.github.zimagefiji.model.transformer.ControlNet;
import io.github.zimagefiji.model.transformer.ControlNetFile;
import io.github.zimagefiji.model.transformer.Transformer;
import io.github.zimagefiji.model.vision.ByteImage;
import io.github.zimagefiji.pipeline.picture.PixelMask;
import io.github.zimagefiji.pipeline.picture.PlanarImage;
import io.github.zimagefiji.request.Sampler;

/**
 * Every step of the reference's loops with a ControlNet, from its pictures, prompt embeddings and
 * seeds.
 */
@Tag("engine")
class ControlLoopTest extends EngineFixture {

	private static final int CHANNELS = 16;
	private static final int WIDTH = 64;
	private static final int HEIGHT = 96;

	private final ModelFolder model = ModelFolder.open(Golden.model());
	private Autoencoder autoencoder;
	private Transformer transformer;

	@BeforeEach
	void loadNetworks() {
		transformer = Transformer.load(model.transformer(), model.transformerWeights(), List.of(),
			engine, TensorType.FLOAT32, () -> {});
		autoencoder = Autoencoder.load(model.autoencoder(), model.autoencoderWeights(), engine,
			TensorType.FLOAT32, () -> {});
	}

	@AfterEach
	void closeNetworks() {
		autoencoder.close();
		transformer.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "v1", "v20", "v21" })
	void everyStepUnderControlAgrees(final String version) {
		final Golden golden = Golden.of("loop_controlnet_" + version);
		try (ControlNet network = load(version)) {
			final Tensor picture = latents(network).of(scope, picture("control"));
			assertPicture(golden, "vae_encode.0.mean", picture, 0);
			compare(golden, network, picture);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "v1", "v20", "v21" })
	void everyStepUnderControlWithGuidanceAgrees(final String version) {
		final Golden golden = Golden.of("loop_controlnet_" + version + "_cfg");
		try (ControlNet network = load(version)) {
			final float[] resized = Golden.of("images").floats("control.preprocess.resized_up");
			final long[] shape = Golden.of("images").shape("control.preprocess.resized_up");
			compare(golden, network,
				latents(network).of(scope, new PlanarImage((int) shape[3], (int) shape[2], resized)));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "v20", "v21" })
	void everyStepOfInpaintingUnderControlAgrees(final String version) {
		final Golden golden = Golden.of("loop_inpaint_controlnet_" + version);
		try (ControlNet network = load(version)) {
			final Tensor picture = latents(network).ofInpainting(scope, picture("control"),
				picture("init"), PixelMask.of(Pictures.of("mask"), WIDTH, HEIGHT));
			assertPicture(golden, "vae_encode.0.mean", picture, 0);
			assertPicture(golden, "vae_encode.1.mean", picture, CHANNELS + 1);
			compare(golden, network, picture);
		}
	}

	/**
	 * The autoencoder's mean, as the transformer knows latents, from a channel of the picture on.
	 */
	private void assertPicture(final Golden golden, final String mean, final Tensor picture,
		final int channel)
	{
		final float[] expected = autoencoder.fromAutoencoder(golden.floats(mean));
		final int start = channel * expected.length / CHANNELS;
		Parity.record(golden.name(), mean + ", scaled", "of rms", Parity.distance(expected,
			Arrays.copyOfRange(picture.toFloats(), start, start + expected.length)), Parity.VAE);
	}

	private void compare(final Golden golden, final ControlNet network, final Tensor picture) {
		final double scale = golden.config().get("conditioning_scale").getAsDouble();
		final int[] predicted = new int[1];
		final float[] latents = noise(golden);
		final ControlNet.Condition control = new ControlNet.Condition(network, picture, scale);
		final int steps = sample(golden, latents, control, (step, predictions) -> {
			Parity.assertClose(golden, "latents.step" + step, latents, Parity.LOOP);
			for (int i = 0; golden.has("model_out.step" + step + "." + i); i++) {
				Parity.assertClose(golden, "model_out.step" + step + "." + i, predictions.get(i),
					Parity.LOOP);
				predicted[0]++;
			}
		});
		assertFalse(golden.has("latents.step" + steps), "the reference makes more steps");
		assertTrue(golden.name().endsWith("_cfg") || predicted[0] >= steps, "predictions are compared");
	}

	@Test
	void scaleZeroIsNoControlToTheBit() {
		final Golden golden = Golden.of("loop_controlnet_v20_cfg");
		try (ControlNet network = load("v20")) {
			final Tensor picture = latents(network).of(scope, picture("control"));
			final float[] zero = noise(golden);
			final float[] none = noise(golden);
			sample(golden, zero, new ControlNet.Condition(network, picture, 0),
				(step, predictions) -> {});
			sample(golden, none, null, (step, predictions) -> {});
			assertArrayEquals(none, zero);
		}
	}

	@Test
	void channelsThatAPictureDoesNotFillAreZero() {
		try (ControlNet network = load("v20")) {
			final float[] picture = latents(network).of(scope, picture("control")).toFloats();
			final int area = picture.length / network.config().channels();
			assertEquals(33, network.config().channels());
			assertArrayEquals(new float[17 * area],
				Arrays.copyOfRange(picture, CHANNELS * area, picture.length));
		}
	}

	@Test
	void theMasksChannelIsOneWhereThePictureIsKept() {
		final byte[] half = new byte[HEIGHT * WIDTH];
		Arrays.fill(half, HEIGHT / 2 * WIDTH, HEIGHT * WIDTH, (byte) 128);
		final PixelMask mask = PixelMask.of(new ByteImage(WIDTH, HEIGHT, 1, half), WIDTH, HEIGHT);
		try (ControlNet network = load("v21")) {
			final PlanarImage image = picture("control");
			final float[] picture = latents(network).ofInpainting(scope, image, image, mask).toFloats();
			final float[] expected = new float[12 * 8];
			Arrays.fill(expected, 0, 6 * 8, 1);
			assertArrayEquals(expected, Arrays.copyOfRange(picture, CHANNELS * 96, (CHANNELS + 1) * 96));
		}
	}

	@Test
	void inpaintingNeedsAControlNetWithTheChannelsForIt() {
		try (ControlNet network = load("v1")) {
			final PlanarImage image = picture("control");
			final PixelMask mask = new PixelMask(WIDTH, HEIGHT, new float[HEIGHT * WIDTH]);
			assertRefused(() -> latents(network).ofInpainting(scope, image, image, mask), "16 channels",
				"33 channels");
		}
	}

	@Test
	void aMaskOfAnotherSizeIsRefused() {
		try (ControlNet network = load("v20")) {
			final PlanarImage image = picture("control");
			final PixelMask mask = new PixelMask(WIDTH - 1, HEIGHT, new float[HEIGHT * (WIDTH - 1)]);
			assertRefused(() -> latents(network).ofInpainting(scope, image, image, mask), "63 × 96",
				"64 × 96");
		}
	}

	private static float[] noise(final Golden golden) {
		return new TorchRandom(golden.config().get("seed").getAsLong())
			.normal(golden.floats("latents.init").length);
	}

	private int sample(final Golden golden, final float[] latents, final ControlNet.Condition control,
		final DenoisingLoop.Listener listener)
	{
		final int steps = golden.config().get("steps").getAsInt();
		final long[] shape = golden.shape("latents.init");
		final Schedule schedule =
			Schedule.ofSteps(model.scheduler(), steps, (int) (shape[2] * shape[3] / 4));
		final Tensor negative =
			guidance(golden) > 0 ? caption(golden, "negative_prompt_embeds.0") : null;
		final Predictor predictor =
			Predictor.of(transformer, caption(golden, "prompt_embeds.0"), negative, control);
		new DenoisingLoop(predictor, new Guidance(guidance(golden), 0, 1)).run(scope,
			Scheduler.of(Sampler.EULER, schedule), latents, shape, listener, () -> {});
		return steps;
	}

	private static double guidance(final Golden golden) {
		final JsonObject config = golden.config();
		return config.has("guidance") ? config.get("guidance").getAsDouble() : 0;
	}

	private Tensor caption(final Golden golden, final String tensor) {
		return transformer.refineCaption(scope, golden.tensor(scope, tensor), () -> {});
	}

	private static PlanarImage picture(final String name) {
		return PlanarImage.of(Pictures.of(name));
	}

	private ControlLatents latents(final ControlNet network) {
		return new ControlLatents(autoencoder, network.config().channels(), 0, () -> {});
	}

	private ControlNet load(final String version) {
		final ControlNetFile file =
			ControlNetFile.open(Golden.path("controlnet_" + version), model.transformer());
		return ControlNet.load(file.config(), file.weights(), engine, TensorType.FLOAT32, () -> {});
	}
}
