
package io.github.zimagefiji.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.FloatProcessor;
import io.github.zimagefiji.golden.Golden;

/**
 * Pictures, masks and numbers that cannot be used are refused with a sentence, and no file is made
 * or lost.
 */
@Tag("engine")
class BadPicturesTest {

	@TempDir
	Path folder;

	@BeforeEach
	void draw() {
		Drawn.png(file("in.png"), 48, 32);
		Drawn.mask(file("mask.png"), 48, 32, 8, 8, 24, 24);
	}

	private Path file(final String name) {
		return folder.resolve(name);
	}

	/** Files before and after are the same ones. */
	private void assertRefused(final Object[] call, final String... words) {
		final Set<String> before = files();
		final Object[] args = Stream.concat(Stream.of(call).skip(1), Stream.of("--output",
			file("out.tif"), "--save-latents", file("latents"), "--timings", file("t.json"))).toArray();
		Call.tiny(call[0].toString(), args).refused(words);
		assertEquals(before, files());
	}

	private Set<String> files() {
		try (Stream<Path> files = Files.list(folder)) {
			return new TreeSet<>(files.map(Path::toString).toList());
		}
		catch (final IOException e) {
			throw new AssertionError(e);
		}
	}

	private static Object[] call(final Object... args) {
		return args;
	}

	@ParameterizedTest
	@CsvSource({ "0", "1.01", "-0.5", "NaN" })
	void strengthsOutsideZeroToOne(final String strength) {
		final String told = "The strength is " + Double.parseDouble(strength);
		assertRefused(call("image-to-image", "--image", file("in.png"), "--strength", strength), told,
			"above 0 and at most 1");
		assertRefused(call("inpaint", "--image", file("in.png"), "--mask", file("mask.png"),
			"--strength", strength), told);
	}

	@Test
	void masksOfAnotherSize() {
		Drawn.mask(file("other.png"), 32, 48, 8, 8, 24, 24);
		assertRefused(call("inpaint", "--image", file("in.png"), "--mask", file("other.png")),
			"other.png", "32 × 48", "48 × 32", "same size");
	}

	@Test
	void emptyMasks() {
		Drawn.mask(file("empty.png"), 48, 32, 0, 0, 0, 0);
		assertRefused(call("inpaint", "--image", file("in.png"), "--mask", file("empty.png")),
			"empty.png", "is empty");
	}

	@Test
	void labelImagesWithoutALabelOrWithoutTheOneAskedFor() {
		Drawn.tiff(file("none.tif"), new ImagePlus("none", Drawn.shorts(48, 32, (x, y) -> 0)));
		Drawn.tiff(file("two.tif"), new ImagePlus("two", Drawn.shorts(48, 32, (x, y) -> x / 16)));
		assertRefused(
			call("inpaint", "--image", file("in.png"), "--mask", file("none.tif"), "--mask-labels"),
			"none.tif", "holds no label");
		assertRefused(call("control", "--control-model", Golden.path("controlnet_v1"),
			"--control-image", file("none.tif"), "--control-from", "filled-labels"), "none.tif",
			"holds no label");
		for (final int label : new int[] { 0, 3, -1 })
			assertRefused(
				call("inpaint", "--image", file("in.png"), "--mask", file("two.tif"), "--label", label),
				"two.tif", "does not hold the label " + label);
		assertRefused(
			call("inpaint", "--image", file("in.png"), "--mask", file("in.png"), "--mask-labels"),
			"in colour");
	}

	@ParameterizedTest
	@ValueSource(floats = { Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY })
	void floatingPointThatIsNoNumber(final float value) {
		final FloatProcessor plane = new FloatProcessor(48, 32);
		plane.setf(5, 3, value);
		plane.setf(6, 3, 1);
		Drawn.tiff(file("float.tif"), new ImagePlus("float", plane));
		for (final String range : List.of("display", "percentiles", "full"))
			assertRefused(call("image-to-image", "--image", file("float.tif"), "--intensity", range),
				"float.tif", String.valueOf(value));
		assertRefused(call("inpaint", "--image", file("in.png"), "--mask", file("float.tif")),
			"float.tif");
	}

