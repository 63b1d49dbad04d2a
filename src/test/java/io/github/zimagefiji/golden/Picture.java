package io.github.zimagefiji.golden;

import io.github.zimagefiji.engine.Tensor;
import io.github.zimagefiji.engine.TensorScope;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;

import javax.imageio.ImageIO;

/** A picture of the reference's runs, as its image processors pass it on where they change no size. */
public final class Picture {

	private final BufferedImage image;

	private Picture(final BufferedImage image) {
		this.image = image;
	}

	/** A file of {@code golden}. */
	public static Picture of(final String relative) {
		try {
			return new Picture(ImageIO.read(Golden.path(relative).toFile()));
		}
		catch (final IOException exc) {
			throw new UncheckedIOException(exc);
		}
	}

	/** (1, 3, height, width) in [-1, 1]. */
	public Tensor tensor(final TensorScope scope) {
		final int width = image.getWidth();
		final int area = width * image.getHeight();
		final float[] values = new float[3 * area];
		for (int i = 0; i < values.length; i++) {
			final int level = image.getRGB(i % area % width, i % area / width) >> 8 * (2 - i / area) & 0xff;
			values[i] = 2 * (level / 255f) - 1;
		}
		return scope.floats(values, 1, 3, image.getHeight(), width);
	}

	/** Height × width in [0, 1], of a grey picture. */
	public float[] gray() {
		final int width = image.getWidth();
		final float[] values = new float[width * image.getHeight()];
		for (int i = 0; i < values.length; i++) {
			values[i] = image.getRaster().getSample(i % width, i / width, 0) / 255f;
		}
		return values;
	}
}
