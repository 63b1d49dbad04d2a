
package io.github.zimagefiji.request;

import org.jspecify.annotations.Nullable;

import io.github.zimagefiji.error.InvalidInputException;

/**
 * How an image beyond the model's size is computed in parts. In each step the transformer predicts
 * overlapping tiles one by one, and what it predicts is blended (MultiDiffusion, arXiv 2302.08113).
 *
 * @param side of a tile in pixels, a multiple of 16; 0 for one piece; null for the model's size,
 *          used for images that are more than a quarter larger
 * @param overlap of neighbouring tiles in pixels, a multiple of 16 below the side; null for a
 *          quarter of the side
 */
public record Tiling(@Nullable Integer side, @Nullable Integer overlap) {

	/** As the model needs it. */
	public static final Tiling AUTO = new Tiling(null, null);

	/** Never in parts. */
	public static final Tiling OFF = new Tiling(0, null);

	/** @throws InvalidInputException if a number is not possible */
	public Tiling {
		if (side != null && side != 0 && (side < 64 || side % 16 != 0))
			throw new InvalidInputException("The tile side is " + side +
				"; it must be a multiple of 16 of at least 64 pixels, or 0 for one piece.");
		if (overlap != null && (overlap < 0 || overlap % 16 != 0)) throw new InvalidInputException(
			"The tile overlap is " + overlap + "; it must be a multiple of 16 pixels.");
		if (overlap != null && side != null && side != 0 && overlap > side / 2)
			throw new InvalidInputException("The tile overlap of " + overlap +
				" pixels is more than half the tile side of " + side + ". Choose a smaller one.");
	}
}
