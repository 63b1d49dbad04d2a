
package io.github.zimagefiji.dataset.output;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;

import javax.imageio.ImageIO;

import io.github.zimagefiji.dataset.recipe.PixelKind;
import io.github.zimagefiji.io.AtomicFile;

/** An item's pixels as a PNG file of 8 or 16 bits, or of 8 in each colour. */
final class ItemPng {

	private ItemPng() {
		// only write()
	}

	/**
	 * Writes the file, or leaves what was there.
	 *
	 * @throws io.github.zimagefiji.error.InvalidInputException if it cannot be written
	 */
	static void write(final Path file, final DatasetImage image) {
		final BufferedImage picture = picture(image);
		AtomicFile.write(file, out -> {
			if (!ImageIO.write(picture, "png", out)) throw new IOException("this Java has no PNG writer");
		});
	}

	private static BufferedImage picture(final DatasetImage image) {
		final PixelKind kind = image.kind();
		final BufferedImage picture = new BufferedImage(image.width(), image.height(),
			kind == PixelKind.RGB8 ? BufferedImage.TYPE_INT_RGB
				: kind == PixelKind.GREY8 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_USHORT_GRAY);
		final int pixels = image.width() * image.height();
		final int[] pixel = new int[image.channels()];
		for (int i = 0; i < pixels; i++) {
			for (int channel = 0; channel < pixel.length; channel++)
				pixel[channel] = image.values()[channel * pixels + i];
			picture.getRaster().setPixel(i % image.width(), i / image.width(), pixel);
		}
		return picture;
	}
}
