
package io.github.zimagefiji.pipeline.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.IntConsumer;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.zimagefiji.engine.EngineFixture;
import io.github.zimagefiji.engine.Tensor;
import io.github.zimagefiji.engine.TensorType;
import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.golden.Parity;
import io.github.zimagefiji.model.autoencoder.Autoencoder;
import io.github.zimagefiji.model.folder.ModelFolder;
import io.github.zimagefiji.model.transformer.Transformer;
import io.github.zimagefiji.pipeline.picture.PixelMask;
import io.github.zimagefiji.pipeline.picture.PlanarImage;
import io.github.zimagefiji.request.Sampler;

/**
 * The reference's image-to-image and inpaint runs, from the picture's file to the image, with every
 * step.
 */
@Tag("engine")
class ImageLoopsTest extends EngineFixture {

	/**
	 * Suggested for masked images, whose large flat parts are close to what the group norms divide
	 * by.
	 */
	private static final double FLAT = 6e-4;
	private static final double NOISE = 4e-6;

	private final ModelFolder model = ModelFolder.open(Golden.model());

	@ParameterizedTest
	@ValueSource(strings = { "loop_img2img", "loop_img2img_cfg" })
	void everyStepOfImageToImageAgrees(final String name) {
		final GoldenLoop loop = GoldenLoop.of(name);
		try (Autoencoder autoencoder = autoencoder(TensorType.FLOAT32)) {
			final ImageNoise noise = new ImageNoise(new TorchRandom(loop.seed()), TensorType.FLOAT32);
			final ImageLatents image = encode(autoencoder, PlanarImage.fitted(loop.picture("image")));
			comparePosterior(loop.golden(), 0, image, Parity.VAE);
			final float[] kept = image.sample(noise);
			final Schedule schedule = schedule(loop);
			final float[] latents = schedule.noised(kept, noise.draw(kept.length), 0);
			Parity.assertClose(loop.golden(), "latents.init", latents, Parity.LOOP);
			run(loop, schedule, latents, step -> {});
			loop.compareImage(scope, autoencoder, latents);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "loop_inpaint", "loop_inpaint_s06" })
	void everyStepOfInpaintingAgrees(final String name) {
		final GoldenLoop loop = GoldenLoop.of(name);
		try (Autoencoder autoencoder = autoencoder(TensorType.FLOAT32)) {
			final ImageNoise random = new ImageNoise(new TorchRandom(loop.seed()), TensorType.FLOAT32);
			final PlanarImage picture = PlanarImage.fitted(loop.picture("image"));
			final PixelMask mask = PixelMask.of(loop.picture("mask"), picture.width(), picture.height());
			final ImageLatents image = encode(autoencoder, picture);
			comparePosterior(loop.golden(), 0, image, Parity.VAE);
			final float[] kept = image.sample(random);
			final float[] noise = random.draw(kept.length);
			Parity.assertClose(loop.golden(), "prepare.image_latents", kept, Parity.VAE);
			Parity.assertAbsolute(loop.golden(), "prepare.noise", noise, NOISE);
			Parity.assertAbsolute(loop.golden(), "prepare.mask", mask.atLatents(image.shape()), 0);
			final Schedule schedule = schedule(loop);
			final float[] latents = schedule.noised(kept, noise, 0);
			Parity.assertClose(loop.golden(), "latents.init", latents, Parity.LOOP);
			final LatentBlend blend =
				new LatentBlend(schedule, mask.atLatents(image.shape()), kept, noise);
			run(loop, schedule, latents, step -> blend.apply(step, latents));
			loop.compareImage(scope, autoencoder, latents);
		}
	}

