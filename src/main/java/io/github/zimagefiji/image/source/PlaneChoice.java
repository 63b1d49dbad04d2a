
package io.github.zimagefiji.image.source;

import ij.CompositeImage;
import ij.ImagePlus;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.fields.Key;
import io.github.zimagefiji.fields.RecordCodec;
import io.github.zimagefiji.fields.WrongValueException;
import io.github.zimagefiji.image.file.common.Planes;

/**
 * Which plane of a stack or hyperstack is meant. Positions count from 1, as ImageJ does; 0 stands
 * for the one that is shown, and in a file for the only one that there is.
 *
 * @param channel 0 for all channels together where an image of up to three is wanted, else for the
 *          one that is shown
 * @param slice along z
 * @param frame in time
 */
public record PlaneChoice(@Key(usual = "0", least = 0, most = 65535) int channel,
		@Key(usual = "0", least = 0, most = 65535) int slice,
		@Key(usual = "0", least = 0, most = 65535) int frame)
{

	/** What is on the screen. */
	public static final PlaneChoice SHOWN = new PlaneChoice(0, 0, 0);

	/** @throws InvalidInputException if a position is negative or above 65535 */
	public PlaneChoice {
		final String negative =
			channel < 0 ? "channel" : slice < 0 ? "slice" : frame < 0 ? "frame" : "";
		if (!negative.isEmpty()) throw new WrongValueException(negative, "Channel " + channel +
			", slice " + slice + " and frame " + frame + " are no positions; they count from 1.");
		RecordCodec.check(PlaneChoice.class, channel, slice, frame);
	}

	/** One channel of what is on the screen. */
	public static PlaneChoice ofChannel(final int channel) {
		return new PlaneChoice(channel, 0, 0);
	}

	/**
	 * The same choice with the positions in an image in place of 0.
	 *
	 * @throws InvalidInputException if the image does not have such a plane
	 */
	PlaneChoice in(final ImagePlus image) {
		// ImageJ's own getC() and others may be behind the current slice
		final int[] shown = image.convertIndexToPosition(image.getCurrentSlice());
		return new PlaneChoice(position(image, "channel", channel, shown[0], image.getNChannels()),
			position(image, "slice", slice, shown[1], image.getNSlices()),
			position(image, "frame", frame, shown[2], image.getNFrames()));
	}

	/**
	 * The channel of a file's image, which has one slice and frame.
	 *
	 * @throws InvalidInputException if there is no such channel, or if there are several of which
	 *           none is chosen
	 */
	ImagePlus channelOf(final ImagePlus image) {
		final int channels = image.getNChannels();
		final int c = Planes.only(image.getTitle(), "channel", channel, channels);
		if (channels == 1) return image;
		final ImagePlus made = new ImagePlus(image.getTitle(), image.getStack().getProcessor(c));
		made.setCalibration(image.getCalibration());
		made.setFileInfo(image.getOriginalFileInfo());
		if (image instanceof CompositeImage composite) made.setLut(composite.getChannelLut(c));
		return made;
	}

	private static int position(final ImagePlus image, final String axis, final int chosen,
		final int shown, final int count)
	{
		if (chosen > count) throw new InvalidInputException("The image \"" + image.getTitle() +
			"\" has no " + axis + " " + chosen + "; its last " + axis + " is " + count + ".");
		return chosen == 0 ? shown : chosen;
	}
}
