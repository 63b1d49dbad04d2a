
package io.github.zimagefiji.command;

import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;

import io.github.zimagefiji.command.scijava.DialogOrder;
import io.github.zimagefiji.request.Tiling;

/** What commands ask for whose images may be larger than the model's size. */
abstract class TiledPictureInputs extends PictureInputs {

	@Parameter(label = "Tile side (pixels)", persist = false, stepSize = "16",
		callback = "requestChanged", validater = "tileProblem",
		attrs = @Attr(name = DialogOrder.NAME, value = DialogOrder.SAMPLING),
		description = "Large images are computed in overlapping tiles. 0: of the model's size, if the image is more than a " +
			"quarter larger; -1: never; else a multiple of 16 of at least 64.")
	int tile;

	@Parameter(label = "Tile overlap (pixels)", persist = false, stepSize = "16",
		callback = "requestChanged", validater = "overlapProblem",
		attrs = @Attr(name = DialogOrder.NAME, value = DialogOrder.SAMPLING),
		description = "Pixels that neighbouring tiles share, a multiple of 16; 0: a quarter of the side.")
	int tile_overlap;

	/**
	 * How large images are computed.
	 *
	 * @throws io.github.zimagefiji.error.InvalidInputException if a number is not possible
	 */
	Tiling tiling() {
		return new Tiling(side(), orNull(tile_overlap, 0));
	}

	private Integer side() {
		return tile == -1 ? Integer.valueOf(0) : orNull(tile, 0);
	}

	@SuppressWarnings("unused")
	private String tileProblem() {
		return problemOf(() -> new Tiling(side(), null));
	}

	@SuppressWarnings("unused")
	private String overlapProblem() {
		return problemOf(() -> new Tiling(null, orNull(tile_overlap, 0)));
	}
}
