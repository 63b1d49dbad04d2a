
package io.github.zimagefiji.request;

import java.util.List;

import io.github.zimagefiji.error.InvalidInputException;

/**
 * How an image's values became samples: {@code (value - low) / (high - low)}, clamped to [0, 1],
 * channel by channel.
 *
 * @param range how the limits were chosen
 * @param pixelType of the image: {@code 8-bit}, {@code 16-bit}, {@code 32-bit} (floating point) or
 *          {@code RGB}
 * @param low the value of each channel that is black; one channel is grey, two or three are red,
 *          green and blue
 * @param high the value of each channel that is full, above {@code low}
 */
public record IntensityMapping(IntensityRange range, String pixelType, List<Double> low,
		List<Double> high)
{

	/** Colours of 8 bits as they are. */
	public static final IntensityMapping RGB = new IntensityMapping(IntensityRange.FULL, "RGB",
		List.of(0.0, 0.0, 0.0), List.of(255.0, 255.0, 255.0));

	/**
	 * @throws InvalidInputException if there are other than one to three channels, or invalid limits
	 */
	public IntensityMapping {
		low = List.copyOf(low);
		high = List.copyOf(high);
		if (low.isEmpty() || low.size() > 3 || low.size() != high.size())
			throw new InvalidInputException("Intensities of " + low.size() +
				" channels cannot be mapped; one, two or three are needed.");
		for (int i = 0; i < low.size(); i++) {
			if (!(low.get(i) < high.get(i)))
				throw new InvalidInputException("The intensities " + low.get(i) + " to " + high.get(i) +
					" of channel " + (i + 1) + " are not a range. Choose another intensity range.");
		}
	}

	/** Channels of the image. */
	public int channels() {
		return low.size();
	}
}
