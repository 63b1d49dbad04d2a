
package io.github.zimagefiji.cli.generate;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.request.Tiling;
import picocli.CommandLine.Option;

/** How images beyond the model's size are computed. */
final class TileOptions {

	@Option(names = "--tile", paramLabel = "N",
		description = "Compute in tiles of N × N pixels, a multiple of 16; 0 for one piece. Default: the model's size, for " +
			"images more than a quarter larger.")
	private Integer side;

	@Option(names = "--tile-overlap", paramLabel = "N",
		description = "Pixels that neighbouring tiles share, a multiple of 16. Default: a quarter of the tile.")
	private Integer overlap;

	/**
	 * The tiles that were asked for.
	 *
	 * @throws InvalidInputException if they are not possible
	 */
	Tiling tiling() {
		return new Tiling(side, overlap);
	}
}
