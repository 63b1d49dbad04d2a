
package io.github.zimagefiji.cli.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.ImagePlus;
import ij.gui.OvalRoi;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import io.github.zimagefiji.cli.Call;
import io.github.zimagefiji.cli.Drawn;
import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.image.png.PngFile;
import io.github.zimagefiji.pipeline.ModelCopy;
import io.github.zimagefiji.request.Conditions;

/** Real runs of {@code zimage edit}. */
@Tag("engine")
class EditSubcommandTest {

	private static final Path WIDE = Golden.path("images/cond1.png");
	private static final Path HIGH = Golden.path("images/cond2.png");

	@TempDir
	Path folder;

	private Path file(final String name) {
		return folder.resolve(name);
	}

	private Path omni() {
		return ModelCopy.omniTo(file("omni")).folder();
	}

	@Test
	void theBuiltInEditingModelIsUsedIfNoneIsNamed() {
		final ColorProcessor picture = new ColorProcessor(128, 128);
		picture.setColor(0x101010);
		picture.fill();
		picture.setColor(0x20c020);
		for (final int[] place : new int[][] { { 20, 24 }, { 70, 20 }, { 44, 74 } })
			picture.fill(new OvalRoi(place[0], place[1], 34, 34));
		picture.blurGaussian(1.5);
		Drawn.png(file("green.png"), picture);
		Call
			.of("edit", "--image", file("green.png").toString(), "--prompt", "make the nuclei red",
				"--guidance", "0", "--seed", "0", "--output", file("red.png").toString())
			.succeeded().told("Task: edit", "Input: image green.png");
		final ImageProcessor made = Drawn.open(file("red.png")).getProcessor();
		long red = 0;
		long green = 0;
		for (int i = 0; i < made.getPixelCount(); i++) {
			red += made.get(i) >> 16 & 0xff;
			green += made.get(i) >> 8 & 0xff;
		}
		assertTrue(red > 1.5 * green, red + " red, " + green + " green");
	}

	@Test
	void theResultHasTheSizeOfTheLastOfSeveralImages() {
		final Path omni = omni();
		Call.with(omni, "edit", "--image", WIDE, "--image", HIGH, "--output", file("out.png"))
			.succeeded().told("Input: image cond1.png, 112 × 80 pixels",
				"Input: image cond2.png, 70 × 101 pixels", "Result: 70 × 101 pixels");
		Drawn.assertSize(70, 101, Drawn.open(file("out.png")));
		final List<Conditions.Input> inputs =
			PngFile.readProvenance(file("out.png")).orElseThrow().conditions().inputs();
		assertEquals(List.of("cond1.png", "cond2.png"),
			inputs.stream().map(Conditions.Input::name).toList());
		Call.with(omni, "edit", "--image", HIGH, "--image", WIDE, "--output", file("other.png"))
			.succeeded();
		Drawn.assertSize(112, 80, Drawn.open(file("other.png")));
		Call.with(omni, "edit", "--image", WIDE, "--width", 96, "--height", 64, "--output",
			file("asked.png")).succeeded();
		Drawn.assertSize(96, 64, Drawn.open(file("asked.png")));
	}

	@Test
	void sixteenBitsComeBackAtTheirScaleAlsoInAnotherSize() {
		final Path omni = omni();
		Drawn.tiff16(file("in.tif"), 80, 64);
		Call.with(omni, "edit", "--image", file("in.tif"), "--output", file("out.tif")).succeeded();
		final ImagePlus made = Drawn.open(file("out.tif"));
		assertEquals(16, made.getBitDepth());
		assertEquals(1000, made.getDisplayRangeMin());
		assertEquals(0.25, made.getCalibration().pixelWidth);
		Call.with(omni, "edit", "--image", file("in.tif"), "--width", 160, "--height", 128, "--output",
			file("large.tif")).succeeded();
		final ImagePlus large = Drawn.open(file("large.tif"));
		Drawn.assertSize(160, 128, large);
		assertEquals(0.125, large.getCalibration().pixelWidth, "the same field of view");
	}

	@Test
	void takesLoras() {
		final Path omni = omni();
		for (final String scale : List.of("0", "1"))
			Call
				.with(omni, "edit", "--image", WIDE, "--lora",
					Golden.path("lora/peft.safetensors") + ":" + scale, "--output", file(scale + ".png"))
				.succeeded().told("scale " + scale + ".0, changes ");
		assertTrue(Drawn.difference(Drawn.open(file("0.png")).getProcessor(),
			Drawn.open(file("1.png")).getProcessor()) > 0.1);
	}

	@Test
	void cutsAsTheReferenceWhenAsked() {
		Call.with(omni(), "edit", "--image", HIGH, "--reference", "--output", file("out.png"))
			.succeeded().told("Task: edit, exactly as the reference", "Result: 64 × 96 pixels");
	}

	@Test
	void aModelThatCannotEditIsRefusedWithWhatCan() {
		Call.tiny("edit", "--image", WIDE, "--output", file("out.png")).refused("cannot edit",
			"Omni or Edit model", "Image to Image");
	}

	@Test
	void imagesThatAreTooSmallOrTooLongAreRefused() {
		final Path omni = omni();
		Drawn.png(file("small.png"), 63, 100);
		Drawn.png(file("pixel.png"), 1, 1);
		Drawn.png(file("long.png"), 577, 64);
		Drawn.png(file("least.png"), 64, 64);
		Call.with(omni, "edit", "--image", file("small.png"), "--output", file("out.png"))
			.refused("63 × 100", "at least 64");
		Call.with(omni, "edit", "--image", file("pixel.png"), "--output", file("out.png"))
			.refused("1 × 1", "at least 64");
		Call
			.with(omni, "edit", "--image", WIDE, "--image", file("long.png"), "--output", file("out.png"))
			.refused("577 × 64", "9.02 times");
		Call.with(omni, "edit", "--image", file("least.png"), "--steps", 1, "--output", file("out.png"))
			.succeeded();
	}
}
