
package io.github.zimagefiji.dataset.output;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.dataset.recipe.PixelKind;

/**
 * The pixels of one item as they are written.
 *
 * @param width pixels
 * @param height pixels
 * @param kind what they are
 * @param values (channel, height, width), row-major: three channels of {@link PixelKind#RGB8}, else
 *          one; not copied
 */
public record DatasetImage(int width, int height, PixelKind kind, int[] values) {

	/** Takes a generated image; grey is the largest of its three channels. */
	public static DatasetImage of(final GeneratedImage image, final PixelKind kind) {
		final int most = kind == PixelKind.GREY16 ? 65535 : 255;
		final float[] samples = kind == PixelKind.RGB8 ? image.samples() : brightness(image.samples());
		final int[] values = new int[samples.length];
		for (int i = 0; i < values.length; i++)
			values[i] = (int) Math.rint(Math.min(1, Math.max(0, samples[i])) * most);
		return new DatasetImage(image.width(), image.height(), kind, values);
	}

	/** (height, width): the largest of three channels. */
	public static float[] brightness(final float[] samples) {
		final int pixels = samples.length / 3;
		final float[] brightness = new float[pixels];
		for (int i = 0; i < pixels; i++)
			brightness[i] = Math.max(samples[i], Math.max(samples[pixels + i], samples[2 * pixels + i]));
		return brightness;
	}

	/** (height, width): the largest of the channels, in the values' own range. */
	public int[] brightness() {
		final int pixels = width * height;
		final int[] brightness = Arrays.copyOf(values, pixels);
		for (int i = pixels; i < values.length; i++)
			brightness[i % pixels] = Math.max(brightness[i % pixels], values[i]);
		return brightness;
	}

	/** How many channels there are. */
	public int channels() {
		return kind == PixelKind.RGB8 ? 3 : 1;
	}

	/** For ImageJ: colour, 8-bit or 16-bit. */
	public ImageProcessor processor() {
		final int pixels = width * height;
		if (kind == PixelKind.GREY16) return shorts(width, height, values);
		final byte[][] planes = new byte[channels()][pixels];
		for (int i = 0; i < values.length; i++)
			planes[i / pixels][i % pixels] = (byte) values[i];
		if (kind == PixelKind.GREY8) return new ByteProcessor(width, height, planes[0]);
		final ColorProcessor colour = new ColorProcessor(width, height);
		colour.setRGB(planes[0], planes[1], planes[2]);
		return colour;
	}

	/** For ImageJ: 16 bits without a sign. */
	public static ShortProcessor shorts(final int width, final int height, final int[] values) {
		final short[] pixels = new short[values.length];
		for (int i = 0; i < pixels.length; i++)
			pixels[i] = (short) values[i];
		return new ShortProcessor(width, height, pixels, null);
	}

	/** All values one after the other, the low byte first where there are two. */
	public byte[] bytes() {
		return bytes(values, kind == PixelKind.GREY16 ? 2 : 1);
	}

	/** Numbers of one or two bytes, the low byte first. */
	public static byte[] bytes(final int[] values, final int size) {
		final ByteBuffer bytes =
			ByteBuffer.allocate(values.length * size).order(ByteOrder.LITTLE_ENDIAN);
		for (final int value : values) {
			if (size == 1) bytes.put((byte) value);
			else bytes.putShort((short) value);
		}
		return bytes.array();
	}
}
