
package io.github.zimagefiji.pipeline.sampling;

import java.util.ArrayList;
import java.util.List;

import io.github.zimagefiji.pipeline.picture.LatentShape;
import io.github.zimagefiji.request.Tiling;

/**
 * Overlapping parts of an image's latents, all of one size, which cover it evenly.
 *
 * @param shape of the whole
 * @param rows of a tile
 * @param columns of a tile
 * @param tops first row of each line of tiles, ascending, even
 * @param lefts first column of each tile of a line, ascending, even
 */
public record LatentTiles(LatentShape shape, int rows, int columns, List<Integer> tops,
		List<Integer> lefts)
{

	/**
	 * Images whose sides are at most so many times the model's are computed in one piece, unless the
	 * user asks otherwise.
	 */
	private static final double TOLERATED = 1.25;

	/**
	 * Part of a tile that overlaps the next one, unless the user asks otherwise.
	 */
	private static final double OVERLAP = 0.25;

	/** Pixels of a latent pixel. */
	private static final int SCALE = 8;

	/**
	 * Divides latents.
	 *
	 * @param side of the images that the model was made for, in pixels
	 * @return a single tile if the image is computed in one piece
	 */
	public static LatentTiles of(final LatentShape shape, final Tiling tiling, final int side) {
		final int longest = Math.max(shape.rows(), shape.columns()) * SCALE;
		if (tiling.side() == null && longest <= TOLERATED * side ||
			tiling.side() != null && tiling.side() == 0) return whole(shape);
		final int tile = (tiling.side() == null ? side : tiling.side()) / SCALE;
		final int overlap = tiling.overlap() == null ? even(OVERLAP * tile)
			: Math.min(tiling.overlap() / SCALE, tile / 2);
		final int rows = Math.min(tile, shape.rows());
		final int columns = Math.min(tile, shape.columns());
		return new LatentTiles(shape, rows, columns, starts(shape.rows(), rows, overlap),
			starts(shape.columns(), columns, overlap));
	}

	/** One tile. */
	static LatentTiles whole(final LatentShape shape) {
		return new LatentTiles(shape, shape.rows(), shape.columns(), List.of(0), List.of(0));
	}

	private static int even(final double value) {
		return 2 * (int) (value / 2);
	}

	/** As few as overlap enough, spaced evenly. */
	private static List<Integer> starts(final int length, final int tile, final int overlap) {
		// ceil((length - tile) / (tile - overlap)) more than one
		final int count = length <= tile ? 1 : 1 + (length - overlap - 1) / (tile - overlap);
		final List<Integer> starts = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			starts.add(count == 1 ? 0 : even((double) i * (length - tile) / (count - 1)));
		}
		return starts;
	}

	/** Number of tiles. */
	public int count() {
		return tops.size() * lefts.size();
	}

	/** The shape of each tile. */
	public LatentShape tile() {
		return new LatentShape(shape.channels(), rows, columns);
	}

	/**
	 * For provenance: {@code whole} or {@code tiles of N x M, overlap K} (pixels).
	 */
	public String label() {
		if (count() == 1) return "whole";
		final int across = lefts.size() > 1 ? columns - lefts.get(1) : 0;
		final int down = tops.size() > 1 ? rows - tops.get(1) : 0;
		return "tiles of " + columns * SCALE + " x " + rows * SCALE + ", overlap " + across * SCALE +
			" x " + down * SCALE;
	}

	/**
	 * One tile of planes.
	 *
	 * @param planes (any, rows, columns) of the whole
	 * @param index of the tile, line by line
	 * @return (any, rows, columns) of a tile
	 */
	float[] cut(final float[] planes, final int index) {
		final int top = tops.get(index / lefts.size());
		final int left = lefts.get(index % lefts.size());
		final int count = planes.length / (shape.rows() * shape.columns());
		final float[] tile = new float[count * rows * columns];
		for (int line = 0; line < count * rows; line++) {
			final int from = (line / rows * shape.rows() + top + line % rows) * shape.columns() + left;
			System.arraycopy(planes, from, tile, line * columns, columns);
		}
		return tile;
	}

	/** Adds a tile, times its weight, to planes of the whole. */
	void add(final float[] tile, final float[] weight, final int index, final float[] planes) {
		final int top = tops.get(index / lefts.size());
		final int left = lefts.get(index % lefts.size());
		for (int i = 0; i < tile.length; i++) {
			final int line = i / columns;
			final int to =
				(line / rows * shape.rows() + top + line % rows) * shape.columns() + left + i % columns;
			planes[to] += tile[i] * weight[i % weight.length];
		}
	}

	/**
	 * How much each position of a tile counts: everything where no other tile is, and falling off
	 * linearly over the overlap with each neighbour. The weights of all tiles at one place need not
	 * add up to 1.
	 *
	 * @return (rows, columns)
	 */
	float[] weight(final int index) {
		final float[] down = fade(tops, index / lefts.size(), rows);
		final float[] across = fade(lefts, index % lefts.size(), columns);
		final float[] weight = new float[rows * columns];
		for (int i = 0; i < weight.length; i++) {
			weight[i] = down[i / columns] * across[i % columns];
		}
		return weight;
	}

	private static float[] fade(final List<Integer> starts, final int index, final int length) {
		final int before = index == 0 ? 0 : starts.get(index - 1) + length - starts.get(index);
		final int after =
			index == starts.size() - 1 ? 0 : starts.get(index) + length - starts.get(index + 1);
		final float[] fade = new float[length];
		for (int i = 0; i < length; i++) {
			final float rise = before <= 0 ? 1 : Math.min(1, (i + 0.5f) / before);
			final float fall = after <= 0 ? 1 : Math.min(1, (length - i - 0.5f) / after);
			fade[i] = Math.min(rise, fall);
		}
		return fade;
	}
}