	@Test
	void aSinglePixel() {
		Drawn.png(file("pixel.png"), 1, 1);
		assertRefused(call("image-to-image", "--image", file("pixel.png")), "1 pixels", "at least 16");
	}

	@Test
	void planesThatAStackDoesNotHave() {
		final ImageStack stack = new ImageStack(32, 32);
		stack.addSlice(Drawn.colours(32, 32, 0));
		stack.addSlice(Drawn.colours(32, 32, 50));
		Drawn.tiff(file("stack.tif"), new ImagePlus("stack", stack));
		assertRefused(call("image-to-image", "--image", file("stack.tif")), "has 2 slices",
			"Choose one by its number");
		assertRefused(call("image-to-image", "--image", file("stack.tif"), "--slice", 3), "no slice 3",
			"last slice is 2");
		assertRefused(
			call("image-to-image", "--image", file("stack.tif"), "--slice", 1, "--channel", 2),
			"no channel 2");
		assertRefused(call("image-to-image", "--image", file("stack.tif"), "--frame", -1), "frame -1",
			"count from 1");
	}

	@Test
	void filesThatAreMissingOrNoImages() throws IOException {
		Files.writeString(file("text.png"), "no image");
		for (final String name : List.of("absent.png", "text.png")) {
			assertRefused(call("image-to-image", "--image", file(name)), name);
			assertRefused(call("inpaint", "--image", file("in.png"), "--mask", file(name)), name);
			assertRefused(call("outpaint", "--image", file(name), "--left", 16), name);
			assertRefused(call("edit", "--image", file(name)), name);
		}
	}

	@Test
	void borders() {
		assertRefused(call("outpaint", "--image", file("in.png")), "All borders are 0");
		assertRefused(call("outpaint", "--image", file("in.png"), "--left", -16), "left is -16");
	}

	@Test
	void otherNumbersAndNames() {
		assertRefused(call("image-to-image", "--image", file("in.png"), "--tile", 50),
			"tile side is 50");
		assertRefused(
			call("image-to-image", "--image", file("in.png"), "--tile", 64, "--tile-overlap", 48),
			"more than half");
		assertRefused(call("image-to-image", "--image", file("in.png"), "--tile", 64, "--reference"),
			"in one piece");
		assertRefused(call("image-to-image", "--image", file("in.png"), "--intensity", "auto"),
			"\"auto\"", "percentiles");
		assertRefused(
			call("inpaint", "--image", file("in.png"), "--mask", file("mask.png"), "--feather", -1),
			"feather is -1");
	}

	@Test
	void theSizeOfTheImageIsNotAskedFor() {
		Call
			.tiny("image-to-image", "--image", file("in.png"), "--width", 64, "--output", file("out.png"))
			.refused("--width");
	}

	@ParameterizedTest
	@ValueSource(strings = { "in.png", "./in.png", "link.png" })
	void outputsThatWouldReplaceAnInput(final String output) throws IOException {
		Files.createSymbolicLink(file("link.png"), file("in.png"));
		final byte[] before = Files.readAllBytes(file("in.png"));
		Call.tiny("image-to-image", "--image", file("in.png"), "--output", file(output))
			.refused("is read by this run", "another name");
		Call.tiny("inpaint", "--image", file("in.png"), "--mask", file("mask.png"), "--output",
			file("out.png"), "--save-latents", file("mask.png")).refused("is read by this run");
		assertArrayEquals(before, Files.readAllBytes(file("in.png")));
	}

	@Test
	void outputsThatWouldReplaceALoraOrThePrompt() throws IOException {
		final Path lora = Files.copy(Golden.path("lora/peft.safetensors"), file("lora.safetensors"));
		Call.tiny("text-to-image", "--lora", lora + ":0.5", "--output", file("out.png"),
			"--save-latents", lora).refused("lora.safetensors is read by this run");
		final Path prompt = Files.writeString(file("prompt.txt"), "a cell");
		Call
			.of("text-to-image", "--model", Golden.model().toString(), "--prompt-file", prompt.toString(),
				"--output", file("out.png").toString(), "--timings", prompt.toString())
			.refused("prompt.txt is read by this run");
		assertEquals("a cell", Files.readString(prompt));
	}
}
