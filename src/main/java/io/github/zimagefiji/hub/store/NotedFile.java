
package io.github.zimagefiji.hub.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.zimagefiji.hub.store.ModelManifest.FileNote;
import io.github.zimagefiji.io.Folders;
import io.github.zimagefiji.io.IOReason;
import io.github.zimagefiji.model.folder.CombinationFile;
import io.github.zimagefiji.weights.KnownSha256;

/**
 * A file of a model with the hashes that were noted when it came.
 *
 * @param file where it lies
 * @param sha256 64 lower-case hexadecimal digits; null if none was noted
 * @param original the hash of what it was before it was narrowed; null if it was not
 */
public record NotedFile(Path file, String sha256, String original) {

	/** How far above a downloaded file the note of its download may lie. */
	private static final int LEVELS = 4;

	/** What a model's folder notes of one of its files. */
	private static NotedFile of(final Path model, final String path, final FileNote note) {
		return new NotedFile(model.resolve(path), note.sha256(),
			note.original() == null ? null : note.original().sha256());
	}

	/** Whether there is something to compare it with. */
	public boolean isKnown() {
		return sha256 != null;
	}

	/**
	 * Reads the file and compares its hash. A file that is being narrowed may be the one before or
	 * the one after.
	 *
	 * @return the end of a sentence about what is wrong with it; nothing if it is right
	 */
	public Optional<String> problem(final ByteProgress meter) {
		if (!file.toFile().isFile()) return Optional.of("is missing");
		try {
			final String now = ContentDigest.sha256(file, count -> {
				meter.add(count);
				meter.tell();
			});
			if (now.equals(sha256) || now.equals(original)) return Optional.empty();
			return Optional.of("is damaged: its SHA-256 is " + now + ", but should be " + sha256);
		}
		catch (final IOException e) {
			return Optional.of("cannot be read: " + IOReason.of(e));
		}
	}

	/**
	 * Finds all files of a model, whatever its form.
	 *
	 * @param place a model's folder, or a combination file
	 * @return by name for people: the path relative to the folder, or in full for a combination,
	 *         whose files may lie anywhere
	 */
	public static Map<String, NotedFile> in(final Path place) {
		final Optional<Path> combination = CombinationFile.locate(place);
		return combination.isPresent() ? ofCombination(combination.get()) : ofFolder(place);
	}

	private static Map<String, NotedFile> ofFolder(final Path model) {
		final Map<String, NotedFile> result = new LinkedHashMap<>();
		final Map<String, FileNote> notes = ModelManifest.filesIn(model);
		sha256In(model).forEach((path, sha256) -> result.put(path, notes.containsKey(path)
			? of(model, path, notes.get(path)) : new NotedFile(model.resolve(path), sha256, null)));
		namesIn(model)
			.forEach(path -> result.putIfAbsent(path, new NotedFile(model.resolve(path), null, null)));
		return result;
	}

	private static Map<String, NotedFile> ofCombination(final Path combination) {
		final Map<String, NotedFile> result = new LinkedHashMap<>();
		for (final Path part : parts(CombinationFile.read(combination))) {
			final List<Path> files = Files.isDirectory(part) ? Folders.files(part) : List.of(part);
			files.forEach(file -> result.put(file.toString(), lookUp(file)));
		}
		return result;
	}

	/** The places of the four parts of a combination. */
	private static List<Path> parts(final CombinationFile combination) {
		return List.of(combination.transformer(), combination.textEncoder(), combination.autoencoder(),
			combination.tokenizer());
	}

	/** The note may be in any folder above the file. */
	private static NotedFile lookUp(final Path file) {
		Path folder = file.getParent();
		for (int level = 0; level < LEVELS && folder != null; level++) {
			final Map<String, FileNote> notes = ModelManifest.filesIn(folder);
			final String path = folder.relativize(file).toString().replace('\\', '/');
			if (notes.containsKey(path)) return of(folder, path, notes.get(path));
			folder = folder.getParent();
		}
		return new NotedFile(file, KnownSha256.of(file).orElse(null), null);
	}

	/** The files that belong to a model, relative, with slashes. */
	public static List<String> namesIn(final Path model) {
		return Folders.files(model).stream()
			.map(file -> model.relativize(file).toString().replace('\\', '/'))
			.filter(WantedFiles::ofModel).toList();
	}

	/**
	 * SHA-256 by relative path, from this program's manifest or else from the notes of Hugging Face's
	 * programs.
	 */
	public static Map<String, String> sha256In(final Path model) {
		final Map<String, String> result = new LinkedHashMap<>();
		final Optional<ModelManifest> manifest = ModelManifest.read(model);
		manifest
			.ifPresent(noted -> noted.files().forEach((path, file) -> result.put(path, file.sha256())));
		if (manifest.isEmpty()) namesIn(model).forEach(
			path -> KnownSha256.of(model.resolve(path)).ifPresent(hash -> result.put(path, hash)));
		return result;
	}
}
