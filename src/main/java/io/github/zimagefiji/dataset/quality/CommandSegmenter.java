
package io.github.zimagefiji.dataset.quality;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import io.github.zimagefiji.Progress;
import io.github.zimagefiji.dataset.output.DatasetImage;
import io.github.zimagefiji.dataset.output.ItemTiff;
import io.github.zimagefiji.dataset.recipe.SegmentationCommand;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.source.LabelPlane;
import io.github.zimagefiji.image.source.PlaneChoice;
import io.github.zimagefiji.io.Folders;
import io.github.zimagefiji.io.IOReason;

/**
 * Segments by a program of the user's. For each image it is started in a new folder, which is
 * removed afterwards, with the image as {@code image.tif}; it must write its labels to
 * {@code labels.tif}, as a TIFF or PNG file.
 */
final class CommandSegmenter implements Segmenter {

	private final SegmentationCommand command;

	CommandSegmenter(final SegmentationCommand command) {
		this.command = command;
	}

	@Override
	public FoundObjects find(final DatasetImage image, final Progress progress) {
		try {
			final Path folder = Files.createTempDirectory("zimage-segmentation-");
			try {
				return find(image, folder, progress);
			}
			finally {
				remove(folder);
			}
		}
		catch (final IOException e) {
			throw new InvalidInputException(
				"The folder for the segmentation command's files cannot be used: " + IOReason.of(e) +
					". Make room for temporary files.",
				e);
		}
	}

	private FoundObjects find(final DatasetImage image, final Path folder, final Progress progress) {
		final Path source = folder.resolve("image.tif");
		final Path result = folder.resolve("labels.tif");
		ItemTiff.image(source, image);
		final ExternalProgram program = new ExternalProgram(
			command.on(source.toString(), result.toString()), folder, command.timeout());
		program.run(progress);
		if (!Files.exists(result))
			throw program.failed("wrote no labels to " + SegmentationCommand.LABELS);
		final LabelPlane found = read(result, program);
		if (found.width() != image.width() || found.height() != image.height())
			throw program.failed("wrote labels of " + found.width() + " × " + found.height() +
				" pixels for an image of " + image.width() + " × " + image.height());
		return objects(found.labels());
	}

	private static void remove(final Path folder) {
		try {
			Folders.delete(folder);
		}
		catch (final IOException | UncheckedIOException e) {
			// something that was told to end still holds a file; temporary files are
			// removed by the system one day
		}
	}

	private static LabelPlane read(final Path result, final ExternalProgram program) {
		try {
			return LabelPlane.open(result, PlaneChoice.SHOWN);
		}
		catch (final InvalidInputException e) {
			throw program.failed("wrote no label image: " + e.getMessage());
		}
	}

	private static FoundObjects objects(final int[] labels) {
		final int[] known =
			Arrays.stream(labels).filter(label -> label > 0).distinct().sorted().toArray();
		final boolean[] foreground = new boolean[labels.length];
		final int[] numbers = new int[labels.length];
		for (int i = 0; i < labels.length; i++) {
			foreground[i] = labels[i] > 0;
			numbers[i] = foreground[i] ? Arrays.binarySearch(known, labels[i]) + 1 : 0;
		}
		return new FoundObjects(foreground, numbers, known.length);
	}
}
