
package io.github.zimagefiji.model.vision;

import io.github.zimagefiji.error.InvalidInputException;

/**
 * Pixels of 8 bits, as the reference's image processors take them.
 *
 * @param width pixels across
 * @param height pixels down
 * @param channels 1 (grey) or 3 (red, green, blue)
 * @param values (height, width, channels), row-major; not copied, since it may be large
 */
public record ByteImage(int width, int height, int channels, byte[] values) {

	/**
	 * @throws InvalidInputException if there are other than one or three channels, no pixels, or
	 *           another number of values
	 */
	public ByteImage {
		if (width < 1 || height < 1) throw new InvalidInputException(
			"An image of " + width + " × " + height + " pixels has no pixels. Choose another.");
		if (channels != 1 && channels != 3) throw new InvalidInputException(
			"An image has " + channels + " channels; 1 (grey) or 3 (red, green and blue) are needed.");
		if ((long) width * height * channels != values.length)
			throw new InvalidInputException("An image of " + width + " × " + height + " pixels and " +
				channels + " channels cannot have " + values.length + " values.");
	}

	/** One value, 0 to 255. */
	public int at(final int x, final int y, final int channel) {
		return values[(y * width + x) * channels + channel] & 0xFF;
	}

	/** A rectangle of this image, which must lie within it. */
	public ByteImage crop(final int left, final int top, final int newWidth, final int newHeight) {
		final byte[] part = new byte[newWidth * newHeight * channels];
		for (int row = 0; row < newHeight; row++) {
			System.arraycopy(values, ((top + row) * width + left) * channels, part,
				row * newWidth * channels, newWidth * channels);
		}
		return new ByteImage(newWidth, newHeight, channels, part);
	}

	/**
	 * Brightness by the weights of ITU-R 601-2, rounded as Pillow's {@code convert("L")} does; a grey
	 * image itself.
	 */
	public ByteImage grey() {
		if (channels == 1) return this;
		final byte[] grey = new byte[width * height];
		for (int i = 0; i < grey.length; i++) {
			final int red = values[3 * i] & 0xFF;
			final int green = values[3 * i + 1] & 0xFF;
			final int blue = values[3 * i + 2] & 0xFF;
			grey[i] = (byte) (red * 19595 + green * 38470 + blue * 7471 + 0x8000 >> 16);
		}
		return new ByteImage(width, height, 1, grey);
	}

	/** The same image in three channels; a colour image itself. */
	public ByteImage colour() {
		if (channels == 3) return this;
		final byte[] colour = new byte[3 * values.length];
		for (int i = 0; i < colour.length; i++) {
			colour[i] = values[i / 3];
		}
		return new ByteImage(width, height, 3, colour);
	}

	/** Another size; the image itself if it has that size already. */
	public ByteImage resized(final int newWidth, final int newHeight, final ResizeFilter filter) {
		return new Resizer(filter).resize(this, newWidth, newHeight);
	}
}
