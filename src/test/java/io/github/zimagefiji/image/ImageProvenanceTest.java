
package io.github.zimagefiji.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.io.FileInfo;
import ij.plugin.Duplicator;
import ij.plugin.FolderOpener;
import ij.plugin.HyperStackConverter;
import ij.plugin.ImagesToStack;
import ij.plugin.StackReverser;
import ij.process.ByteProcessor;
import ij.process.ImageConverter;
import ij.process.StackConverter;
import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.Provenance;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.png.PngFile;
import io.github.zimagefiji.request.TextToImageRequest;

class ImageProvenanceTest {

	@ParameterizedTest
	@EnumSource(PixelFormat.class)
	void theCurrentSliceTellsItsOwn(final PixelFormat format) {
		final List<GeneratedImage> images = three("a", "b", "c");
		final ImagePlus plus = Images.toImagePlus(images, format);
		for (int plane = 1; plane <= plus.getStackSize(); plane++) {
			plus.setSlice(plane);
			final int index = (plane - 1) * 3 / plus.getStackSize();
			assertEquals(Optional.of(images.get(index).provenance()), ImageProvenance.of(plus));
		}
	}

	@ParameterizedTest
	@EnumSource(PixelFormat.class)
	void aSingleImageTellsItsOwn(final PixelFormat format) {
		final GeneratedImage image = Examples.image("水\n", 7);
		assertEquals(Optional.of(image.provenance()),
			ImageProvenance.of(Images.toImagePlus(List.of(image), format)));
	}

	@Test
	void slicesOfTheSameSeedButOtherPromptsAreToldApartByPosition() {
		final List<GeneratedImage> images =
			List.of(Examples.image("a", 7), Examples.image("b", 7), Examples.image("c", 8));
		final ImagePlus plus = Images.toImagePlus(images);
		plus.setSlice(2);
		assertEquals(Optional.of(images.get(1).provenance()), ImageProvenance.of(plus));
		plus.getStack().deleteSlice(1);
		final ImagePlus shorter = new ImagePlus("shorter", plus.getStack());
		shorter.setProperty("Info", plus.getInfoProperty());
		assertEquals(Optional.empty(), ImageProvenance.of(shorter), "it could be either");
		shorter.setSlice(2);
		assertEquals(Optional.of(images.get(2).provenance()), ImageProvenance.of(shorter));
	}

	@Test
	void aSliceCopiedOutOfAStackKeepsItsOwn() {
		final List<GeneratedImage> images = three("a", "b", "c");
		final ImagePlus copy = new Duplicator().run(Images.toImagePlus(images), 2, 2);
		assertEquals(Optional.of(images.get(1).provenance()), ImageProvenance.of(copy));
		final ImagePlus stack = Images.toImagePlus(images);
		stack.setSlice(3);
		assertEquals(Optional.of(images.get(2).provenance()), ImageProvenance.of(stack.crop()));
	}

	@Test
	void aPlaneOfUnknownOriginIsNotTakenForTheFirst() {
		final ImagePlus plane = new ImagePlus("plane", new ByteProcessor(2, 2));
		plane.setProperty("Info", Images.toImagePlus(three("a", "b", "c")).getInfoProperty());
		assertEquals(Optional.empty(), ImageProvenance.of(plane));
		plane.getStack(); // copies the Info into a label
		assertEquals(Optional.empty(), ImageProvenance.of(plane));
	}

	@Test
	void aReversedStackKeepsThem() {
		final List<GeneratedImage> images = three("a", "b", "c");
		final ImagePlus stack = Images.toImagePlus(images);
		new StackReverser().flipStack(stack);
		stack.setSlice(1);
		assertEquals(Optional.of(images.get(2).provenance()), ImageProvenance.of(stack));
	}

	@Test
	void imagesPutIntoAStackByImageJKeepThem() {
		final List<ImagePlus> singles = new ArrayList<>();
		for (final GeneratedImage image : three("a", "b", "c"))
			singles.add(Images.toImagePlus(List.of(image)));
		final ImagePlus stack = ImagesToStack.run(singles.toArray(ImagePlus[]::new));
		stack.setSlice(2);
		assertEquals(Optional.of(Examples.image("b", 11).provenance()), ImageProvenance.of(stack));
	}

