
package io.github.zimagefiji.hub.store;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.io.Folders;
import io.github.zimagefiji.model.folder.CombinationFile;
import io.github.zimagefiji.model.folder.ModelFolder;
import io.github.zimagefiji.weights.Checkpoint;

/**
 * What of the files on this disk is a model: those that lie side by side in a folder, such as
 * {@code models/z-image} in the Fiji folder, and whether one is whole.
 */
public final class ModelPlaces {

	private ModelPlaces() {
		// only static methods
	}

	/**
	 * Whether a folder looks like a model, having the index or the transformer of one; or whether it
	 * is, or holds, a file that names the files of one.
	 */
	public static boolean isModel(final Path place) {
		return Files.isRegularFile(place.resolve("model_index.json")) ||
			Files.isDirectory(place.resolve("transformer")) || isCombination(place);
	}

	/** Whether a model is put together from files by {@link CombinationFile}. */
	public static boolean isCombination(final Path place) {
		return CombinationFile.locate(place).isPresent();
	}

	/**
	 * What a model is called: the name of its folder, or that of its file without the ending.
	 */
	static String name(final Path place) {
		final String name = place.getFileName().toString();
		return Files.isDirectory(place) ? name
			: name.substring(0, name.length() - CombinationFile.SUFFIX.length());
	}

	/** The sub-folders that look like models, then the combination files. */
	static List<Path> modelsIn(final Path parent) {
		final List<Path> result = new ArrayList<>(foldersIn(parent));
		result.addAll(entries(parent, each -> Files.isRegularFile(each) && isCombination(each)));
		result.removeIf(each -> each.getFileName().toString().startsWith(".") || !isModel(each));
		return result;
	}

	/** All sub-folders; none if the folder is not there or cannot be read. */
	public static List<Path> foldersIn(final Path parent) {
		return entries(parent, Files::isDirectory);
	}

	private static List<Path> entries(final Path parent, final DirectoryStream.Filter<Path> wanted) {
		final List<Path> result = new ArrayList<>();
		if (!Files.isDirectory(parent)) return result;
		try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent, wanted)) {
			entries.forEach(result::add);
		}
		catch (final IOException | DirectoryIteratorException e) {
			// What cannot be read cannot be offered; the folder may be a network
			// drive that went away.
			return List.of();
		}
		return result;
	}

	/**
	 * Looks at a folder that came from a host, by all headers and settings, without loading weights:
	 * a model in the layout of diffusers, or files of weights.
	 *
	 * @throws InvalidInputException if something is missing or cannot be used
	 */
	public static void check(final Path folder) {
		if (isModel(folder)) ModelFolder.open(folder);
		else Folders.files(folder).stream().filter(file -> file.toString().endsWith(".safetensors"))
			.forEach(Checkpoint::openFile);
	}

	/**
	 * Looks at a folder that the user chose in the same way.
	 *
	 * @throws InvalidInputException if it is not one whole model
	 */
	public static void checkModel(final Path folder) {
		if (Files.isDirectory(folder) && !isModel(folder)) {
			final List<Path> inside = modelsIn(folder);
			if (inside.size() > 1) throw new InvalidInputException(folder +
				" holds " + inside.size() + " models (" + inside.stream()
					.map(each -> each.getFileName().toString()).sorted().collect(Collectors.joining(", ")) +
				"). Choose the folder of one of them.");
			if (inside.size() == 1) throw new InvalidInputException(
				folder + " is not a model itself. Choose the folder " + inside.get(0) + " in it.");
		}
		ModelFolder.open(folder);
	}
}
