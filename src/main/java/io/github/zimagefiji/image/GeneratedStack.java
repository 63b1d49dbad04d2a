
package io.github.zimagefiji.image;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ImageProcessor;
import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.provenance.ProvenanceText;

/**
 * Puts planes of generated images together: one as a single image, several as a stack, with title,
 * labels and Info.
 */
final class GeneratedStack {

	private static final Pattern LABEL = Pattern.compile("seed (\\d{1,19})");

	private GeneratedStack() {
		// only static methods
	}

	/**
	 * Makes the image.
	 *
	 * @param images at least one, all of the same size
	 * @param planes the channels of one of them, the same number for each
	 * @throws InvalidInputException if there is no image, or if sizes differ
	 */
	static ImagePlus of(final List<GeneratedImage> images,
		final Function<GeneratedImage, List<ImageProcessor>> planes)
	{
		checkSizes(images);
		final ImagePlus made = put(images, planes);
		made.setProperty("Info",
			ProvenanceText.write(images.stream().map(GeneratedImage::provenance).toList()));
		return made;
	}

	private static void checkSizes(final List<GeneratedImage> images) {
		if (images.isEmpty())
			throw new InvalidInputException("There is no image to show. Generate at least one.");
		final GeneratedImage first = images.get(0);
		for (final GeneratedImage image : images) {
			if (image.width() == first.width() && image.height() == first.height()) continue;
			throw new InvalidInputException(
				"Images of " + first.width() + " × " + first.height() + " and of " + image.width() + " × " +
					image.height() + " pixels cannot be in one stack. Show them one by one.");
		}
	}

	private static ImagePlus put(final List<GeneratedImage> images,
		final Function<GeneratedImage, List<ImageProcessor>> planes)
	{
		final String title = ImageTitle.of(images);
		final ImageStack stack = new ImageStack(images.get(0).width(), images.get(0).height());
		for (final GeneratedImage image : images) {
			final List<ImageProcessor> channels = planes.apply(image);
			if (images.size() == 1 && channels.size() == 1) return new ImagePlus(title, channels.get(0));
			for (final ImageProcessor channel : channels)
				stack.addSlice(label(image.provenance().request().seed()), channel);
		}
		final ImagePlus plus = new ImagePlus(title, stack);
		plus.setDimensions(stack.size() / images.size(), images.size(), 1);
		return plus;
	}

	/**
	 * The label of a plane, {@code seed N}: it moves along when slices are sorted, deleted or copied.
	 */
	static String label(final long seed) {
		return "seed " + seed;
	}

	/** The seed in a label; nothing if it is null or another text. */
	static OptionalLong seed(final String label) {
		final Matcher matcher = LABEL.matcher(label == null ? "" : label);
		if (!matcher.matches()) return OptionalLong.empty();
		try {
			return OptionalLong.of(Long.parseLong(matcher.group(1)));
		}
		catch (final NumberFormatException e) {
			// nineteen digits, but above 2^63-1: nobody's seed
			return OptionalLong.empty();
		}
	}
}
