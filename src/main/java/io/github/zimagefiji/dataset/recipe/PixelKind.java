
package io.github.zimagefiji.dataset.recipe;

import io.github.zimagefiji.fields.Labelled;

/** What the pixels of the dataset's images are. */
public enum PixelKind implements Labelled {

		/** Colour, 8 bits a channel. */
		RGB8,
		/** The largest of the three channels, 8 bits. */
		GREY8,
		/** The largest of the three channels, 16 bits; what a camera gives. */
		GREY16;

	/** Bytes of one pixel. */
	public int bytes() {
		return this == RGB8 ? 3 : this == GREY8 ? 1 : 2;
	}
}
