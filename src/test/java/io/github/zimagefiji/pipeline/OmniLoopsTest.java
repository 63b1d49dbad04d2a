
package io.github.zimagefiji.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.google.gson.JsonElement;

import io.github.zimagefiji.engine.EngineFixture;
import io.github.zimagefiji.engine.Tensor;
import io.github.zimagefiji.engine.TensorType;
import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.golden.Parity;
import io.github.zimagefiji.golden.Pictures;
import io.github.zimagefiji.model.autoencoder.Autoencoder;
import io.github.zimagefiji.model.folder.ModelFolder;
import io.github.zimagefiji.model.text.TextEncoder;
import io.github.zimagefiji.model.transformer.OmniTransformer;
import io.github.zimagefiji.model.vision.ImageEncoder;
import io.github.zimagefiji.pipeline.kind.Part;
import io.github.zimagefiji.pipeline.picture.ReferenceImage;
import io.github.zimagefiji.pipeline.sampling.DenoisingLoop;
import io.github.zimagefiji.pipeline.sampling.GoldenLoop;
import io.github.zimagefiji.pipeline.sampling.Guidance;
import io.github.zimagefiji.pipeline.sampling.ImageLatents;
import io.github.zimagefiji.pipeline.sampling.Predictor;
import io.github.zimagefiji.pipeline.sampling.Schedule;
import io.github.zimagefiji.pipeline.sampling.Scheduler;
import io.github.zimagefiji.pipeline.sampling.TorchRandom;
import io.github.zimagefiji.request.Sampler;
import io.github.zimagefiji.request.Stage;

/**
 * The reference's Omni runs, from the instruction and the pictures' files to the image, with every
 * step.
 */
@Tag("engine")
class OmniLoopsTest extends EngineFixture {

	@TempDir
	Path folder;
	private ModelFolder model;
	private Components components;

	@BeforeEach
	void open() {
		model = ModelFolder.open(ModelCopy.omniTo(folder.resolve("omni")).folder());
		components = new Components(model, engine, TensorType.FLOAT32);
	}

	@AfterEach
	void close() {
		components.close();
	}

	@ParameterizedTest
	@ValueSource(
		strings = { "loop_omni_0img", "loop_omni_1img", "loop_omni_2img", "loop_omni_2img_cfg" })
	void everyStepAgrees(final String name) {
		for (final boolean together : new boolean[] { true, false }) {
			run(GoldenLoop.of(name), together);
		}
	}

	/** @param together whether both prompts pass the transformer block by block */
	private void run(final GoldenLoop loop, final boolean together) {
		final List<OmniTransformer.Reference> references = references(loop);
		final OmniTransformer transformer =
			new OmniTransformer(components.transformer(List.of(), () -> {}));
		final OmniTransformer.Condition positive = transformer.prepare(scope,
			pieces(loop, loop.prompt(), "prompt_embeds.0.", references.size()), references, () -> {});
		final OmniTransformer.Condition negative = loop.guidance().isOn() ? transformer.prepare(scope,
			pieces(loop, loop.negativePrompt(), "negative_prompt_embeds.0.", references.size()),
			references, () -> {}) : null;
		final long[] shape = loop.shape();
		final float[] latents =
			new TorchRandom(loop.seed()).normal((int) (shape[1] * shape[2] * shape[3]));
		final Schedule schedule = loop.schedule(model.scheduler(), shape);
		assertEquals(loop.steps(), schedule.steps());
		final Predictor predictor =
			together ? Predictor.of(transformer, positive, negative) : GoldenLoop.separately(
				Predictor.of(transformer, positive, null), Predictor.of(transformer, negative, null));
		new DenoisingLoop(predictor, loop.guidance()).run(scope, Scheduler.of(Sampler.EULER, schedule),
			latents, shape, (step, predictions) -> loop.compare(step, latents, predictions), () -> {});
		loop.compareImage(scope, components.autoencoder(() -> {}), latents);
	}

