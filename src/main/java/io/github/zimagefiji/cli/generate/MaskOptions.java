
package io.github.zimagefiji.cli.generate;

import java.nio.file.Path;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.source.LabelImage;
import io.github.zimagefiji.image.source.MaskSource;
import io.github.zimagefiji.image.source.PlaneChoice;
import io.github.zimagefiji.request.InputMask;
import picocli.CommandLine.Option;

/** How the file of a mask is read, and how its edge is mixed. */
final class MaskOptions {

	@Option(names = "--mask-labels",
		description = "The mask is a label image: every pixel above 0 is painted. Otherwise what is bright is painted.")
	private boolean labels;

	@Option(names = "--label", paramLabel = "N",
		description = "The mask is a label image: only the pixels of label N are painted.")
	private Integer label;

	@Option(names = "--mask-channel", paramLabel = "N",
		description = "The channel of the mask to take, from 1. Default: the only one.")
	private Integer channel;

	@Option(names = "--mask-slice", paramLabel = "N",
		description = "The slice of the mask to take, from 1. Default: that of the image.")
	private Integer slice;

	@Option(names = "--feather", paramLabel = "N", defaultValue = "0",
		description = "Pixels inside the mask's edge over which old and new are mixed. Default: ${DEFAULT-VALUE}.")
	private int feather;

	/**
	 * Reads a mask.
	 *
	 * @param image the plane of the image that it belongs to
	 * @throws InvalidInputException if it cannot be read, is empty, or has no such plane or label
	 */
	InputMask open(final Path file, final PlaneChoice image) {
		final PlaneChoice plane = new PlaneChoice(channel == null ? 0 : channel,
			slice == null ? image.slice() : slice, image.frame());
		if (label != null) return MaskSource.ofLabel(LabelImage.open(file, plane), label);
		return labels ? MaskSource.ofLabels(LabelImage.open(file, plane))
			: MaskSource.openMask(file, plane);
	}

	int feather() {
		return feather;
	}

	/** Whether anything is said that has a meaning only with a mask. */
	boolean areGiven() {
		return labels || label != null || channel != null || slice != null || feather != 0;
	}
}
