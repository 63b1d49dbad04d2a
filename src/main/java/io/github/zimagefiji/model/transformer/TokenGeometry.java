
package io.github.zimagefiji.model.transformer;

/**
 * How many tokens an image and its caption have, and where they are.
 *
 * @param rows patches down
 * @param columns patches across
 * @param captionTokens padded length of the caption, a multiple of 32
 */
record TokenGeometry(int rows, int columns, int captionTokens) {

	/**
	 * Sequences are padded to multiples of this, with tokens that count (the reference's
	 * {@code SEQ_MULTI_OF}).
	 */
	static final int MULTIPLE = 32;

	static int padded(final int tokens) {
		return (tokens + MULTIPLE - 1) / MULTIPLE * MULTIPLE;
	}

	int imageTokens() {
		return padded(rows * columns);
	}

	/**
	 * Rotary pairs of the image's tokens: (imageTokens, head width / 2, 2). Padding stands at the
	 * origin.
	 */
	float[] imageAngles(final RotaryTable table) {
		final float[] angles = new float[imageTokens() * table.length()];
		int at = 0;
		for (int row = 0; row < rows; row++) {
			for (int column = 0; column < columns; column++) {
				at = table.put(angles, at, captionTokens + 1, row, column);
			}
		}
		while (at < angles.length) {
			at = table.put(angles, at, 0, 0, 0);
		}
		return angles;
	}

	/**
	 * Rotary pairs of the caption's tokens, which count from 1 and include the padding.
	 */
	static float[] captionAngles(final RotaryTable table, final int captionTokens) {
		final float[] angles = new float[captionTokens * table.length()];
		int at = 0;
		for (int i = 0; i < captionTokens; i++) {
			at = table.put(angles, at, i + 1, 0, 0);
		}
		return angles;
	}
}
