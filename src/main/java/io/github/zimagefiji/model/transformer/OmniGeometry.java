
package io.github.zimagefiji.model.transformer;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the tokens of the Omni form are, and which are noisy ({@code patchify_and_embed_omni} of
 * the reference, whose oddities trained weights may depend on).
 * <p>
 * Pieces of the caption and images take turns: piece, reference image, piece, …, piece, the image
 * to be made, piece.
 * </p>
 *
 * @param pieces real tokens of each piece of the caption
 * @param references latent pixels of each reference image
 * @param features patches that the image encoder saw of each
 * @param patch latent pixels of a transformer patch's side
 */
record OmniGeometry(List<Integer> pieces, List<Grid> references, List<Grid> features, int patch) {

	/**
	 * Positions between one piece's end and the next one's start: an image, and what the image
	 * encoder saw of it.
	 */
	private static final int IMAGE_POSITIONS = 2;

	/** Something of rows and columns. */
	record Grid(int rows, int columns) {

		Grid patches(final int patch) {
			return new Grid(rows / patch, columns / patch);
		}

		int padded() {
			return TokenGeometry.padded(rows * columns);
		}
	}

	/** Number of reference images. */
	int images() {
		return references.size();
	}

	/** Tokens of all pieces, each padded by itself. */
	int captionTokens() {
		return pieces.stream().mapToInt(TokenGeometry::padded).sum();
	}

	/**
	 * Position behind each piece; the image that follows stands there, and its features behind it.
	 */
	private int end(final int piece) {
		int end = 1;
		for (int i = 0; i <= piece; i++) {
			end += pieces.get(i) + (i > 0 ? IMAGE_POSITIONS : 0);
		}
		return end;
	}

	/**
	 * Positions of the caption's tokens. A piece has one position for each of its tokens, padding
	 * included, and then one at the origin for each padding token; of all these in a row the first
	 * are used, so that from the second piece on positions are shifted against the tokens.
	 */
	List<int[]> captionPositions() {
		final List<int[]> positions = new ArrayList<>();
		for (int piece = 0; piece < pieces.size(); piece++) {
			final int real = pieces.get(piece);
			for (int i = 0; i < TokenGeometry.padded(real); i++) {
				positions.add(new int[] { end(piece) - real + i, 0, 0 });
			}
			fill(positions, TokenGeometry.padded(real) - real);
		}
		return positions.subList(0, captionTokens());
	}

	/**
	 * Positions of the reference images' tokens and of those of the image to be made; padding stands
	 * at the origin.
	 */
	List<int[]> imagePositions(final Grid target) {
		final List<int[]> positions = new ArrayList<>();
		for (int image = 0; image <= images(); image++) {
			final Grid grid = (image < images() ? references.get(image) : target).patches(patch);
			for (int row = 0; row < grid.rows(); row++) {
				for (int column = 0; column < grid.columns(); column++) {
					positions.add(new int[] { end(image), row, column });
				}
			}
			fill(positions, grid.padded() - grid.rows() * grid.columns());
		}
		return positions;
	}

	/**
	 * Positions of what the image encoder saw, stretched to the image's latent pixels (not its
	 * patches); then those of the missing features of the image to be made. None without reference
	 * images.
	 */
	List<int[]> featurePositions() {
		final List<int[]> positions = new ArrayList<>();
		for (int image = 0; image < images(); image++) {
			final Grid grid = features.get(image);
			for (int row = 0; row < grid.rows(); row++) {
				for (int column = 0; column < grid.columns(); column++) {
					positions.add(
						new int[] { end(image) + 1, stretched(row, grid.rows(), references.get(image).rows()),
							stretched(column, grid.columns(), references.get(image).columns()) });
				}
			}
			fill(positions, grid.padded() - grid.rows() * grid.columns());
		}
		if (images() > 0) fill(positions, TokenGeometry.MULTIPLE);
		return positions;
	}

	/**
	 * Truncated like the reference's conversion to whole numbers, from float32.
	 */
	private static int stretched(final int position, final int count, final int pixels) {
		return (int) ((float) position / Math.max(count - 1, 1) * (pixels - 1));
	}

	private static void fill(final List<int[]> positions, final int count) {
		for (int i = 0; i < count; i++) {
			positions.add(new int[3]);
		}
	}

	/** 1 for each noisy image token, 0 for those of reference images. */
	long[] noisyImages(final Grid target) {
		final Flags flags = new Flags();
		references.forEach(r -> flags.add(r.patches(patch).padded(), 0));
		flags.add(target.patches(patch).padded(), 1);
		return flags.values();
	}

	/**
	 * 1 for each noisy token of caption, images and features; pieces before a reference image are as
	 * clean as it.
	 */
	long[] noisy(final Grid target) {
		final Flags flags = new Flags();
		for (int piece = 0; piece < pieces.size(); piece++) {
			flags.add(TokenGeometry.padded(pieces.get(piece)), piece < images() ? 0 : 1);
		}
		for (final long flag : noisyImages(target)) {
			flags.add(1, flag);
		}
		features.forEach(f -> flags.add(f.padded(), 0));
		if (images() > 0) flags.add(TokenGeometry.MULTIPLE, 1);
		return flags.values();
	}

	/** Token of the image to be made among all. */
	int firstTargetToken() {
		return captionTokens() + references.stream().mapToInt(r -> r.patches(patch).padded()).sum();
	}

	/** A row of flags that grows. */
	private static final class Flags {

		private final List<Long> flags = new ArrayList<>();

		void add(final int count, final long flag) {
			for (int i = 0; i < count; i++) {
				flags.add(flag);
			}
		}

		long[] values() {
			return flags.stream().mapToLong(f -> f).toArray();
		}
	}
}
