
package io.github.zimagefiji.hub.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.zimagefiji.model.folder.CombinationFile;
import io.github.zimagefiji.weights.KnownSha256;

/** All files of a model, whatever its form, with what was noted of them. */
public final class NotedFiles {

	/** How far above a downloaded file the note of its download may lie. */
	private static final int LEVELS = 4;

	private NotedFiles() {
		// only static methods
	}

	/**
	 * Finds the files.
	 *
	 * @param place a model's folder, or a combination file
	 * @return by name for people: the path relative to the folder, or in full for a combination,
	 *         whose files may lie anywhere
	 */
	public static Map<String, NotedFile> of(final Path place) {
		final Optional<Path> combination = CombinationFile.locate(place);
		return combination.isPresent() ? ofCombination(combination.get()) : ofFolder(place);
	}

	private static Map<String, NotedFile> ofFolder(final Path model) {
		final Map<String, NotedFile> result = new LinkedHashMap<>();
		final Map<String, ManifestFile> notes =
			ModelManifest.read(model).map(ModelManifest::files).orElse(Map.of());
		KnownFiles.sha256(model)
			.forEach((path, sha256) -> result.put(path,
				notes.containsKey(path) ? NotedFile.of(model, path, notes.get(path))
					: new NotedFile(model.resolve(path), sha256, null)));
		KnownFiles.ofModel(model)
			.forEach(path -> result.putIfAbsent(path, new NotedFile(model.resolve(path), null, null)));
		return result;
	}

	private static Map<String, NotedFile> ofCombination(final Path combination) {
		final Map<String, NotedFile> result = new LinkedHashMap<>();
		for (final Path part : parts(CombinationFile.read(combination))) {
			final List<Path> files = Files.isDirectory(part) ? WholeModel.files(part) : List.of(part);
			files.forEach(file -> result.put(file.toString(), lookUp(file)));
		}
		return result;
	}

	/** The places of the four parts of a combination. */
	static List<Path> parts(final CombinationFile combination) {
		return List.of(combination.transformer(), combination.textEncoder(), combination.autoencoder(),
			combination.tokenizer());
	}

	/** The note may be in any folder above the file. */
	private static NotedFile lookUp(final Path file) {
		Path folder = file.getParent();
		for (int level = 0; level < LEVELS && folder != null; level++) {
			final Map<String, ManifestFile> notes =
				ModelManifest.read(folder).map(ModelManifest::files).orElse(Map.of());
			final String path = folder.relativize(file).toString().replace('\\', '/');
			if (notes.containsKey(path)) return NotedFile.of(folder, path, notes.get(path));
			folder = folder.getParent();
		}
		return new NotedFile(file, KnownSha256.of(file).orElse(null), null);
	}
}