	@Test
	void anImageThatWasConvertedKeepsIt() {
		final GeneratedImage image = Examples.image("a", 7);
		final ImagePlus plus = Images.toImagePlus(List.of(image));
		new ImageConverter(plus).convertToRGBStack();
		plus.setSlice(2);
		assertEquals(Optional.of(image.provenance()), ImageProvenance.of(plus));
	}

	@Test
	void askingLeavesASingleImageWithoutStack() {
		final ImagePlus plus = Images.toImagePlus(List.of(Examples.image("a", 7)));
		ImageProvenance.of(plus);
		assertEquals(false, plus.hasImageStack());
	}

	@Test
	void otherImagesHaveNone() {
		assertEquals(Optional.empty(),
			ImageProvenance.of(new ImagePlus("other", new ByteProcessor(2, 2))));
		final ImageStack stack = new ImageStack(2, 2);
		stack.addSlice("seed 7", new ByteProcessor(2, 2));
		stack.addSlice(null, new ByteProcessor(2, 2));
		final ImagePlus plus = new ImagePlus("other", stack);
		plus.setProperty("Info", 5);
		assertEquals(Optional.empty(), ImageProvenance.of(plus));
	}

	@Test
	void aSliceOfAnotherSeedThanAnyRecordedHasNone() {
		final ImagePlus plus = Images.toImagePlus(three("a", "b", "c"));
		plus.setSlice(1);
		plus.getStack().setSliceLabel("seed 99", 1);
		assertEquals(Optional.empty(), ImageProvenance.of(plus));
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", "my label", "seed", "seed -1", "seed 9223372036854775808" })
	void aSliceWithoutASeedInItsLabelIsKnownByItsPosition(final String label) {
		final ImagePlus plus = Images.toImagePlus(three("a", "b", "c"));
		plus.setSlice(2);
		plus.getStack().setSliceLabel(label, 2);
		assertEquals(Optional.of(Examples.image("b", 11).provenance()), ImageProvenance.of(plus));
	}

	@Test
	void aDamagedOneIsReported() {
		final ImagePlus plus = new ImagePlus("other", new ByteProcessor(2, 2));
		plus.setProperty("Info", "Z-Image provenance: {}");
		assertThrows(InvalidInputException.class, () -> ImageProvenance.of(plus));
	}

	@Test
	void theRequestReadBackCanBeSentAgain() {
		final Provenance read =
			ImageProvenance.of(Images.toImagePlus(List.of(Examples.image("a", 7)))).orElseThrow();
		assertEquals(Examples.request("a", 7, 32, 16), read.request());
	}

	/**
	 * What people make of an image in ImageJ before they want to know where it came from.
	 */
	private enum Change {

			EIGHT_BIT(image -> new ImageConverter(image).convertToGray8()),
			SIXTEEN_BIT(image -> new ImageConverter(image).convertToGray16()),
			THIRTY_TWO_BIT(image -> new ImageConverter(image).convertToGray32()),
			INDEXED_COLOUR(image -> new ImageConverter(image).convertRGBtoIndexedColor(64)),
			RGB_STACK(image -> new ImageConverter(image).convertToRGBStack()),
			SELECTION(image -> image.setRoi(2, 2, 5, 5)),
			CALIBRATED(image -> image.getCalibration().setUnit("µm")),
			BLURRED(image -> image.getProcessor().blurGaussian(2));

		private final Consumer<ImagePlus> change;

		Change(final Consumer<ImagePlus> change) {
			this.change = change;
		}
	}

	@ParameterizedTest
	@EnumSource(Change.class)
	void anImageOfAnyTypeTellsItsOwnIfItHasOne(final Change change) {
		final GeneratedImage image = Examples.image("a", 7);
		final ImagePlus ours = Images.toImagePlus(List.of(image));
		change.change.accept(ours);
		assertEquals(Optional.of(image.provenance()), ImageProvenance.of(ours));
		final ImagePlus others = new ImagePlus("other", ours.getProcessor().convertToRGB());
		change.change.accept(others);
		assertEquals(Optional.empty(), ImageProvenance.of(others));
	}

	/** Stacks and hyperstacks of every depth; the slice that is shown counts. */
	@Test
	void aHyperstackTellsThatOfTheSliceThatIsShown() {
		final List<GeneratedImage> images = three("a", "b", "c");
		final ImagePlus stack = Images.toImagePlus(images);
		for (final Consumer<StackConverter> depth : List.<Consumer<StackConverter>> of(
			StackConverter::convertToGray8, StackConverter::convertToGray32))
		{
			final ImagePlus gray = new Duplicator().run(stack);
			depth.accept(new StackConverter(gray));
			final ImagePlus frames = HyperStackConverter.toHyperStack(gray, 1, 1, 3);
			frames.setPosition(1, 1, 3);
			assertEquals(Optional.of(images.get(2).provenance()), ImageProvenance.of(frames));
			frames.setPosition(1, 1, 1);
			assertEquals(Optional.of(images.get(0).provenance()), ImageProvenance.of(frames));
		}
		assertEquals(Optional.empty(),
			ImageProvenance.of(IJ.createHyperStack("other", 8, 8, 2, 3, 4, 16)));
	}

	@Test
	void slicesOfAnImageSequenceAskTheirFiles(@TempDir final Path folder) throws IOException {
		PngFile.write(folder.resolve("a.png"), Examples.image("a", 7));
		PngFile.write(folder.resolve("b.png"), Examples.image("b", 8));
		ImageIO.write(new BufferedImage(32, 16, BufferedImage.TYPE_INT_RGB), "png",
			folder.resolve("c.png").toFile());
		final ImagePlus sequence = FolderOpener.open(folder.toString());
		sequence.setSlice(2);
		assertEquals(Optional.of(Examples.image("b", 8).provenance()), ImageProvenance.of(sequence));
		sequence.setSlice(3);
		assertEquals(Optional.empty(), ImageProvenance.of(sequence));
		Files.delete(folder.resolve("a.png"));
		sequence.setSlice(1);
		assertEquals(Optional.empty(), ImageProvenance.of(sequence), "its file is gone");
	}

	@Test
	void aFileWhoseProvenanceTellsNoSizeIsKnownByItsOwn(@TempDir final Path folder) {
		final Provenance provenance = Examples.provenance(TextToImageRequest.builder("p").build());
		final Path file = folder.resolve("a.png");
		PngFile.write(file, new GeneratedImage(32, 16, new float[3 * 32 * 16], provenance));
		final ImagePlus image = IJ.openImage(file.toString());
		assertEquals(Optional.of(provenance), ImageProvenance.of(image));
		image.setProcessor(image.getProcessor().resize(31, 16));
		assertEquals(Optional.empty(), ImageProvenance.of(image), "scaled since");
	}

	@Test
	void aFileThatOnlyIsCalledPngHasNone(@TempDir final Path folder) throws IOException {
		final Path file = folder.resolve("photo.png");
		ImageIO.write(new BufferedImage(32, 16, BufferedImage.TYPE_INT_RGB), "jpg", file.toFile());
		assertEquals(Optional.empty(), ImageProvenance.of(IJ.openImage(file.toString())));
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://localhost/images/", "bad\0folder/", "" })
	void anImageThatIsNotFromThisDiskHasNone(final String directory) {
		final ImagePlus image = new ImagePlus("web", new ByteProcessor(32, 16));
		final FileInfo info = new FileInfo();
		info.directory = directory;
		info.fileName = "cells.png";
		image.setFileInfo(info);
		assertEquals(Optional.empty(), ImageProvenance.of(image));
	}

	private static List<GeneratedImage> three(final String... prompts) {
		return List.of(Examples.image(prompts[0], 10), Examples.image(prompts[1], 11),
			Examples.image(prompts[2], 12));
	}
}
