
package io.github.zimagefiji.cli.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import ij.ImagePlus;
import ij.gui.OvalRoi;
import ij.process.ByteProcessor;
import ij.process.ImageProcessor;
import io.github.zimagefiji.cli.Call;
import io.github.zimagefiji.cli.Drawn;
import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.hub.builtin.BuiltInModel;
import io.github.zimagefiji.image.png.PngFile;
import io.github.zimagefiji.request.Conditions;

/** Real runs of {@code zimage control}. */
@Tag("engine")
class ControlSubcommandTest {

	private static final Path NETWORK = Golden.path("controlnet_v20");
	private static final Path PICTURE = Golden.path("images/control.png");

	@TempDir
	Path folder;

	private Path file(final String name) {
		return folder.resolve(name);
	}

	private ImageProcessor made(final String name) {
		return Drawn.open(file(name)).getProcessor();
	}

	private Call follow(final Path picture, final String output, final Object... more) {
		final Object[] args = new Object[more.length + 6];
		System.arraycopy(new Object[] { "--control-model", NETWORK, "--control-image", picture,
			"--output", file(output) }, 0, args, 0, 6);
		System.arraycopy(more, 0, args, 6, more.length);
		return Call.tiny("control", args);
	}

	@ParameterizedTest
	@ValueSource(strings = { "controlnet_v1", "controlnet_v20", "controlnet_v21",
		"controlnet_v20/diffusion_pytorch_model.safetensors" })
	void scaleZeroIsAsWithoutControl(final String network) {
		Call.tiny("text-to-image", "--width", 64, "--height", 96, "--output", file("plain.png"))
			.succeeded();
		for (final int scale : new int[] { 0, 1 })
			Call.tiny("control", "--control-model", Golden.path(network), "--control-image", PICTURE,
				"--control-scale", scale, "--output", file(scale + ".png")).succeeded();
		assertEquals(0, Drawn.difference(made("plain.png"), made("0.png")));
		assertTrue(Drawn.difference(made("plain.png"), made("1.png")) > 0.5);
	}

	@Test
	void theResultHasTheSizeOfTheControlPictureOrTheOneAskedFor() {
		follow(Golden.path("images/control_small.png"), "own.png").succeeded()
			.told("Input: control picture control_small.png, 35 × 53 pixels", "Result: 35 × 53 pixels");
		Drawn.assertSize(35, 53, Drawn.open(file("own.png")));
		follow(PICTURE, "asked.png", "--width", 48, "--height", 32).succeeded();
		Drawn.assertSize(48, 32, Drawn.open(file("asked.png")));
	}

	@Test
	void theBuiltInModelBringsItsOwnControlNet() {
		final ByteProcessor mask = new ByteProcessor(128, 128);
		mask.setValue(255);
		mask.fill(new OvalRoi(20, 30, 36, 36));
		mask.fill(new OvalRoi(76, 70, 30, 30));
		Drawn.png(file("mask.png"), mask);
		final Call call = Call.of("control", "--control-image", file("mask.png").toString(),
			"--control-from", "mask", "--control-scale", "1", "--prompt", "green nuclei", "--guidance",
			"0", "--seed", "3", "--output", file("out.png").toString()).succeeded();
		call.told("ControlNet: " + BuiltInModel.controlNet(), "Task: control, scale 1.0",
			"mask of mask.png");
		final ImageProcessor made = made("out.png");
		double inside = 0;
		double outside = 0;
		for (int i = 0; i < mask.getPixelCount(); i++) {
			if (mask.get(i) > 0) inside += made.get(i) >> 8 & 0xff;
			else outside += made.get(i) >> 8 & 0xff;
		}
		final int area = (int) (mask.getStats().mean / 255 * mask.getPixelCount());
		inside /= area;
		outside /= mask.getPixelCount() - area;
		assertTrue(inside > 3 * outside, inside + " inside, " + outside + " outside");
		final Conditions.Control control =
			PngFile.readProvenance(file("out.png")).orElseThrow().conditions().control();
		assertEquals("controlnet", control.name());
		assertEquals(1, control.scale());
	}

