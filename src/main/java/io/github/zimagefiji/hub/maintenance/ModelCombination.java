
package io.github.zimagefiji.hub.maintenance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import io.github.zimagefiji.ModelInfo;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.hub.source.SafePath;
import io.github.zimagefiji.hub.store.ModelPlaces;
import io.github.zimagefiji.hub.store.StoredModels;
import io.github.zimagefiji.io.Folders;
import io.github.zimagefiji.io.IOReason;
import io.github.zimagefiji.model.folder.CombinationFile;
import io.github.zimagefiji.model.folder.ModelFolder;

/** Makes a model of files that were chosen one by one, as those for ComfyUI. */
public final class ModelCombination {

	private static final String TOKENIZER = "tokenizer.json";

	private ModelCombination() {
		// only static methods
	}

	/**
	 * Finds a part of a model that the user names.
	 *
	 * @param text a path, or the name of a download in the folder of models
	 * @param models the folder of models
	 * @return a file, or a folder in the layout of diffusers; of a folder with nothing but one file
	 *         of weights, or one tokenizer.json, that file
	 * @throws InvalidInputException if there is nothing of that name
	 */
	public static Path part(final String text, final Path models) {
		for (final Path place : List.of(path(text), models.resolve(path(text)))) {
			if (Files.exists(place)) return single(place);
		}
		throw new InvalidInputException("There is neither a file nor a folder " + text +
			", nor a download of that name in " + models + ". Correct the path.");
	}

	/**
	 * Opens the parts together and, if they fit, writes the file that names them.
	 *
	 * @param file to be written; its name ends with {@value CombinationFile#SUFFIX}
	 * @return what is known of the model
	 * @throws InvalidInputException if the parts are no model, if the file exists already, or if it
	 *           cannot be written
	 */
	public static ModelInfo write(final Path file, final CombinationFile combination) {
		final String name = String.valueOf(file.getFileName());
		if (!name.endsWith(CombinationFile.SUFFIX)) throw new InvalidInputException(
			"The name of " + file + " must end with " + CombinationFile.SUFFIX + ".");
		if (Files.exists(file, LinkOption.NOFOLLOW_LINKS))
			throw new InvalidInputException(file + " exists already. Remove it, or choose another name.");
		final ModelInfo info = tried(combination, name);
		combination.write(file);
		return info;
	}

	/**
	 * Looks whether parts fit together and could be a model of that name; nothing is written, and of
	 * weights only the headers are read.
	 *
	 * @param models the folder of models
	 * @param file the name of the model, or of the file
	 * @throws InvalidInputException if the parts are no model, or if there is a model of that name
	 */
	public static void check(final Path models, final String file,
		final CombinationFile combination)
	{
		tried(combination, free(models, file) + CombinationFile.SUFFIX);
	}

	/**
	 * The place of such a file in a folder of models, where the model can be chosen by its name.
	 *
	 * @param models made if it is not there
	 * @param file the name of the model, or of the file
	 * @throws InvalidInputException if there is a model of that name, or if the folder cannot be made
	 */
	public static Path fileIn(final Path models, final String file) {
		final String name = free(models, file);
		return SafePath.makeFolder(models).resolve(name + CombinationFile.SUFFIX);
	}

	/** The name, if no model of the folder has it. */
	private static String free(final Path models, final String file) {
		final boolean ends = file.toLowerCase(Locale.ROOT).endsWith(CombinationFile.SUFFIX);
		final String name = SafePath
			.checkName(ends ? file.substring(0, file.length() - CombinationFile.SUFFIX.length()) : file);
		final boolean taken = StoredModels.in(List.of(models)).models().stream()
			.anyMatch(each -> each.name().equalsIgnoreCase(name)) ||
			Files.exists(models.resolve(name), LinkOption.NOFOLLOW_LINKS);
		if (taken) throw new InvalidInputException("There is a model \"" + name + "\" in " + models +
			" already. Remove it, or choose another name.");
		return name;
	}

	/** A file that cannot be opened must never be seen among the models. */
	private static ModelInfo tried(final CombinationFile combination, final String name) {
		try {
			return opened(combination, name);
		}
		catch (final IOException e) {
			throw new InvalidInputException("The parts could not be tried: " + IOReason.of(e) +
				". Make room in the folder for temporary files.", e);
		}
	}

	private static ModelInfo opened(final CombinationFile combination, final String name)
		throws IOException
	{
		final Path folder = Files.createTempDirectory("zimage-");
		final Path file = folder.resolve(name);
		try {
			combination.write(file);
			return ModelFolder.open(file).info();
		}
		catch (final InvalidInputException e) {
			// The sentence must not name a file that is gone.
			throw new InvalidInputException(e.getMessage().replace(file.toString(), name), e);
		}
		finally {
			Files.deleteIfExists(file);
			Files.deleteIfExists(folder);
		}
	}

	private static Path single(final Path place) {
		if (!Files.isDirectory(place) || Files.isRegularFile(place.resolve("config.json")) ||
			ModelPlaces.isModel(place)) return place;
		final List<Path> files = Folders.files(place);
		final List<Path> weights =
			files.stream().filter(file -> file.toString().endsWith(".safetensors")).toList();
		if (weights.size() == 1) return weights.get(0);
		final List<Path> words = files.stream().filter(file -> file.endsWith(TOKENIZER)).toList();
		return weights.isEmpty() && words.size() == 1 ? words.get(0) : place;
	}

	private static Path path(final String text) {
		try {
			if (!text.isBlank()) return Path.of(text);
		}
		catch (final InvalidPathException e) {
			// the sentence below says it
		}
		throw new InvalidInputException("\"" + text + "\" is no path. Name a file or a folder.");
	}
}
