package io.github.zimagefiji.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import ij.plugin.filter.GaussianBlur;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import io.github.zimagefiji.engine.EngineFixture;
import io.github.zimagefiji.engine.Tensor;
import io.github.zimagefiji.engine.TensorType;
import io.github.zimagefiji.evaluation.PictureAnalysis;
import io.github.zimagefiji.hub.BuiltInModel;
import io.github.zimagefiji.model.Autoencoder;
import io.github.zimagefiji.model.ByteImage;
import io.github.zimagefiji.model.ControlNet;
import io.github.zimagefiji.model.ControlNetFile;
import io.github.zimagefiji.model.OmniTransformer;
import io.github.zimagefiji.model.Transformer;
import io.github.zimagefiji.weights.Adapter;
import io.github.zimagefiji.weights.LoraFile;
import io.github.zimagefiji.weights.PlacedLora;

/** The built-in model's ControlNet, LoRA and editing form do what they were trained for. */
class BuiltInPartsTest extends EngineFixture {

	private static final int SIDE = 128;
	private static final long[] SHAPE = { 1, 16, SIDE / 8, SIDE / 8 };
	private static final int STEPS = 16;

	private final List<Components> opened = new ArrayList<>();

	@AfterEach
	void close() {
		opened.forEach(Components::close);
	}

	@Test
	void theControlNetPutsNucleiWhereTheMaskIs() throws IOException {
		final ModelFolder model = ModelFolder.open(BuiltInModel.folder());
		final Components parts = components(model);
		final Transformer transformer = parts.transformer(() -> {});
		final List<ByteProcessor> masks = new ArrayList<>();
		final List<ByteProcessor> found = new ArrayList<>();
		final ControlNetFile file = ControlNetFile.open(BuiltInModel.controlNet(), model.transformer());
		try (ControlNet network = ControlNet.load(file.config(), file.weights(), engine, TensorType.FLOAT32, () -> {})) {
			for (int i = 0; i < 4; i++) {
				final BufferedImage drawn = cell("masks.png", 2 * i + 1);
				final Tensor picture = new ControlLatents(parts.autoencoder(() -> {}), network.config().channels(), () -> {}).of(scope, tensor(
					drawn));
				final ColorProcessor image = sample(parts, transformer, "green nuclei", i, new ControlNet.Condition(network,
					picture, 1));
				masks.add(mask(drawn));
				found.add(PictureAnalysis.foreground(image));
			}
		}
		for (int i = 0; i < masks.size(); i++) {
			final double right = PictureAnalysis.overlap(masks.get(i), found.get(i));
			final double wrong = PictureAnalysis.overlap(masks.get((i + 1) % masks.size()), found.get(i));
			assertTrue(right > 0.7 && wrong < right / 2, "mask " + i + ": " + right + ", another mask: " + wrong);
		}
	}

	@Test
	void theLoraMakesObjectsGrainy() {
		final ModelFolder model = ModelFolder.open(BuiltInModel.folder());
		final Components parts = components(model);
		final String prompt = "five round white nuclei";
		final double plain = grain(sample(parts, parts.transformer(() -> {}), prompt, 1, null));
		final PlacedLora lora = PlacedLora.of(LoraFile.open(BuiltInModel.grainyLora()), model.transformerWeights());
		assertEquals(List.of(), lora.unused());
		try (Transformer styled = Transformer.load(model.transformer(), model.transformerWeights(), List.of(new Adapter(lora,
			1)), engine, TensorType.FLOAT32, () -> {}))
		{
			final double grainy = grain(sample(parts, styled, prompt, 1, null));
			assertTrue(grainy > 1.3 * plain, grainy + " against " + plain);
		}
	}

	@Test
	void theEditingFormChangesTheColourAndLeavesTheNucleiWhereTheyAre() throws IOException {
		final ModelFolder model = ModelFolder.open(BuiltInModel.editModel());
		assertTrue(model.canEdit());
		final BufferedImage before = cell("masks.png", 0);
		final ColorProcessor picture = new ColorProcessor(before);
		final String colour = PictureAnalysis.of(picture).colour().equals("green") ? "red" : "green";
		final ColorProcessor after = edit(model, before, "make the nuclei " + colour);
		assertEquals(colour, PictureAnalysis.of(after).colour());
		final double overlap = PictureAnalysis.overlap(PictureAnalysis.foreground(picture), PictureAnalysis.foreground(
			after));
		assertTrue(overlap > 0.7, "overlap " + overlap);
	}

	private ColorProcessor edit(final ModelFolder model, final BufferedImage before, final String instruction) {
		final Components parts = components(model);
		final OmniTransformer transformer = new OmniTransformer(parts.transformer(() -> {}));
		final ReferenceEncoder encoder = new ReferenceEncoder(parts.autoencoder(() -> {}), model.editPart().processor(), parts
			.imageEncoder(() -> {}), 0);
		final List<OmniTransformer.Reference> seen = List.of(encoder.encode(scope, ReferenceImage.of(bytes(before),
			ReferenceImage.LARGEST_AREA), () -> {}));
		final List<Tensor> pieces = parts.tokenizer().encodePieces(instruction, 1, 512).stream().map(tokens -> parts
			.textEncoder(() -> {}).encode(scope, tokens.ids(), () -> {})).toList();
		final OmniTransformer.Condition condition = transformer.prepare(scope, pieces, seen, () -> {});
		final float[] latents = noise(0);
		run(new DenoisingLoop(new OmniPredictor(transformer, List.of(new OmniPredictor.Prompts(condition, null))),
			schedule(model), Guidance.OFF, true), new DenoisingLoop.Group(latents, SHAPE));
		return decoded(parts, latents);
	}

