
package io.github.zimagefiji.golden;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.io.UncheckedIOException;

import javax.imageio.ImageIO;

import io.github.zimagefiji.model.vision.ByteImage;

/** The pictures that the reference's runs started from. */
public final class Pictures {

	private Pictures() {}

	/** A PNG of {@code golden/images}, without its ending. */
	public static ByteImage of(final String name) {
		try {
			final BufferedImage picture = ImageIO.read(Golden.path("images/" + name + ".png").toFile());
			final Raster raster = picture.getRaster();
			final int channels = raster.getNumBands();
			final byte[] values = new byte[picture.getWidth() * picture.getHeight() * channels];
			for (int i = 0; i < values.length; i++) {
				final int pixel = i / channels;
				values[i] = (byte) raster.getSample(pixel % picture.getWidth(), pixel / picture.getWidth(),
					i % channels);
			}
			return new ByteImage(picture.getWidth(), picture.getHeight(), channels, values);
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}
}
