
package io.github.zimagefiji.hub.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.io.IOReason;
import io.github.zimagefiji.model.folder.ModelFolder;
import io.github.zimagefiji.weights.Checkpoint;

/**
 * Looks whether a folder holds what can be run, by all headers and settings, without loading
 * weights.
 */
public final class WholeModel {

	private WholeModel() {
		// only static methods
	}

	/**
	 * A folder that came from a host: a model in the layout of diffusers, or files of weights.
	 *
	 * @throws InvalidInputException if something is missing or cannot be used
	 */
	public static void check(final Path folder) {
		if (InstalledModels.isModel(folder)) ModelFolder.open(folder);
		else files(folder).stream().filter(file -> file.toString().endsWith(".safetensors"))
			.forEach(Checkpoint::openFile);
	}

	/**
	 * A folder that the user chose.
	 *
	 * @throws InvalidInputException if it is not one whole model
	 */
	public static void checkModel(final Path folder) {
		if (Files.isDirectory(folder) && !InstalledModels.isModel(folder)) {
			final List<Path> inside = InstalledModels.modelsIn(folder);
			if (inside.size() > 1) throw new InvalidInputException(folder +
				" holds " + inside.size() + " models (" + inside.stream()
					.map(each -> each.getFileName().toString()).sorted().collect(Collectors.joining(", ")) +
				"). Choose the folder of one of them.");
			if (inside.size() == 1) throw new InvalidInputException(
				folder + " is not a model itself. Choose the folder " + inside.get(0) + " in it.");
		}
		ModelFolder.open(folder);
	}

	/** All files below a folder, links to files included. */
	public static List<Path> files(final Path folder) {
		try (Stream<Path> paths = Files.walk(folder)) {
			return paths.filter(Files::isRegularFile).sorted().toList();
		}
		catch (final IOException e) {
			throw new InvalidInputException(
				"The folder " + folder + " cannot be read: " + IOReason.of(e) + ". Check its permissions.",
				e);
		}
	}
}
