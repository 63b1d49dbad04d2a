
package io.github.zimagefiji.dataset.quality;

import java.nio.file.Path;
import java.util.Locale;

import io.github.zimagefiji.dataset.output.DatasetImage;
import io.github.zimagefiji.dataset.recipe.ImageReading;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.io.Folders;

/** Real images that synthetic ones are compared with. */
final class RealImages {

	private RealImages() {
		// only intensities()
	}

	/**
	 * The sum of the images' histograms, with the steps of {@link ImageFacts#intensities}.
	 *
	 * @throws InvalidInputException if there is no image or one cannot be read
	 */
	static double[] intensities(final Path folder, final ImageReading reading) {
		final double[] sum = new double[ImageFacts.STEPS];
		boolean any = false;
		for (final Path file : Folders.list(folder)) {
			if (!file.getFileName().toString().toLowerCase(Locale.ROOT)
				.matches("[^.].*\\.(tif|tiff|png)")) continue;
			any = true;
			for (final float value : DatasetImage.brightness(reading.open(file).samples())) {
				sum[Math.min(ImageFacts.STEPS - 1, (int) (value * ImageFacts.STEPS))]++;
			}
		}
		if (!any) throw new InvalidInputException("The folder " + folder +
			" holds no TIFF or PNG file. Name a folder of real images, or leave it out.");
		return sum;
	}
}
