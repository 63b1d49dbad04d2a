
package io.github.zimagefiji.model.autoencoder;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

import io.github.zimagefiji.engine.Program;
import io.github.zimagefiji.engine.Tensor;
import io.github.zimagefiji.engine.TensorScope;

/**
 * Runs a network tile by tile and cross-fades what overlaps (AutoencoderKL's {@code tiled_decode}
 * and {@code _tiled_encode} in the reference).
 *
 * @param program has {@code crop}, {@code blend} and {@code join_tiles}
 * @param tile side of an input tile
 * @param step distance from one input tile to the next
 * @param blend output pixels over which a tile fades into the next
 * @param keep output pixels of each tile that are kept
 */
record TileGrid(Program program, int tile, int step, int blend, int keep) {

	private static final int ROWS = 2;
	private static final int COLUMNS = 3;

	Tensor run(final TensorScope scope, final Tensor input,
		final BiFunction<TensorScope, Tensor, Tensor> network)
	{
		try (TensorScope inner = scope.inner()) {
			final List<Tensor> rows = new ArrayList<>();
			List<Tensor> above = List.of();
			for (int top = 0; top < input.size(ROWS); top += step) {
				final List<Tensor> row = row(inner, input, top, above, network);
				above.forEach(Tensor::close);
				rows.add(program.run(inner, "join_tiles", row, (long) keep, (long) COLUMNS));
				above = row;
			}
			return scope.moveHere(program.run(inner, "join_tiles", rows, (long) keep, (long) ROWS));
		}
	}

	/**
	 * Tiles are faded into the already faded tile above and at the left, in this order.
	 */
	private List<Tensor> row(final TensorScope scope, final Tensor input, final int top,
		final List<Tensor> above, final BiFunction<TensorScope, Tensor, Tensor> network)
	{
		final List<Tensor> row = new ArrayList<>();
		for (int left = 0; left < input.size(COLUMNS); left += step) {
			final Tensor piece = program.run(scope, "crop", input, (long) top, (long) left,
				Math.min(tile, input.size(ROWS) - top), Math.min(tile, input.size(COLUMNS) - left));
			Tensor result = network.apply(scope, piece);
			piece.close();
			if (!above.isEmpty()) result = fade(scope, above.get(row.size()), result, ROWS);
			if (!row.isEmpty()) result = fade(scope, row.get(row.size() - 1), result, COLUMNS);
			row.add(result);
		}
		return row;
	}

	private Tensor fade(final TensorScope scope, final Tensor before, final Tensor tensor,
		final long axis)
	{
		final Tensor faded = program.run(scope, "blend", before, tensor, axis, (long) blend);
		tensor.close();
		return faded;
	}
}
