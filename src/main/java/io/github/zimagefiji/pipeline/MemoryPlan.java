
package io.github.zimagefiji.pipeline;

import java.util.Arrays;
import java.util.Locale;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.request.Stage;

/**
 * Which component is in memory when, decided from sizes before a run: encode the prompts, let the
 * text encoder go if the transformer needs its place, run the transformer, let it go if the
 * autoencoder needs its place, decode whole or in tiles.
 *
 * @param keepTextEncoder whether the text encoder stays while the transformer runs
 * @param keepTransformer whether the transformer stays while the autoencoder runs
 * @param tile side of the autoencoder's tiles in latent pixels; 0 decodes in one piece
 * @param bytes largest memory that will be needed at one time, beyond mapped files
 */
public record MemoryPlan(boolean keepTextEncoder, boolean keepTransformer, int tile, long bytes) {

	/**
	 * Tiles of the autoencoder that are tried, in latent pixels; 128 is what the model was made for.
	 */
	private static final int[] TILES = { 128, 96, 64, 32 };
	/** Largest side that is suggested, in latent pixels. */
	private static final int MOST = 1024;

	/**
	 * Finds the plan that releases and divides as little as possible.
	 *
	 * @param needs bytes that each part takes
	 * @param rows latent height
	 * @param columns latent width
	 * @param available bytes that may be taken
	 * @throws InvalidInputException if no plan fits, with the estimate and what would fit
	 */
	static MemoryPlan of(final MemoryNeeds needs, final int rows, final int columns,
		final long available)
	{
		final long weights = needs.weights(Stage.values());
		final long work = Math.max(needs.encoding(), needs.step(rows, columns));
		final long whole = weights + Math.max(work, needs.decoding(rows, columns));
		if (whole <= available) return new MemoryPlan(true, true, 0, whole);
		final long encode = needs.reading();
		final long step = needs.sampling(rows, columns);
		if (Math.max(encode, step) > available)
			throw refusal(needs, rows, columns, Math.max(encode, step), available);
		for (final boolean keep : new boolean[] { true, false }) {
			final long held =
				keep ? needs.weights(Stage.DECODE, Stage.DENOISE) : needs.weights(Stage.DECODE);
			for (final int tile : tiles(rows, columns)) {
				final long decode = held + (tile == 0 ? needs.decoding(rows, columns)
					: needs.decoding(Math.min(tile, rows), Math.min(tile, columns)) +
						needs.pixels(rows, columns));
				final long see = needs.seeing(tile == 0 ? rows : Math.min(tile, rows),
					tile == 0 ? columns : Math.min(tile, columns));
				if (Math.max(decode, see) <= available) return new MemoryPlan(false, keep, tile,
					Math.max(Math.max(decode, see), Math.max(encode, step)));
			}
		}
		throw refusal(needs, rows, columns,
			needs.weights(Stage.DECODE) + needs.decoding(32, 32) + needs.pixels(rows, columns),
			available);
	}

	private static int[] tiles(final int rows, final int columns) {
		final int[] useful = Arrays.stream(TILES).filter(t -> t < Math.max(rows, columns)).toArray();
		final int[] result = new int[useful.length + 1];
		System.arraycopy(useful, 0, result, 1, useful.length);
		return result;
	}

	private static InvalidInputException refusal(final MemoryNeeds needs, final int rows,
		final int columns, final long bytes, final long available)
	{
		final long fixed = Math.max(needs.reading(), needs.weights(Stage.DENOISE));
		final String size = columns * 8 + " × " + rows * 8;
		final int side = largestSide(needs, available);
		final String advice = side >= 2
			? "An image of " + side * 8 + " × " + side * 8 + " pixels would fit."
			: fixed > available
				? "Not even the model fits; use bfloat16, a smaller model, or a computer with more memory."
				: "No image would fit; close other programs.";
		return new InvalidInputException("An image of " + size + " pixels needs about " +
			gigabytes(bytes) + " of memory with this model and precision, but only " +
			gigabytes(available) + " are free. " + advice);
	}

	private static int largestSide(final MemoryNeeds needs, final long available) {
		for (int side = (int) Math.min(MOST, needs.largestSide()); side >= 2; side =
			side > 64 ? side - 8 : side - 2)
		{
			final boolean runs = needs.sampling(side, side) <= available;
			final boolean decodes =
				needs.weights(Stage.DECODE) + needs.decoding(Math.min(side, 32), Math.min(side, 32)) +
					needs.pixels(side, side) <= available;
			if (runs && decodes && needs.reading() <= available) return side;
		}
		return 0;
	}

	private static String gigabytes(final long bytes) {
		return String.format(Locale.ROOT, bytes < 1e9 ? "%.2f GB" : "%.1f GB", bytes / 1e9);
	}
}
