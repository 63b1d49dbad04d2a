
package io.github.zimagefiji.dataset.quality;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;

import javax.imageio.ImageIO;

import io.github.zimagefiji.dataset.output.DatasetImage;
import io.github.zimagefiji.dataset.output.MadeItem;
import io.github.zimagefiji.dataset.scene.Scene;
import io.github.zimagefiji.io.AtomicFile;
import io.github.zimagefiji.io.Folders;

/**
 * A picture for the report: the image, stretched to its own range, and beside it with the outlines
 * of its labels.
 */
public final class Preview {

	private static final int OUTLINE = 0xffff40;

	private Preview() {
		// only static methods
	}

	/** Where the picture of an item lies. */
	public static String pathOf(final String name) {
		return "records/" + name + ".png";
	}

	/**
	 * Writes the picture of an item.
	 *
	 * @throws io.github.zimagefiji.error.InvalidInputException if that fails
	 */
	public static void write(final Path root, final MadeItem item) {
		final DatasetImage image = item.image();
		final int width = image.width();
		final BufferedImage picture = new BufferedImage(item.scene() == null ? width : 2 * width,
			image.height(), BufferedImage.TYPE_INT_RGB);
		final int[] colours = colours(image);
		for (int i = 0; i < colours.length; i++) {
			picture.setRGB(i % width, i / width, colours[i]);
			if (item.scene() != null) picture.setRGB(width + i % width, i / width,
				isOutline(item.scene(), i) ? OUTLINE : colours[i]);
		}
		AtomicFile.write(Folders.fileIn(root, pathOf(item.name())), out -> {
			if (!ImageIO.write(picture, "png", out)) throw new IOException("this Java has no PNG writer");
		});
	}

	private static int[] colours(final DatasetImage image) {
		int most = 1;
		for (final int value : image.values())
			most = Math.max(most, value);
		final int pixels = image.width() * image.height();
		final int[] colours = new int[pixels];
		for (int i = 0; i < pixels; i++) {
			for (int channel = 0; channel < 3; channel++)
				colours[i] = colours[i] << 8 |
					image.values()[Math.min(channel, image.channels() - 1) * pixels + i] * 255 / most;
		}
		return colours;
	}

	private static boolean isOutline(final Scene scene, final int pixel) {
		final int width = scene.width();
		final int label = scene.labels()[pixel];
		return label > 0 && (pixel % width > 0 && scene.labels()[pixel - 1] != label ||
			pixel % width < width - 1 && scene.labels()[pixel + 1] != label ||
			pixel >= width && scene.labels()[pixel - width] != label ||
			pixel + width < scene.labels().length && scene.labels()[pixel + width] != label);
	}
}
