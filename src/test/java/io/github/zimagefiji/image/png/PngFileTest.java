
package io.github.zimagefiji.image.png;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import ij.IJ;
import ij.ImagePlus;
import ij.io.FileSaver;
import ij.process.ByteProcessor;
import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.Examples;
import io.github.zimagefiji.image.source.Intensities;

class PngFileTest {

	@TempDir
	Path folder;

	static Stream<String> prompts() {
		return Stream.of(Examples.PROMPTS);
	}

	@ParameterizedTest
	@MethodSource("prompts")
	void provenanceOfAnyPromptIsReadBack(final String prompt) {
		final GeneratedImage image = Examples.image(prompt, Long.MAX_VALUE);
		final Path file = folder.resolve("image ü 図.png");
		PngFile.write(file, image);
		assertEquals(Optional.of(image.provenance()), PngFile.readProvenance(file));
	}

	@ParameterizedTest
	@CsvSource({ "1, 1", "1, 3", "2, 1", "512, 768" })
	void anotherReaderSeesTheSamePixelsOfNoise(final int width, final int height) throws IOException {
		assertSamePixels(withProvenance(width, height, Examples.image("", 1, 512, 768).samples()));
	}

	@Test
	void anotherReaderSeesTheSamePixelsOfImagesWhereEveryFilterIsOfUse() throws IOException {
		final int width = 200;
		final int height = 160;
		final float[] samples = new float[3 * width * height];
		for (int i = 0; i < samples.length; i++) {
			final int x = i % width;
			final int y = i / width % height;
			final int channel = i / width / height;
			samples[i] = pattern(y / 32, x, y, channel);
		}
		final GeneratedImage image = withProvenance(width, height, samples);
		assertSamePixels(image);
	}

	@Test
	void imageJOpensTheFile() {
		final GeneratedImage image = Examples.image("a", 1);
		final Path file = folder.resolve("a.png");
		PngFile.write(file, image);
		assertArrayEquals(new Intensities(image).packedRgb(),
			(int[]) IJ.openImage(file.toString()).getProcessor().getPixels());
	}

	@Test
	void theSameImageGivesTheSameBytes() throws IOException {
		final Path first = folder.resolve("first.png");
		final Path second = folder.resolve("second.png");
		PngFile.write(first, Examples.image("a", 1));
		PngFile.write(second, Examples.image("a", 1));
		assertArrayEquals(Files.readAllBytes(first), Files.readAllBytes(second));
	}

	@Test
	void aSmoothImageIsMuchSmallerThanItsPixels() throws IOException {
		final float[] samples = new float[3 * 256 * 256];
		for (int i = 0; i < samples.length; i++)
			samples[i] = (i % 256 + i / 256 % 256) / 510f;
		final Path file = folder.resolve("ramp.png");
		PngFile.write(file, withProvenance(256, 256, samples));
		assertTrue(Files.size(file) < 6000, Files.size(file) + " bytes");
	}

	@Test
	void otherProgramsFindPromptAndProgram() throws IOException {
		final Path file = folder.resolve("a.png");
		PngFile.write(file, Examples.image("水 a", 1));
		assertEquals(Optional.of("水 a"), PngReader.text(file, "Description"));
		assertEquals(Optional.of("Z-Image for Fiji 0.1.0"), PngReader.text(file, "Software"));
		final String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
		assertTrue(content.indexOf("zimage\0\0\0\0\0{") < content.indexOf("IDAT"));
	}

	@Test
	void filesOfOtherProgramsHaveNone() {
		final Path file = folder.resolve("other.png");
		assertTrue(
			new FileSaver(new ImagePlus("other", new ByteProcessor(9, 9))).saveAsPng(file.toString()));
		assertEquals(Optional.empty(), PngFile.readProvenance(file));
	}

	@Test
	void aFailedWriteLeavesTheOlderFile() throws IOException {
		final Path file = Files.write(folder.resolve("old.png"), new byte[] { 1 });
		final GeneratedImage bad = new GeneratedImage(2, 2, new float[1], Examples.provenance("", 1));
		assertThrows(InvalidInputException.class, () -> PngFile.write(file, bad));
		assertArrayEquals(new byte[] { 1 }, Files.readAllBytes(file));
		final Path nowhere = folder.resolve("missing").resolve("a.png");
		assertThrows(InvalidInputException.class, () -> PngFile.write(nowhere, Examples.image("", 1)));
	}

	@Test
	void aTextThatCouldNotBeReadBackIsNotWritten() {
		final GeneratedImage image = new GeneratedImage(32, 16, new float[3 * 32 * 16], Examples
			.provenance(Examples.request("p", 1, 32, 16), Examples.conditions("x".repeat(1 << 22))));
		final Path file = folder.resolve("long.png");
		assertThrows(InvalidInputException.class, () -> PngFile.write(file, image));
		assertFalse(Files.exists(file));
	}

	private static float pattern(final int band, final int x, final int y, final int channel) {
		switch (band) {
			case 0: // few values around 0, at random
				return (x * 7919 + y * 104729 + channel * 31) % 13 % 3 / 255f;
			case 1: // along the row only
				return x / 255f;
			case 2: // down the columns, with an unsteady row
				return (float) Math.abs(Math.sin(x * x * 3.7 + channel));
			case 3: // both directions
				return (x + y) / 510f;
			default: // noise smoothed in both directions
				return (float) (0.5 + 0.25 * Math.sin(x * 0.9 + y * 0.1) +
					0.25 * Math.sin(y * 0.8 - x * 0.3));
		}
	}

	private static GeneratedImage withProvenance(final int width, final int height,
		final float[] samples)
	{
		return new GeneratedImage(width, height, Arrays.copyOf(samples, 3 * width * height),
			Examples.provenance("a", 1));
	}

	private void assertSamePixels(final GeneratedImage image) throws IOException {
		final Path file = folder.resolve("pixels.png");
		PngFile.write(file, image);
		final BufferedImage read = ImageIO.read(file.toFile());
		assertEquals(image.width(), read.getWidth());
		assertEquals(image.height(), read.getHeight());
		final int[] pixels = read.getRGB(0, 0, image.width(), image.height(), null, 0, image.width());
		assertArrayEquals(new Intensities(image).packedRgb(), pixels);
	}
}
