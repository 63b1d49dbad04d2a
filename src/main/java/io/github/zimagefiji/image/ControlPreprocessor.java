
package io.github.zimagefiji.image;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import ij.ImagePlus;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.fields.Labelled;
import io.github.zimagefiji.image.source.LabelImage;
import io.github.zimagefiji.image.source.MaskSource;
import io.github.zimagefiji.image.source.PlaneChoice;
import io.github.zimagefiji.request.InputImage;
import io.github.zimagefiji.request.IntensityRange;

/**
 * The ways to make a control picture of an image, by name. {@link ControlPicture} says what each
 * does.
 */
public enum ControlPreprocessor implements Labelled {

		/** The picture is one already. */
		NONE(Maker.ofPicture(picture -> picture)),
		/** {@link ControlPicture#edges}. */
		EDGES(Maker.ofPicture(ControlPicture::edges)),
		/**
		 * {@link ControlPicture#labelBoundaries} of a label image; the range does not matter.
		 */
		LABEL_BOUNDARIES(Maker.ofLabels(ControlPicture::labelBoundaries)),
		/**
		 * {@link ControlPicture#filledLabels} of a label image; the range does not matter.
		 */
		FILLED_LABELS(Maker.ofLabels(ControlPicture::filledLabels)),
		/**
		 * {@link ControlPicture#mask} of a mask image, as {@link MaskSource#ofMask} takes it, or of all
		 * objects of an image that looks like a label image; the range does not matter.
		 */
		MASK(new Maker(
			(image, range, plane) -> ControlPicture.mask(MaskSource.ofMaskOrLabels(image, plane)),
			(file, range, plane) -> ControlPicture.mask(MaskSource.openMaskOrLabels(file, plane)))),
		/** {@link ControlPicture#depth} where larger numbers are nearer. */
		DEPTH(Maker.ofPicture(picture -> ControlPicture.depth(picture, false))),
		/** {@link ControlPicture#depth} where larger numbers are farther. */
		INVERTED_DEPTH(Maker.ofPicture(picture -> ControlPicture.depth(picture, true)));

	/** Makes a control picture of an open image or of a file. */
	private interface Making<S> {

		InputImage make(S source, IntensityRange range, PlaneChoice plane);
	}

	private record Maker(Making<ImagePlus> ofImage, Making<Path> ofFile) {

		static Maker ofPicture(final UnaryOperator<InputImage> make) {
			return new Maker(
				(image, range, plane) -> make.apply(SourceImage.of(image, range, plane).input()),
				(file, range, plane) -> make.apply(SourceImage.open(file, range, plane).input()));
		}

		static Maker ofLabels(final Function<LabelImage, InputImage> make) {
			return new Maker((image, range, plane) -> make.apply(LabelImage.of(image, plane)),
				(file, range, plane) -> make.apply(LabelImage.open(file, plane)));
		}
	}

	private final Maker maker;

	ControlPreprocessor(final Maker maker) {
		this.maker = maker;
	}

	/**
	 * Makes the control picture of a plane of an open image.
	 *
	 * @throws InvalidInputException if the image is not of the kind that is needed, or holds nothing
	 *           to follow
	 */
	public InputImage make(final ImagePlus image, final IntensityRange range,
		final PlaneChoice plane)
	{
		return maker.ofImage.make(image, range, plane);
	}

	/**
	 * Makes the control picture of a file; see {@link SourceImage#open} for formats and ranges.
	 *
	 * @throws InvalidInputException as {@link #make}, and if the file cannot be read
	 */
	public InputImage open(final Path file, final IntensityRange range, final PlaneChoice plane) {
		return maker.ofFile.make(file, range, plane);
	}

	/**
	 * The one with a label.
	 *
	 * @throws InvalidInputException if there is none
	 */
	public static ControlPreprocessor of(final String label) {
		return Labelled.find(values(), label)
			.orElseThrow(() -> new InvalidInputException("The preprocessor \"" + label +
				"\" is not known. Use one of " +
				Arrays.stream(values()).map(ControlPreprocessor::label).collect(Collectors.joining(", ")) +
				"."));
	}
}
