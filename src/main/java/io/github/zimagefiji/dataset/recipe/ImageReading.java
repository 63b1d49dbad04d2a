
package io.github.zimagefiji.dataset.recipe;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.fields.Key;
import io.github.zimagefiji.fields.Labelled;
import io.github.zimagefiji.image.SourceImage;
import io.github.zimagefiji.image.source.PlaneChoice;
import io.github.zimagefiji.request.InputImage;
import io.github.zimagefiji.request.IntensityRange;

/**
 * How the files of real images are read: those of {@code labels.images}, {@code look.backgrounds},
 * {@code style.images} and {@code quality.real-images}.
 *
 * @param intensity which values become black and full
 * @param plane of a file, where it has several
 */
public record ImageReading(@Key(usual = "automatic") Intensity intensity,
		@Key(Key.FLAT) PlaneChoice plane)
{

	/** Which values become black and full. */
	public enum Intensity implements Labelled {

			/**
			 * Of 8 bits and colours all that they hold; of others the percentiles, because cameras of 10,
			 * 12 or 14 bits do not fill 16.
			 */
			AUTOMATIC(null),
			/** {@link IntensityRange#DISPLAY}. */
			DISPLAY(IntensityRange.DISPLAY),
			/** {@link IntensityRange#PERCENTILES}. */
			PERCENTILES(IntensityRange.PERCENTILES),
			/** {@link IntensityRange#FULL}. */
			FULL(IntensityRange.FULL);

		private final IntensityRange range;

		Intensity(final IntensityRange range) {
			this.range = range;
		}
	}

	/** Automatic intensities of files with one plane. */
	public static final ImageReading AUTOMATIC =
		new ImageReading(Intensity.AUTOMATIC, PlaneChoice.SHOWN);

	private static final Set<String> FILLED = Set.of("RGB", "8-bit");

	/** Both must be given. */
	public ImageReading {
		Objects.requireNonNull(intensity, "intensity");
		Objects.requireNonNull(plane, "plane");
	}

	/**
	 * Reads a file.
	 *
	 * @throws InvalidInputException as {@link SourceImage#open}
	 */
	public InputImage open(final Path file) {
		if (intensity.range != null) return open(file, intensity.range);
		final InputImage image = open(file, IntensityRange.FULL);
		return FILLED.contains(image.mapping().pixelType()) ? image
			: open(file, IntensityRange.PERCENTILES);
	}

	private InputImage open(final Path file, final IntensityRange range) {
		return SourceImage.open(file, range, plane).input();
	}
}