	private Components components(final ModelFolder model) {
		final Components parts = new Components(model, engine, TensorType.FLOAT32);
		opened.add(parts);
		return parts;
	}

	/** A picture of a prompt without guidance. */
	private ColorProcessor sample(final Components parts, final Transformer transformer, final String prompt,
		final long seed, final ControlNet.Condition control)
	{
		final ModelFolder model = ModelFolder.open(BuiltInModel.folder());
		final Tensor features = parts.textEncoder(() -> {}).encode(scope, parts.tokenizer().encode(prompt, 512).ids(),
			() -> {});
		final Tensor caption = transformer.refineCaption(scope, features, () -> {});
		final float[] latents = noise(seed);
		run(new DenoisingLoop(transformer, schedule(model), Guidance.OFF, true), new DenoisingLoop.Group(latents, SHAPE,
			caption, null, control));
		return decoded(parts, latents);
	}

	private static Schedule schedule(final ModelFolder model) {
		return Schedule.ofSteps(model.scheduler(), STEPS, (int) (SHAPE[2] * SHAPE[3] / 4));
	}

	private void run(final DenoisingLoop loop, final DenoisingLoop.Group group) {
		loop.run(scope, List.of(group), step -> {}, (step, predictions) -> {}, () -> {});
	}

	private static float[] noise(final long seed) {
		return new TorchRandom(seed).normal((int) (SHAPE[1] * SHAPE[2] * SHAPE[3]));
	}

	private ColorProcessor decoded(final Components parts, final float[] latents) {
		final Autoencoder autoencoder = parts.autoencoder(() -> {});
		final float[] samples = autoencoder.decode(scope, scope.floats(autoencoder.toAutoencoder(latents), SHAPE), () -> {})
			.toFloats();
		final int area = SIDE * SIDE;
		final int[] pixels = new int[area];
		for (int i = 0; i < samples.length; i++) {
			final int level = Math.round(Math.min(Math.max(samples[i] / 2 + 0.5f, 0), 1) * 255);
			pixels[i % area] |= level << 8 * (2 - i / area);
		}
		return new ColorProcessor(SIDE, SIDE, pixels);
	}

	/** Deviation from the local mean inside the foreground, relative to its brightness. */
	private static double grain(final ColorProcessor picture) {
		final ByteProcessor inside = PictureAnalysis.foreground(picture);
		inside.dilate(); // ImageJ's name for it: the bright objects shrink
		final ImageProcessor light = picture.convertToFloat();
		final ImageProcessor smooth = light.duplicate();
		new GaussianBlur().blurGaussian(smooth, 2.5);
		double squares = 0;
		double sum = 0;
		int count = 0;
		for (int i = 0; i < light.getPixelCount(); i++) {
			if (inside.get(i) == 0) continue;
			squares += Math.pow(light.getf(i) - smooth.getf(i), 2);
			sum += light.getf(i);
			count++;
		}
		assertTrue(count > 200, "objects are seen");
		return Math.sqrt(squares / count) / (sum / count);
	}

	/** A picture of 128 × 128 pixels of a table of eight in a row. */
	private static BufferedImage cell(final String name, final int index) throws IOException {
		return ImageIO.read(BuiltInPartsTest.class.getResource("/built-in/" + name)).getSubimage(index % 8 * SIDE, index / 8 *
			SIDE, SIDE, SIDE);
	}

	private static ByteProcessor mask(final BufferedImage drawn) {
		final ByteProcessor mask = new ByteProcessor(SIDE, SIDE);
		for (int i = 0; i < SIDE * SIDE; i++) {
			mask.set(i, (drawn.getRGB(i % SIDE, i / SIDE) & 0xffffff) == 0 ? 0 : 255);
		}
		return mask;
	}

	private static ByteImage bytes(final BufferedImage image) {
		final byte[] values = new byte[3 * SIDE * SIDE];
		for (int i = 0; i < values.length; i++) {
			values[i] = (byte) (image.getRGB(i / 3 % SIDE, i / 3 / SIDE) >> 8 * (2 - i % 3));
		}
		return new ByteImage(SIDE, SIDE, 3, values);
	}

	private Tensor tensor(final BufferedImage image) {
		final float[] values = new float[3 * SIDE * SIDE];
		for (int i = 0; i < values.length; i++) {
			final int pixel = i % (SIDE * SIDE);
			values[i] = 2 * ((image.getRGB(pixel % SIDE, pixel / SIDE) >> 8 * (2 - i / (SIDE * SIDE)) & 0xff) / 255f) - 1;
		}
		return scope.floats(values, 1, 3, SIDE, SIDE);
	}
}