	/**
	 * The reference encodes it too and never uses it; ControlNets for inpainting do.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "loop_inpaint", "loop_inpaint_s06" })
	void theMaskedImageIsEncodedAsInTheReference(final String name) {
		final GoldenLoop loop = GoldenLoop.of(name);
		final PlanarImage picture = PlanarImage.fitted(loop.picture("image"));
		final PixelMask mask = PixelMask.of(loop.picture("mask"), picture.width(), picture.height());
		try (Autoencoder autoencoder = autoencoder(TensorType.FLOAT32)) {
			comparePosterior(loop.golden(), 1, encode(autoencoder, picture.masked(mask)), FLAT);
		}
	}

	@Test
	void noiseInBfloat16IsThatOfAPipelineInBfloat16() {
		final Golden golden = Golden.of("loop_img2img_bf16");
		final ImageNoise noise = new ImageNoise(new TorchRandom(49), TensorType.BFLOAT16);
		for (int i = 0; i < 2; i++) {
			// PyTorch's own logarithm and cosine differ in the last bits, which
			// seldom decides a rounding.
			final float[] expected = golden.floats("randn." + i);
			final float[] actual = noise.draw(expected.length);
			int different = 0;
			for (int j = 0; j < expected.length; j++) {
				if (expected[j] != actual[j]) different++;
			}
			Parity.record(golden.name(), "randn." + i + " (values that differ)", "of " + expected.length,
				different, 1);
			Parity.assertAbsolute(golden, "randn." + i, actual, 0x1p-7);
		}
	}

	@Test
	void imageToImageInBfloat16IsNoFartherFromFloat32ThanTheReferencesBfloat16() {
		final GoldenLoop exact = GoldenLoop.of("loop_img2img");
		final Golden rounded = Golden.of("loop_img2img_bf16");
		try (Autoencoder autoencoder = autoencoder(TensorType.BFLOAT16);
				Transformer transformer = load(TensorType.BFLOAT16))
		{
			final ImageNoise noise = new ImageNoise(new TorchRandom(exact.seed()), TensorType.BFLOAT16);
			final float[] kept =
				encode(autoencoder, PlanarImage.fitted(exact.picture("image"))).sample(noise);
			final Schedule schedule = schedule(exact);
			final float[] latents = schedule.noised(kept, noise.draw(kept.length), 0);
			record(exact.golden(), rounded, "latents.init", latents);
			final Predictor predictor = Predictor.of(transformer,
				caption(transformer, "prompt_embeds.0", exact.golden()), null, null);
			new DenoisingLoop(predictor, Guidance.OFF).run(scope, Scheduler.of(Sampler.EULER, schedule),
				latents, exact.shape(),
				(step, predictions) -> record(exact.golden(), rounded, "latents.step" + step, latents),
				() -> {});
		}
	}

	@Test
	void aVanishingStrengthKeepsTheImage() {
		final GoldenLoop loop = GoldenLoop.of("loop_img2img");
		final Schedule schedule = new Strength(1e-6).of(Schedule.ofSteps(model.scheduler(), 1000, 96));
		assertEquals(1, schedule.steps());
		final float[] image = loop.golden().floats("latents.step5");
		final float[] noise = new TorchRandom(1).normal(image.length);
		final float[] latents = schedule.noised(image, noise, 0);
		assertTrue(Parity.distance(image, latents) < 0.02);
		assertArrayEquals(image, schedule.noised(image, noise, 1));
	}

	/**
	 * Runs the loop with the golden captions and compares after each step, behind what
	 * {@code afterStep} does to it.
	 */
	private void run(final GoldenLoop loop, final Schedule schedule, final float[] latents,
		final IntConsumer afterStep)
	{
		try (Transformer transformer = load(TensorType.FLOAT32)) {
			final Tensor positive = caption(transformer, "prompt_embeds.0", loop.golden());
			final Tensor negative = loop.guidance().isOn()
				? caption(transformer, "negative_prompt_embeds.0", loop.golden()) : null;
			assertEquals(loop.steps(), schedule.steps());
			new DenoisingLoop(Predictor.of(transformer, positive, negative, null), loop.guidance()).run(
				scope, Scheduler.of(Sampler.EULER, schedule), latents, loop.shape(),
				(step, predictions) -> {
					afterStep.accept(step);
					loop.compare(step, latents, predictions);
				}, () -> {});
		}
	}

	private Schedule schedule(final GoldenLoop loop) {
		return new Strength(loop.config().get("strength").getAsDouble())
			.of(loop.schedule(model.scheduler(), loop.shape()));
	}

	private void comparePosterior(final Golden golden, final int index, final ImageLatents image,
		final double tolerance)
	{
		Parity.assertClose(golden, "vae_encode." + index + ".mean", image.mean(), tolerance);
		Parity.assertClose(golden, "vae_encode." + index + ".logvar", image.logVariance(), tolerance);
	}

	private static void record(final Golden exact, final Golden rounded, final String tensor,
		final float[] actual)
	{
		final float[] expected = exact.floats(tensor);
		Parity.record(rounded.name(), tensor, "of rms", Parity.distance(expected, actual),
			Parity.distance(expected, rounded.floats(tensor)));
	}

	private ImageLatents encode(final Autoencoder autoencoder, final PlanarImage image) {
		return ImageLatents.encode(scope, autoencoder, image, 0, () -> {});
	}

	private Tensor caption(final Transformer transformer, final String tensor, final Golden golden) {
		return transformer.refineCaption(scope, golden.tensor(scope, tensor), () -> {});
	}

	private Autoencoder autoencoder(final TensorType type) {
		return Autoencoder.load(model.autoencoder(), model.autoencoderWeights(), engine, type,
			() -> {});
	}

	private Transformer load(final TensorType type) {
		return Transformer.load(model.transformer(), model.transformerWeights(), List.of(), engine,
			type, () -> {});
	}
}
