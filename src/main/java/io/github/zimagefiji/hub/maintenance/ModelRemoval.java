
package io.github.zimagefiji.hub.maintenance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.UUID;

import io.github.zimagefiji.Progress;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.hub.source.SafePath;
import io.github.zimagefiji.hub.store.ModelLock;
import io.github.zimagefiji.hub.store.ModelManifest;
import io.github.zimagefiji.hub.store.ModelPlaces;
import io.github.zimagefiji.hub.store.ModelReference;
import io.github.zimagefiji.hub.store.Staging;
import io.github.zimagefiji.io.FileFailedException;
import io.github.zimagefiji.io.Folders;
import io.github.zimagefiji.model.folder.CombinationFile;
import io.github.zimagefiji.request.Stage;

/** Removes models of the folder of models, and nothing else. */
public final class ModelRemoval {

	private ModelRemoval() {
		// only static methods
	}

	/**
	 * Removes a model: first it gets another, hidden name, in one step, then its files go. Of a model
	 * that is used where it lies, of a link and of a combination of files, only that itself goes. A
	 * download that was begun is removed as well.
	 *
	 * @param models the folder of models
	 * @param name of a model in it
	 * @throws InvalidInputException if there is no such model there, or if it is in use
	 */
	public static void remove(final Path models, final String name, final Progress progress) {
		SafePath.checkName(name);
		if (!Files.isDirectory(models)) throw unknown(models, name);
		final Path model = models.resolve(name);
		final Path reference = ModelReference.file(models, name);
		final Path begun = Staging.root(models, name);
		final Path combination = models.resolve(name + CombinationFile.SUFFIX);
		if (!exists(model) && !exists(reference) && !exists(begun) && !exists(combination))
			throw unknown(models, name);
		try (ModelLock lock = ModelLock.acquire(models, name, Stage.DOWNLOAD, progress)) {
			Files.deleteIfExists(reference);
			// Of two with one name the folder is the one that can be chosen.
			if (!exists(model)) Files.deleteIfExists(combination);
			Folders.delete(begun);
			if (Files.isSymbolicLink(model)) Files.delete(model);
			else if (exists(model)) removeFolder(models, model);
		}
		catch (final IOException e) {
			throw new FileFailedException(models,
				"The model " + name + " cannot be removed from " + models, e,
				"Close other programs that use it, and check the permissions.");
		}
	}

	private static void removeFolder(final Path models, final Path model) throws IOException {
		// What is no model may be anything of the user's.
		if (!Files.exists(model.resolve(ModelManifest.NAME)) && !ModelPlaces.isModel(model))
			throw new InvalidInputException(model + " is not a model. Nothing was removed.");
		final Path hidden = models.resolve(Staging.FOLDER).resolve("removed-" + UUID.randomUUID());
		Folders.rename(model, hidden);
		Folders.delete(hidden);
	}

	private static boolean exists(final Path path) {
		return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
	}

	private static InvalidInputException unknown(final Path models, final String name) {
		return new InvalidInputException("There is no model \"" + name + "\" in " + models +
			". Only models of that folder can be removed.");
	}
}
