
package io.github.zimagefiji.dataset.plan;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.zimagefiji.error.InvalidInputException;

/** Which image belongs to which labels, by the names of their files. */
final class ImagePairs {

	private ImagePairs() {
		// only static methods
	}

	/**
	 * Demands that no two label files are called the same but for their endings: as labels of one
	 * image, they could come into two splits.
	 *
	 * @throws InvalidInputException if two are
	 */
	static void checkBases(final Path folder, final List<String> names) {
		final Map<String, String> bases = new HashMap<>();
		for (final String name : names) {
			final String other = bases.put(base(name), name);
			if (other != null) throw new InvalidInputException("The folder " + folder + " holds " +
				other + " and " + name + ", which would be labels of the same image. Remove one of them.");
		}
	}

	/**
	 * The image of each label file: the one of the same name, or the only one that differs in nothing
	 * but its ending.
	 *
	 * @param labels names of the label files
	 * @param folder of the images
	 * @param images names of its images
	 * @throws InvalidInputException if there is none, or more than one
	 */
	static Map<String, Path> of(final List<String> labels, final Path folder,
		final List<String> images)
	{
		final Set<String> names = Set.copyOf(images);
		final Map<String, List<String>> byBase =
			images.stream().collect(Collectors.groupingBy(ImagePairs::base));
		final Map<String, Path> pairs = new HashMap<>();
		for (final String label : labels) {
			final List<String> suitable =
				names.contains(label) ? List.of(label) : byBase.getOrDefault(base(label), List.of());
			if (suitable.size() != 1) throw new InvalidInputException(
				"For the labels " + label + ", the folder " + folder + " holds " +
					(suitable.isEmpty() ? "no image. Add \"" + base(label) + ".tif\""
						: "the images " + String.join(", ", suitable) + ". Leave one of them") +
					", or remove the labels.");
			pairs.put(label, folder.resolve(suitable.get(0)));
		}
		return pairs;
	}

	private static String base(final String name) {
		return name.substring(0, name.lastIndexOf('.'));
	}
}