	/**
	 * Encodes the pictures that the run names, and compares what is known of each.
	 */
	private List<OmniTransformer.Reference> references(final GoldenLoop loop) {
		final List<OmniTransformer.Reference> references = new ArrayList<>();
		if (loop.config().get("images").isJsonNull()) return references;
		for (final JsonElement picture : loop.config().getAsJsonArray("images")) {
			final ReferenceImage image =
				ReferenceImage.of(Pictures.of(picture.getAsString()), ReferenceImage.LARGEST_AREA);
			final OmniTransformer.Reference reference = encode(image);
			final int index = references.size();
			Parity.assertClose(loop.golden(), "condition_latents." + index,
				reference.latents().toFloats(), Parity.VAE);
			Parity.assertClose(loop.golden(), "condition_siglip." + index,
				reference.features().toFloats(), Parity.FORWARD);
			references.add(reference);
		}
		return references;
	}

	private OmniTransformer.Reference encode(final ReferenceImage image) {
		return PictureEncoder.reference(scope, components.autoencoder(() -> {}),
			model.editPart().processor(), components.imageEncoder(() -> {}), 0, image, () -> {});
	}

	private List<Tensor> pieces(final GoldenLoop loop, final String prompt, final String tensor,
		final int references)
	{
		final TextEncoder encoder = components.textEncoder(() -> {});
		final List<Tensor> pieces = new ArrayList<>();
		for (final PromptTokenizer.Tokens tokens : components.tokenizer().encodePieces(prompt,
			references, 512))
		{
			final Tensor features = encoder.encode(scope, tokens.ids(), () -> {});
			Parity.assertClose(loop.golden(), tensor + pieces.size(), features.toFloats(), Parity.TEXT);
			pieces.add(features);
		}
		return pieces;
	}

	@Test
	void pixelsOfReferenceImagesAreRoundedToBfloat16InAnyPrecision() {
		final Golden golden = Golden.of("loop_omni_1img");
		final float[] unrounded = golden.floats("condition_latents_without_bf16_rounding.0");
		final ReferenceImage image =
			ReferenceImage.of(Pictures.of("cond1"), ReferenceImage.LARGEST_AREA);
		final Autoencoder autoencoder = components.autoencoder(() -> {});
		final float[] plain =
			ImageLatents.encode(scope, autoencoder, image.pixels(), 0, () -> {}).mode();
		Parity.assertClose(golden, "condition_latents_without_bf16_rounding.0", plain, Parity.VAE);
		assertTrue(Parity.distance(unrounded, encode(image).latents().toFloats()) > Parity.VAE);
	}

	@Test
	void imagesThatPassTogetherHaveTheirOwnPrompts() {
		final GoldenLoop one = GoldenLoop.of("loop_omni_1img");
		final GoldenLoop two = GoldenLoop.of("loop_omni_2img");
		final OmniTransformer transformer =
			new OmniTransformer(components.transformer(List.of(), () -> {}));
		final List<OmniTransformer.Condition> prompts = new ArrayList<>();
		for (final GoldenLoop loop : List.of(one, two)) {
			final List<OmniTransformer.Reference> references = references(loop);
			prompts.add(transformer.prepare(scope,
				pieces(loop, loop.prompt(), "prompt_embeds.0.", references.size()), references, () -> {}));
		}
		final Schedule schedule = two.schedule(model.scheduler(), two.shape());
		final float[] first = one.golden().floats("latents.init");
		final float[] second = two.golden().floats("latents.init");
		final Predictor both = (inner, latents, time, guided, afterBlock) -> transformer.predict(inner,
			List.of(new OmniTransformer.Sample(latents, prompts.get(1), time),
				new OmniTransformer.Sample(inner.floats(first, one.shape()), prompts.get(0), time)),
			afterBlock);
		new DenoisingLoop(both, Guidance.OFF).run(scope, Scheduler.of(Sampler.EULER, schedule), second,
			two.shape(), (step, predictions) -> {
				final String tensor = "model_out.step" + step + ".0";
				Parity.assertClose(two.golden(), tensor, predictions.get(0), Parity.LOOP);
				if (step == 0) Parity.assertClose(one.golden(), tensor, predictions.get(1), Parity.LOOP);
			}, () -> {});
	}

	@Test
	void theImageEncoderIsLoadedOnceAndCanBeLetGo() {
		assertEquals(0, components.bytesHeld());
		final ImageEncoder encoder = components.imageEncoder(() -> {});
		assertSame(encoder, components.imageEncoder(() -> {}));
		assertEquals(
			new Part(Part.Role.IMAGE_ENCODER, model.editPart().weights()).bytes(TensorType.FLOAT32, true),
			components.bytesHeld());
		components.release(Stage.SEE);
		assertNotSame(encoder, components.imageEncoder(() -> {}));
	}
}
