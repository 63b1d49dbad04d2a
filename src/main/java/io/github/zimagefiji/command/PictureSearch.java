
package io.github.zimagefiji.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import ij.ImagePlus;
import io.github.zimagefiji.command.common.OpenImage;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.ControlPreprocessor;
import io.github.zimagefiji.image.SourceImage;
import io.github.zimagefiji.image.source.LabelImage;
import io.github.zimagefiji.image.source.MaskSource;
import io.github.zimagefiji.image.source.PlaneChoice;
import io.github.zimagefiji.request.Conditions;
import io.github.zimagefiji.request.InputImage;
import io.github.zimagefiji.request.InputMask;
import io.github.zimagefiji.request.IntensityRange;

/**
 * Finds, among the images that are open, those that another one was made from: by the digest of
 * what they become, so that neither a title nor a change of pixels misleads.
 */
final class PictureSearch {

	private static final Pattern LABEL = Pattern.compile(", label (\\d+)$");

	private final List<ImagePlus> open;

	PictureSearch(final List<ImagePlus> open) {
		this.open = open;
	}

	/** An image, and the values with which it becomes the input. */
	record Found(ImagePlus image, Map<String, Object> values) {}

	/**
	 * The image behind an input, with {@code channel} and {@code intensity}.
	 *
	 * @throws InvalidInputException if it is not open as it was, with its title
	 */
	Found image(final Conditions.Input input) {
		final IntensityRange range = input.mapping().range();
		for (final ImagePlus each : candidates(input)) {
			for (int channel = 0; channel <= each.getNChannels(); channel++) {
				final PlaneChoice plane = PlaneChoice.ofChannel(channel);
				if (is(input, () -> SourceImage.of(each, range, plane).input()))
					return new Found(each, Map.of("channel", channel, "intensity", range.label()));
			}
		}
		throw missing(input);
	}

	/**
	 * The image behind a control picture, with {@code preprocessor} beside the others.
	 */
	Found control(final Conditions.Input input) {
		for (final ImagePlus each : candidates(input)) {
			for (final ControlPreprocessor kind : ControlPreprocessor.values()) {
				for (final IntensityRange range : IntensityRange.values()) {
					if (is(input, () -> kind.make(each, range, PlaneChoice.SHOWN))) return new Found(each,
						Map.of("preprocessor", kind.label(), "intensity", range.label()));
				}
			}
		}
		throw missing(input);
	}

	/**
	 * The values that say where to paint.
	 *
	 * @param target the image that was painted into
	 */
	Map<String, Object> mask(final Conditions.Input input, final ImagePlus target) {
		if (target.getRoi() != null && isMask(input, () -> MaskSource.ofSelection(target)))
			return Map.of("mask_from", "selection");
		final Matcher label = LABEL.matcher(input.name());
		final int number = label.find() ? Integer.parseInt(label.group(1)) : 0;
		for (final ImagePlus each : candidates(input)) {
			final Map<String, Object> values =
				new LinkedHashMap<>(Map.of("mask", new OpenImage(each), "label", number));
			values.put("mask_from", "labels");
			if (isMask(input, () -> labels(each, number))) return values;
			values.put("mask_from", "mask");
			if (isMask(input, () -> MaskSource.ofMask(each, PlaneChoice.SHOWN))) return values;
		}
		throw missing(input);
	}

	private static InputMask labels(final ImagePlus image, final int label) {
		final LabelImage labels = LabelImage.of(image, PlaneChoice.SHOWN);
		return label == 0 ? MaskSource.ofLabels(labels) : MaskSource.ofLabel(labels, label);
	}

	/** Those of the same title first. */
	private List<ImagePlus> candidates(final Conditions.Input input) {
		final List<ImagePlus> result = new ArrayList<>();
		for (final ImagePlus each : open) {
			if (each.getWidth() != input.width() || each.getHeight() != input.height()) continue;
			if (each.getTitle().equals(input.name())) result.add(0, each);
			else result.add(each);
		}
		return result;
	}

	private static boolean is(final Conditions.Input input, final Supplier<InputImage> made) {
		try {
			return made.get().sha256().equals(input.sha256());
		}
		catch (final InvalidInputException e) {
			return false;
		}
	}

	private static boolean isMask(final Conditions.Input input, final Supplier<InputMask> made) {
		try {
			return made.get().sha256().equals(input.sha256());
		}
		catch (final InvalidInputException e) {
			return false;
		}
	}

	private static InvalidInputException missing(final Conditions.Input input) {
		return new InvalidInputException("This image was made from \"" + input.name() + "\" (" +
			input.role() + ", " + input.width() + " × " + input.height() +
			" pixels), which is not open as it was then. Open it, show the same slice with the " +
			"same selection, brightness and contrast, then choose Make Again... once more.");
	}
}
