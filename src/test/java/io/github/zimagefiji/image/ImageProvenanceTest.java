package io.github.zimagefiji.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import ij.ImagePlus;
import ij.ImageStack;
import ij.plugin.Duplicator;
import ij.plugin.ImagesToStack;
import ij.plugin.StackReverser;
import ij.process.ByteProcessor;
import ij.process.ImageConverter;

import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.InvalidInputException;
import io.github.zimagefiji.Provenance;

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
		assertEquals(Optional.of(image.provenance()), ImageProvenance.of(Images.toImagePlus(List.of(image), format)));
	}

	@Test
	void slicesOfTheSameSeedButOtherPromptsAreToldApartByPosition() {
		final List<GeneratedImage> images = List.of(Examples.image("a", 7), Examples.image("b", 7), Examples.image("c", 8));
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
		assertEquals(Optional.empty(), ImageProvenance.of(new ImagePlus("other", new ByteProcessor(2, 2))));
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
		final Provenance read = ImageProvenance.of(Images.toImagePlus(List.of(Examples.image("a", 7)))).orElseThrow();
		assertEquals(Examples.request("a", 7, 32, 16), read.request());
	}

	private static List<GeneratedImage> three(final String... prompts) {
		return List.of(Examples.image(prompts[0], 10), Examples.image(prompts[1], 11), Examples.image(prompts[2], 12));
	}
}
