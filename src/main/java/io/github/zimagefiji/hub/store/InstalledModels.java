
package io.github.zimagefiji.hub.store;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.zimagefiji.model.folder.CombinationFile;

/**
 * Finds the models that lie side by side in a folder, such as {@code models/z-image} in the Fiji
 * folder.
 */
public final class InstalledModels {

	private InstalledModels() {
		// only static methods
	}

	/**
	 * Lists the models of folders, and those that are referred to there. Only names are looked at;
	 * whether a model is whole is found out when it is chosen. Hidden folders are not listed: models
	 * come together in one.
	 *
	 * @param parents folders whose sub-folders are models; those that are not there or cannot be read
	 *          hold none, and of two models with the same name the first counts
	 * @return by name, without regard to case
	 */
	public static List<InstalledModel> in(final List<Path> parents) {
		final Map<String, InstalledModel> found = new LinkedHashMap<>();
		for (final Path parent : parents) {
			for (final Path folder : modelsIn(parent)) {
				final String name = name(folder);
				found.putIfAbsent(name, new InstalledModel(name, folder, InstalledModel.Origin.INSTALLED));
			}
			ModelReference.in(parent).forEach((name, folder) -> {
				if (isModel(folder)) found.putIfAbsent(name,
					new InstalledModel(name, folder, InstalledModel.Origin.INSTALLED));
			});
		}
		return found.values().stream()
			.sorted(Comparator.comparing(InstalledModel::name, String.CASE_INSENSITIVE_ORDER)).toList();
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
}
