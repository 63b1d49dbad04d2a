
package io.github.zimagefiji.cli.generate;

import java.nio.file.Path;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.SourceImage;
import io.github.zimagefiji.image.source.PlaneChoice;
import io.github.zimagefiji.request.IntensityRange;
import picocli.CommandLine.Option;

/** How the files of images are read, and whether the reference is followed. */
final class ImageOptions {

	@Option(names = "--intensity", paramLabel = "NAME", defaultValue = "display",
		description = "Which values become black and full: display (the display range in an ImageJ TIFF, else as full), " +
			"percentiles (0.35 and 99.65), or full (all that 8 or 16 bits hold; of 32-bit images least to largest). " +
			"Default: ${DEFAULT-VALUE}.")
	private String intensity;

	@Option(names = "--channel", paramLabel = "N", defaultValue = "0",
		description = "The channel to take, from 1. Default: all together, up to three, as red, green and blue.")
	private int channel;

	@Option(names = "--slice", paramLabel = "N", defaultValue = "0",
		description = "The slice of a stack to take, from 1. Default: the only one.")
	private int slice;

	@Option(names = "--frame", paramLabel = "N", defaultValue = "0",
		description = "The frame of a time series to take, from 1. Default: the only one.")
	private int frame;

	@Option(names = "--reference",
		description = "Do exactly what the reference does: resize images to multiples of 16, and do not put the image's " +
			"own pixels back where nothing was to change.")
	private boolean reference;

	/**
	 * Reads an image.
	 *
	 * @throws InvalidInputException if it cannot be read or used, or has no such plane
	 */
	SourceImage open(final Path file) {
		return SourceImage.open(file, range(), plane());
	}

	/**
	 * The mapping of values that was chosen.
	 *
	 * @throws InvalidInputException if it is not known
	 */
	IntensityRange range() {
		return IntensityRange.of(intensity);
	}

	/**
	 * The plane that was chosen.
	 *
	 * @throws InvalidInputException if a position is negative
	 */
	PlaneChoice plane() {
		return new PlaneChoice(channel, slice, frame);
	}

	boolean reference() {
		return reference;
	}
}
