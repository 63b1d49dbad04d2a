
package io.github.zimagefiji.image.file.tiff;

import java.io.IOException;
import java.io.StringReader;
import java.util.Properties;

import io.github.zimagefiji.image.file.common.FileBytes;

/**
 * What the planes of a TIFF file are: its pages, or in files of ImageJ with one directory the
 * planes that follow each other.
 *
 * @param channels in their own pages
 * @param slices along z
 * @param frames in time
 * @param pages of channel c, slice z and frame t (from 0) at c + channels × (z + slices × t); -1
 *          where there is none
 */
record TiffAxes(int channels, int slices, int frames, int[] pages) {

	/** Pages of which nothing is known are slices. */
	static TiffAxes slices(final int count) {
		final int[] pages = new int[count];
		for (int i = 0; i < count; i++)
			pages[i] = i;
		return new TiffAxes(1, count, 1, pages);
	}

	/**
	 * What a description says.
	 *
	 * @param count planes that there are
	 * @param samples channels within each
	 */
	static TiffAxes of(final FileBytes file, final String description, final int count,
		final int samples) throws IOException
	{
		if (description.startsWith("ImageJ")) return ofImageJ(description, count);
		if (OmeAxes.isOme(description)) return new OmeAxes(file, count, samples).read(description);
		return slices(count);
	}

	/** How many planes ImageJ's description states; 1 if it does not. */
	static int stated(final String description) {
		return description.startsWith("ImageJ") ? number(properties(description), "images") : 1;
	}

	private static TiffAxes ofImageJ(final String description, final int count) {
		final Properties said = properties(description);
		final int channels = number(said, "channels");
		final int slices = number(said, "slices");
		final int frames = number(said, "frames");
		if ((double) channels * slices * frames != count) return slices(count);
		return ordered(channels, slices, frames, description.contains("order=zct") ? "ZCT" : "CZT");
	}

	/**
	 * Planes in an order.
	 *
	 * @param order C, Z and T, the fastest first
	 */
	static TiffAxes ordered(final int channels, final int slices, final int frames,
		final String order)
	{
		final int[] pages = new int[channels * slices * frames];
		for (int t = 0; t < frames; t++)
			for (int z = 0; z < slices; z++)
				for (int c = 0; c < channels; c++)
					pages[c + channels * (z + slices * t)] =
						place(order, new int[] { c, z, t }, new int[] { channels, slices, frames });
		return new TiffAxes(channels, slices, frames, pages);
	}

	/** The number of a plane among those in an order. */
	static int place(final String order, final int[] position, final int[] sizes) {
		int place = 0;
		for (int i = 2; i >= 0; i--) {
			final int axis = "CZT".indexOf(order.charAt(i));
			place = place * sizes[axis] + position[axis];
		}
		return place;
	}

	private static Properties properties(final String description) {
		final Properties said = new Properties();
		try {
			said.load(new StringReader(description));
		}
		catch (final IOException | IllegalArgumentException e) {
			// a wrong escape; ImageJ does not write any
			return new Properties();
		}
		return said;
	}

	private static int number(final Properties said, final String name) {
		try {
			return (int) Math.max(1,
				Math.min(Integer.MAX_VALUE, Double.parseDouble(said.getProperty(name, "1"))));
		}
		catch (final NumberFormatException e) {
			return 1;
		}
	}

	/** The page of a channel, slice and frame, each from 0. */
	int page(final int channel, final int slice, final int frame) {
		return pages[channel + channels * (slice + slices * frame)];
	}
}
