
package io.github.zimagefiji.image;

/** How samples become the pixels of an {@code ImagePlus} or a file. */
public enum PixelFormat {

		/**
		 * Colour, 8 bits a channel, in one plane; what is outside [0, 1] is clamped.
		 */
		RGB8(3),
		/**
		 * Colour, 32-bit floating point, three planes (channels) for each image; values are kept as
		 * they are.
		 */
		FLOAT32(12),
		/** Luma, 8 bits; the colour is clamped to [0, 1] first. */
		GRAY8(1),
		/** Luma, 32-bit floating point; values are kept as they are. */
		GRAY32(4);

	private final int bytesPerPixel;

	PixelFormat(final int bytesPerPixel) {
		this.bytesPerPixel = bytesPerPixel;
	}

	/** Bytes of one pixel, all its channels together, in an uncompressed file. */
	public int bytesPerPixel() {
		return bytesPerPixel;
	}
}
