
package io.github.zimagefiji.pipeline.picture;

import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.model.vision.ByteImage;
import io.github.zimagefiji.request.InputImage;
import io.github.zimagefiji.request.InputMask;

/** Pictures that go in as the bytes that the reference takes. */
public final class ImageBytes {

	private ImageBytes() {}

	/** Colour; what was 8 bits is the same again. */
	public static ByteImage of(final InputImage image) {
		final int area = image.width() * image.height();
		final byte[] values = new byte[3 * area];
		for (int i = 0; i < values.length; i++) {
			values[i] = (byte) GeneratedImage.toByte(image.samples()[i % 3 * area + i / 3]);
		}
		return new ByteImage(image.width(), image.height(), 3, values);
	}

	/** Grey, white where something new comes. */
	public static ByteImage of(final InputMask mask) {
		final byte[] values = new byte[mask.values().length];
		for (int i = 0; i < values.length; i++) {
			values[i] = (byte) GeneratedImage.toByte(mask.values()[i]);
		}
		return new ByteImage(mask.width(), mask.height(), 1, values);
	}
}
