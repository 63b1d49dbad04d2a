
package io.github.zimagefiji.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import ij.plugin.filter.GaussianBlur;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.evaluation.PictureAnalysis;
import io.github.zimagefiji.hub.builtin.BuiltInModel;
import io.github.zimagefiji.request.ComputeOptions;
import io.github.zimagefiji.request.Conditions;
import io.github.zimagefiji.request.ControlRequest;
import io.github.zimagefiji.request.EditRequest;
import io.github.zimagefiji.request.GenerationRequest;
import io.github.zimagefiji.request.InputImage;
import io.github.zimagefiji.request.IntensityMapping;
import io.github.zimagefiji.request.LoraChoice;
import io.github.zimagefiji.request.Task;
import io.github.zimagefiji.request.TextToImageRequest;

/**
 * The built-in model's ControlNet, LoRA and editing form do what they were trained for.
 */
@Tag("engine")
class BuiltInPartsTest {

	private static final int SIDE = 128;

	@Test
	void theControlNetPutsNucleiWhereTheMaskIs() throws IOException {
		final List<ByteProcessor> masks = new ArrayList<>();
		final List<ByteProcessor> found = new ArrayList<>();
		try (Pipeline pipeline = open(BuiltInModel.folder())) {
			for (int i = 0; i < 4; i++) {
				final BufferedImage drawn = cell(2 * i + 1);
				final GeneratedImage image = generate(pipeline,
					new ControlRequest(own("green nuclei", i), BuiltInModel.controlNet(), input(drawn), 1));
				masks.add(mask(drawn));
				found.add(PictureAnalysis.foreground(colour(image)));
			}
		}
		for (int i = 0; i < masks.size(); i++) {
			final double right = PictureAnalysis.overlap(masks.get(i), found.get(i));
			final double wrong = PictureAnalysis.overlap(masks.get((i + 1) % masks.size()), found.get(i));
			assertTrue(right > 0.7 && wrong < right / 2,
				"mask " + i + ": " + right + ", another mask: " + wrong);
		}
	}

	@Test
	void theLoraMakesObjectsGrainyAndIsWrittenDown() {
		final TextToImageRequest plain = text("five round white nuclei", 1);
		final Path lora = BuiltInModel.grainyLora();
		try (Pipeline pipeline = open(BuiltInModel.folder())) {
			final GeneratedImage without = generate(pipeline, plain);
			final GeneratedImage with =
				generate(pipeline, plain.toBuilder().loras(List.of(new LoraChoice(lora, 1))).build());
			assertTrue(grain(colour(with)) > 1.3 * grain(colour(without)),
				grain(colour(with)) + " against " + grain(colour(without)));
			final Conditions.Lora written = with.provenance().conditions().loras().get(0);
			assertEquals(lora.getFileName().toString(), written.name());
			assertEquals(0, written.unused());
		}
	}

	@Test
	void theEditingFormChangesTheColourAndLeavesTheNucleiWhereTheyAre() throws IOException {
		final BufferedImage before = cell(0);
		final ColorProcessor picture = new ColorProcessor(before);
		final String colour = PictureAnalysis.of(picture).colour().equals("green") ? "red" : "green";
		try (Pipeline pipeline = open(BuiltInModel.editModel())) {
			assertTrue(pipeline.canEdit());
			final GeneratedImage image = generate(pipeline,
				new EditRequest(own("make the nuclei " + colour, 0), List.of(input(before))));
			assertEquals(Task.EDIT, image.provenance().conditions().task());
			assertEquals(0, image.provenance().request().guidance(), "what it was trained with");
			final ColorProcessor after = colour(image);
			assertEquals(colour, PictureAnalysis.of(after).colour());
			final double overlap = PictureAnalysis.overlap(PictureAnalysis.foreground(picture),
				PictureAnalysis.foreground(after));
			assertTrue(overlap > 0.7, "overlap " + overlap);
		}
	}

	private static Pipeline open(final Path model) {
		return Pipeline.open(model, ComputeOptions.AUTO);
	}

	private static TextToImageRequest text(final String prompt, final long seed) {
		return TextToImageRequest.builder(prompt).seed(seed).guidance(0.0).build();
	}

	/** With steps and guidance as the model needs them. */
	private static TextToImageRequest own(final String prompt, final long seed) {
		return TextToImageRequest.builder(prompt).seed(seed).build();
	}

	private static GeneratedImage generate(final Pipeline pipeline, final GenerationRequest request) {
		return pipeline.generate(request, Progress.NONE).images().get(0);
	}

	private static ColorProcessor colour(final GeneratedImage image) {
		final int area = SIDE * SIDE;
		final int[] pixels = new int[area];
		for (int i = 0; i < image.samples().length; i++) {
			pixels[i % area] |= GeneratedImage.toByte(image.samples()[i]) << 8 * (2 - i / area);
		}
		return new ColorProcessor(SIDE, SIDE, pixels);
	}

	private static InputImage input(final BufferedImage image) {
		final int area = SIDE * SIDE;
		final float[] samples = new float[3 * area];
		for (int i = 0; i < samples.length; i++) {
			samples[i] =
				(image.getRGB(i % area % SIDE, i % area / SIDE) >> 8 * (2 - i / area) & 0xff) / 255f;
		}
		return new InputImage("drawn", SIDE, SIDE, samples, IntensityMapping.RGB);
	}

	/**
	 * Deviation from the local mean inside the foreground, relative to its brightness.
	 */
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
	private static BufferedImage cell(final int index) throws IOException {
		return ImageIO.read(BuiltInPartsTest.class.getResource("/built-in/masks.png"))
			.getSubimage(index % 8 * SIDE, index / 8 * SIDE, SIDE, SIDE);
	}

	private static ByteProcessor mask(final BufferedImage drawn) {
		final ByteProcessor mask = new ByteProcessor(SIDE, SIDE);
		for (int i = 0; i < SIDE * SIDE; i++) {
			mask.set(i, (drawn.getRGB(i % SIDE, i / SIDE) & 0xffffff) == 0 ? 0 : 255);
		}
		return mask;
	}
}
