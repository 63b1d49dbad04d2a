
package io.github.zimagefiji.image;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

import ij.ImagePlus;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.source.ImageFile;
import io.github.zimagefiji.image.source.LabelImage;
import io.github.zimagefiji.image.source.MaskSource;
import io.github.zimagefiji.image.source.PlaneChoice;
import io.github.zimagefiji.request.InputImage;
import io.github.zimagefiji.request.IntensityRange;

/**
 * The ways to make a control picture of an image, by name. {@link ControlPicture} says what each
 * does.
 */
public enum ControlPreprocessor {

		/** The picture is one already. */
		NONE {

			@Override
			public InputImage make(final ImagePlus image, final IntensityRange range,
				final PlaneChoice plane)
		{
				return SourceImage.of(image, range, plane).input();
			}

			@Override
			public InputImage open(final Path file, final IntensityRange range, final PlaneChoice plane) {
				return SourceImage.open(file, range, plane).input();
			}
		},
		/** {@link ControlPicture#edges}. */
		EDGES {

			@Override
			public InputImage make(final ImagePlus image, final IntensityRange range,
				final PlaneChoice plane)
		{
				return ControlPicture.edges(NONE.make(image, range, plane));
			}

			@Override
			public InputImage open(final Path file, final IntensityRange range, final PlaneChoice plane) {
				return ControlPicture.edges(NONE.open(file, range, plane));
			}
		},
		/**
		 * {@link ControlPicture#labelBoundaries} of a label image; the range does not matter.
		 */
		LABEL_BOUNDARIES {

			@Override
			public InputImage make(final ImagePlus image, final IntensityRange range,
				final PlaneChoice plane)
		{
				return ControlPicture.labelBoundaries(LabelImage.of(image, plane));
			}

			@Override
			public InputImage open(final Path file, final IntensityRange range, final PlaneChoice plane) {
				return ControlPicture.labelBoundaries(LabelImage.open(file, plane));
			}
		},
		/**
		 * {@link ControlPicture#filledLabels} of a label image; the range does not matter.
		 */
		FILLED_LABELS {

			@Override
			public InputImage make(final ImagePlus image, final IntensityRange range,
				final PlaneChoice plane)
		{
				return ControlPicture.filledLabels(LabelImage.of(image, plane));
			}

			@Override
			public InputImage open(final Path file, final IntensityRange range, final PlaneChoice plane) {
				return ControlPicture.filledLabels(LabelImage.open(file, plane));
			}
		},
		/**
		 * {@link ControlPicture#mask} of a mask image, as {@link MaskSource#ofMask} takes it, or of all
		 * objects of an image that looks like a label image; the range does not matter.
		 */
		MASK {

			@Override
			public InputImage make(final ImagePlus image, final IntensityRange range,
				final PlaneChoice plane)
		{
				return ControlPicture.mask(MaskSource.ofMaskOrLabels(image, plane));
			}

			@Override
			public InputImage open(final Path file, final IntensityRange range, final PlaneChoice plane) {
				return ControlPicture.mask(MaskSource.openMaskOrLabels(file, plane));
			}
		},
		/** {@link ControlPicture#depth} where larger numbers are nearer. */
		DEPTH {

			@Override
			public InputImage make(final ImagePlus image, final IntensityRange range,
				final PlaneChoice plane)
		{
				return ControlPicture.depth(NONE.make(image, range, plane), false);
			}

			@Override
			public InputImage open(final Path file, final IntensityRange range, final PlaneChoice plane) {
				return ControlPicture.depth(NONE.open(file, range, plane), false);
			}
		},
		/** {@link ControlPicture#depth} where larger numbers are farther. */
		INVERTED_DEPTH {

			@Override
			public InputImage make(final ImagePlus image, final IntensityRange range,
				final PlaneChoice plane)
		{
				return ControlPicture.depth(NONE.make(image, range, plane), true);
			}

			@Override
			public InputImage open(final Path file, final IntensityRange range, final PlaneChoice plane) {
				return ControlPicture.depth(NONE.open(file, range, plane), true);
			}
		};

	/**
	 * Makes the control picture of a plane of an open image.
	 *
	 * @throws InvalidInputException if the image is not of the kind that is needed, or holds nothing
	 *           to follow
	 */
	public abstract InputImage make(ImagePlus image, IntensityRange range, PlaneChoice plane);

	/**
	 * Makes the control picture of a file; see {@link SourceImage#open} for formats and ranges.
	 *
	 * @throws InvalidInputException as {@link #make}, and if the file cannot be read
	 */
	public InputImage open(final Path file, final IntensityRange range, final PlaneChoice plane) {
		return make(ImageFile.open(file, plane), range, PlaneChoice.ofChannel(plane.channel()));
	}

	/**
	 * As the command line and macros call it, such as {@code label-boundaries}.
	 */
	public String label() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * The one with a label.
	 *
	 * @throws InvalidInputException if there is none
	 */
	public static ControlPreprocessor of(final String label) {
		return Arrays.stream(values()).filter(kind -> kind.label().equals(label)).findFirst()
			.orElseThrow(() -> new InvalidInputException("The preprocessor \"" + label +
				"\" is not known. Use one of " +
				Arrays.stream(values()).map(ControlPreprocessor::label).collect(Collectors.joining(", ")) +
				"."));
	}
}