	@ParameterizedTest
	@ValueSource(strings = { "none", "edges", "label-boundaries", "filled-labels", "mask", "depth",
		"inverted-depth" })
	void makesTheControlPictureInEveryWay(final String way) {
		Drawn.tiff(file("labels.tif"),
			new ImagePlus("labels", Drawn.shorts(32, 32, (x, y) -> y >= 8 && y < 24 ? x / 8 : 0)));
		follow(file("labels.tif"), "out.png", "--control-from", way).succeeded();
		follow(file("labels.tif"), "none.png", "--control-from", "none").succeeded();
		// this grey picture is a depth picture already
		assertEquals(List.of("none", "depth").contains(way),
			Drawn.difference(made("out.png"), made("none.png")) == 0);
	}

	@Test
	void paintsIntoAnImageAndLeavesTheRest() {
		Drawn.tiff16(file("in.tif"), 64, 96);
		Drawn.mask(file("mask.png"), 64, 96, 16, 16, 48, 64);
		follow(PICTURE, "out.tif", "--image", file("in.tif"), "--mask", file("mask.png"), "--feather",
			4).succeeded().told("feather 4 pixels", "Input: image in.tif", "Input: mask mask.png");
		final ImageProcessor before = made("in.tif");
		final ImageProcessor after = made("out.tif");
		assertEquals(16, after.getBitDepth());
		assertTrue(Drawn.difference(before, after, 20, 20, 44, 60) > 0.9);
		assertEquals(0, Drawn.difference(before, after, 0, 0, 64, 16));
		assertEquals(0, Drawn.difference(before, after, 0, 16, 16, 96));
		assertEquals(0, Drawn.difference(before, after, 48, 16, 64, 96));
		assertEquals(0, Drawn.difference(before, after, 16, 64, 48, 96));
	}

	@Test
	void anotherModelNeedsAControlNetToBeNamed() {
		Call.tiny("control", "--control-image", PICTURE, "--output", file("out.png"))
			.refused("No ControlNet is named", "--control-model");
	}

	@Test
	void aControlNetForAnotherModelIsRefusedWithTheShapes() {
		Call
			.of("control", "--control-image", PICTURE.toString(), "--control-model", NETWORK.toString(),
				"--prompt", "nuclei", "--output", file("out.png").toString())
			.refused("controlnet_v20", "does not fit this model", "[64, 64]", "[192, 192]");
	}

	@Test
	void aMaskNeedsAnImageAndAnImageAMask() {
		Drawn.mask(file("mask.png"), 64, 96, 16, 16, 48, 64);
		follow(PICTURE, "out.png", "--mask", file("mask.png"))
			.refused("mask is given without the image");
		follow(PICTURE, "out.png", "--image", PICTURE).refused("without a mask");
		follow(PICTURE, "out.png", "--feather", 3).refused("about a mask");
		Drawn.png(file("small.png"), 48, 96);
		follow(file("small.png"), "out.png", "--image", PICTURE, "--mask", file("mask.png"))
			.refused("48 × 96", "64 × 96");
	}

	@Test
	void whatCannotBeFollowedIsRefused() {
		follow(PICTURE, "out.png", "--control-scale", "-1").refused("control scale is -1.0");
		follow(PICTURE, "out.png", "--control-from", "pose").refused("\"pose\"", "edges");
		follow(PICTURE, "out.png", "--control-from", "filled-labels").refused("in colour");
		follow(file("absent.png"), "out.png").refused("absent.png");
		Call.tiny("control", "--control-model", file("absent"), "--control-image", PICTURE, "--output",
			file("out.png")).refused("There is no ControlNet", "absent");
		Call.tiny("control", "--control-model", Golden.model(), "--control-image", PICTURE, "--output",
			file("out.png")).refused("model");
		Drawn.png(file("flat.png"), new ByteProcessor(32, 32));
		follow(file("flat.png"), "out.png", "--control-from", "edges").refused("no edges");
	}
}
