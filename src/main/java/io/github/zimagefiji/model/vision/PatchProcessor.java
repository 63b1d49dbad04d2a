
package io.github.zimagefiji.model.vision;

import java.nio.file.Path;

import io.github.zimagefiji.fields.Fields;
import io.github.zimagefiji.model.ConfigFile;

/**
 * Cuts an image into the patches that a {@link ImageEncoder} sees (Siglip2ImageProcessor of
 * transformers): the largest size of about the same shape that gives no more than a number of whole
 * patches.
 *
 * @param patch side of a patch in pixels
 * @param maxPatches most patches of one image
 * @param scale by which a pixel's value, 0 to 255, is multiplied first
 * @param mean subtracted from each scaled value
 * @param deviation by which the result is divided
 */
public record PatchProcessor(int patch, int maxPatches, double scale, double mean,
		double deviation)
{

	/** Where the search for the size ends, and its bounds. */
	private static final double FINEST = 1e-5;
	private static final double SMALLEST = FINEST / 10;
	private static final double LARGEST = 100;

	/**
	 * Reads {@code siglip_processor/preprocessor_config.json}.
	 *
	 * @throws io.github.zimagefiji.error.InvalidInputException if it is not a processor that this
	 *           program has
	 */
	public static PatchProcessor read(final Path file) {
		final Fields config = ConfigFile.read(file);
		for (final String step : new String[] { "do_resize", "do_rescale", "do_normalize" }) {
			ConfigFile.only(config, step, "true");
		}
		ConfigFile.only(config, "resample", "2");
		ConfigFile.word(config, "image_processor_type", "", "Siglip2ImageProcessor",
			"Siglip2ImageProcessorFast");
		config.ignore("do_convert_rgb", "default_to_square", "processor_class", "data_format", "device",
			"return_tensors", "input_data_format");
		final double scale =
			config.has("rescale_factor") ? config.positive("rescale_factor") : 1 / 255.0;
		final PatchProcessor result = new PatchProcessor(config.integer("patch_size", 1, 1024),
			config.integer("max_num_patches", 1, 1 << 20), scale,
			ConfigFile.equalNumbers(config, "image_mean", 0.5),
			ConfigFile.equalNumbers(config, "image_std", 0.5));
		if (!(result.deviation > 0)) throw config.problem("image_std", "must be above 0");
		ConfigFile.refuseUnknown(config);
		return result;
	}

	/**
	 * Patches of an image.
	 *
	 * @param rows patches down
	 * @param columns patches across
	 * @param values (rows * columns, patch * patch * 3), colours fastest
	 */
	public record Patches(int rows, int columns, float[] values) {}

	/** Resizes an image, as PyTorch does for bytes, and cuts it. */
	public Patches cut(final ByteImage image) {
		final double fit = fit(image.width(), image.height());
		final int columns = count(image.width(), fit);
		final int rows = count(image.height(), fit);
		final ByteImage resized =
			image.colour().resized(columns * patch, rows * patch, ResizeFilter.TORCH_BILINEAR);
		final float[] values = new float[Math.multiplyExact(rows * columns, patch * patch * 3)];
		final float[] levels = levels();
		int at = 0;
		for (int i = 0; i < rows * columns; i++) {
			for (int pixel = 0; pixel < patch * patch; pixel++) {
				final int x = i % columns * patch + pixel % patch;
				final int y = i / columns * patch + pixel / patch;
				for (int c = 0; c < 3; c++) {
					values[at++] = levels[resized.at(x, y, c)];
				}
			}
		}
		return new Patches(rows, columns, values);
	}

	/**
	 * The largest factor, up to the search's fineness, with which no more patches arise than are
	 * allowed.
	 */
	private double fit(final int width, final int height) {
		double low = SMALLEST;
		double high = LARGEST;
		while (high - low >= FINEST) {
			final double middle = (low + high) / 2;
			if ((double) count(width, middle) * count(height, middle) <= maxPatches) low = middle;
			else high = middle;
		}
		return low;
	}

	private int count(final int side, final double factor) {
		return Math.max(1, (int) Math.ceil(side * factor / patch));
	}

	/**
	 * What becomes of each of the 256 values; the steps are joined as in the reference.
	 */
	private float[] levels() {
		final float[] levels = new float[256];
		final float joinedMean = (float) (mean * (1 / scale));
		final float joinedDeviation = (float) (deviation * (1 / scale));
		for (int i = 0; i < levels.length; i++) {
			levels[i] = (i - joinedMean) / joinedDeviation;
		}
		return levels;
	}
}
