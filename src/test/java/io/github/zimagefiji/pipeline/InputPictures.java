
package io.github.zimagefiji.pipeline;

import java.util.Random;

import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.golden.Pictures;
import io.github.zimagefiji.model.vision.ByteImage;
import io.github.zimagefiji.request.InputImage;
import io.github.zimagefiji.request.InputMask;
import io.github.zimagefiji.request.IntensityMapping;

/** Pictures for requests. */
public final class InputPictures {

	private InputPictures() {}

	/**
	 * A picture of the reference's runs, by its name in {@code golden/images} without ending.
	 */
	static InputImage golden(final String name) {
		return of(name, Pictures.of(name).colour());
	}

	/** A mask of the reference's runs. */
	static InputMask goldenMask(final String name) {
		final ByteImage grey = Pictures.of(name).grey();
		final float[] values = new float[grey.values().length];
		for (int i = 0; i < values.length; i++) {
			values[i] = (grey.values()[i] & 0xFF) / 255f;
		}
		return new InputMask(name, grey.width(), grey.height(), values);
	}

	static InputImage of(final String name, final ByteImage colour) {
		final int area = colour.width() * colour.height();
		final float[] samples = new float[3 * area];
		for (int i = 0; i < samples.length; i++) {
			samples[i] = (colour.values()[i % area * 3 + i / area] & 0xFF) / 255f;
		}
		return new InputImage(name, colour.width(), colour.height(), samples, IntensityMapping.RGB);
	}

	/** Smooth colours with some noise, no two pixels alike in 16 bits. */
	public static InputImage smooth(final int width, final int height) {
		final Random random = new Random(1);
		final float[] samples = new float[3 * width * height];
		for (int i = 0; i < samples.length; i++) {
			final double x = i % width / (double) width;
			final double y = i / width % height / (double) height;
			samples[i] = (float) (0.5 + 0.4 * Math.sin(5 * x + 3 * y + i / (width * height)) +
				0.02 * random.nextDouble());
		}
		return new InputImage("smooth", width, height, samples, IntensityMapping.RGB);
	}

	/** A mask of one rectangle. */
	public static InputMask rectangle(final int width, final int height, final int left,
		final int top, final int right, final int bottom)
	{
		final float[] values = new float[width * height];
		for (int i = 0; i < values.length; i++) {
			final boolean inside =
				i % width >= left && i % width < right && i / width >= top && i / width < bottom;
			values[i] = inside ? 1 : 0;
		}
		return new InputMask("rectangle", width, height, values);
	}

	/** (height, width, 3): 0 to 255, as the reference's images are. */
	static float[] interleaved(final GeneratedImage image) {
		final int area = image.width() * image.height();
		final float[] levels = new float[3 * area];
		for (int i = 0; i < levels.length; i++) {
			levels[i] = GeneratedImage.toByte(image.samples()[i % 3 * area + i / 3]);
		}
		return levels;
	}
}
