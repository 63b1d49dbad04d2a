
package io.github.zimagefiji.image;

import static io.github.zimagefiji.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.Prefs;
import ij.io.FileSaver;
import ij.io.Opener;
import ij.plugin.ImagesToStack;
import ij.process.ByteProcessor;
import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.error.InvalidInputException;

class TiffFileTest {

	@TempDir
	Path folder;

	@AfterEach
	void usualByteOrder() {
		Prefs.intelByteOrder = false;
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void everyPromptSurvivesImageJsSaveAndOpen(final boolean intelByteOrder) {
		Prefs.intelByteOrder = intelByteOrder;
		for (final String prompt : Examples.PROMPTS) {
			final GeneratedImage image = Examples.image(prompt, 7);
			final Path file = folder.resolve("saved.tif");
			assertTrue(new FileSaver(Images.toImagePlus(List.of(image))).saveAsTiff(file.toString()));
			assertEquals(Optional.of(image.provenance()), ImageProvenance.of(open(file)));
			assertEquals(Optional.of(image.provenance()), TiffFile.readProvenance(file));
		}
	}

	@ParameterizedTest
	@EnumSource(PixelFormat.class)
	void ourFileIsTheOneImageJWrites(final PixelFormat format) throws IOException {
		for (final List<GeneratedImage> images : List.of(three(), three().subList(0, 1))) {
			final Path ours = folder.resolve("ours.tif");
			final Path theirs = folder.resolve("theirs.tif");
			TiffFile.write(ours, images, format);
			assertTrue(new FileSaver(Images.toImagePlus(images, format)).saveAsTiff(theirs.toString()));
			assertArrayEquals(Files.readAllBytes(theirs), Files.readAllBytes(ours));
		}
	}

	@ParameterizedTest
	@EnumSource(PixelFormat.class)
	void aReopenedStackHasPixelsLabelsAndProvenances(final PixelFormat format) {
		final ImagePlus before = Images.toImagePlus(three(), format);
		final Path file = folder.resolve("stack ü 図.tif");
		TiffFile.write(file, three(), format);
		final ImagePlus after = open(file);
		assertArrayEquals(before.getDimensions(), after.getDimensions());
		for (int plane = 1; plane <= before.getStackSize(); plane++) {
			after.setSlice(plane);
			final int index = (plane - 1) * 3 / before.getStackSize();
			assertEquals("seed " + (10 + index), after.getStack().getSliceLabel(plane));
			assertEquals(Optional.of(three().get(index).provenance()), ImageProvenance.of(after));
			assertArrayEquals(before.getStack().getProcessor(plane).getFloatArray(),
				after.getStack().getProcessor(plane).getFloatArray());
		}
		assertEquals(three().stream().map(GeneratedImage::provenance).toList(),
			TiffFile.readProvenances(file));
	}

	@Test
	void aReopenedFloatImageIsShownFromZeroToOne() {
		final Path file = folder.resolve("float.tif");
		TiffFile.write(file, three().subList(0, 1), PixelFormat.GRAY32);
		assertEquals(0, open(file).getDisplayRangeMin());
		assertEquals(1, open(file).getDisplayRangeMax());
		TiffFile.write(file, three(), PixelFormat.FLOAT32);
		final CompositeImage composite = (CompositeImage) open(file);
		assertEquals(0, composite.getChannelLut(3).min);
		assertEquals(1, composite.getChannelLut(3).max);
	}

	@Test
	void infoThatImageJMovedIntoSliceLabelsIsFoundInTheFile() {
		final ImagePlus[] singles =
			three().stream().map(i -> Images.toImagePlus(List.of(i))).toArray(ImagePlus[]::new);
		final Path file = folder.resolve("stack.tif");
		assertTrue(new FileSaver(ImagesToStack.run(singles)).saveAsTiff(file.toString()));
		assertEquals(three().stream().map(GeneratedImage::provenance).toList(),
			TiffFile.readProvenances(file));
	}

	@Test
	void otherTiffFilesHaveNone() {
		final Path file = folder.resolve("other.tif");
		final ImagePlus other = new ImagePlus("other", new ByteProcessor(2, 2));
		assertTrue(new FileSaver(other).saveAsTiff(file.toString()));
		assertEquals(Optional.empty(), TiffFile.readProvenance(file));
		other.setProperty("Info", "an experiment");
		assertTrue(new FileSaver(other).saveAsTiff(file.toString()));
		assertEquals(Optional.empty(), TiffFile.readProvenance(file));
	}

	@Test
	void filesThatAreNotTiffAreRefused() throws IOException {
		final Path file = folder.resolve("file.tif");
		for (final byte[] content : new byte[][] { {}, { 'M' }, { 'M', 'M', 0, 43, 0, 0, 0, 8 },
			{ 'I', 'I', 42, 0 } })
		{
			Files.write(file, content);
			assertRefused(() -> TiffFile.readProvenance(file), "is not a TIFF file");
		}
		assertThrows(InvalidInputException.class,
			() -> TiffFile.readProvenance(folder.resolve("missing.tif")));
		assertThrows(InvalidInputException.class, () -> TiffFile.readProvenance(folder));
	}

	@Test
	void aFileCutOffInItsMetadataIsReportedAndInItsPixelsStillRead() throws IOException {
		final Path file = folder.resolve("cut.tif");
		TiffFile.write(file, three().subList(0, 1), PixelFormat.RGB8);
		final byte[] whole = Files.readAllBytes(file);
		final int pixels = 32 * 16 * 3;
		for (int length = 8; length < whole.length; length += length < 400 ? 1 : 37) {
			Files.write(file, Arrays.copyOf(whole, length));
			if (length >= whole.length - pixels) assertTrue(TiffFile.readProvenance(file).isPresent());
			else assertThrows(InvalidInputException.class, () -> TiffFile.readProvenance(file));
		}
	}

	@Test
	void noByteOfTheHeaderCanDoMoreThanHideTheProvenance() throws IOException {
		final Path file = folder.resolve("fuzz.tif");
		TiffFile.write(file, three(), PixelFormat.RGB8);
		final byte[] whole = Files.readAllBytes(file);
		int refused = 0;
		for (int i = 0; i < 320; i++) {
			for (final int change : new int[] { 0x01, 0x80, 0xff }) {
				final byte[] damaged = whole.clone();
				damaged[i] ^= (byte) change;
				Files.write(file, damaged);
				try {
					TiffFile.readProvenances(file);
				}
				catch (final InvalidInputException e) {
					refused++;
				}
			}
		}
		assertTrue(refused > 10, "only " + refused + " refused");
	}

	@Test
	void aFileAboveTheFormatsLimitIsRefusedBeforeAnyWork() {
		final GeneratedImage image = Examples.image("a", 1, 1024, 1024);
		final Path file = folder.resolve("huge.tif");
		assertRefused(() -> TiffFile.write(file, Collections.nCopies(400, image), PixelFormat.FLOAT32),
			"5033 MB");
		assertFalse(Files.exists(file));
		assertThrows(InvalidInputException.class,
			() -> TiffFile.write(file, List.of(), PixelFormat.RGB8));
	}

	@Test
	void aFailedWriteLeavesNothing() {
		final Path file = folder.resolve("missing").resolve("a.tif");
		assertThrows(InvalidInputException.class,
			() -> TiffFile.write(file, three(), PixelFormat.RGB8));
		assertFalse(Files.exists(file));
	}

	private static List<GeneratedImage> three() {
		return List.of(Examples.image("a \"cell\"", 10), Examples.image("水\n墨 🔬", 11),
			Examples.image("", 12));
	}

	private static ImagePlus open(final Path file) {
		return new Opener().openTiff(file.getParent().toString(), file.getFileName().toString());
	}
}
