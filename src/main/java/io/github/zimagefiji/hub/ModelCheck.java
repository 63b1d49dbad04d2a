package io.github.zimagefiji.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.zimagefiji.IOReason;
import io.github.zimagefiji.InvalidInputException;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.Stage;

/**
 * What became of a model's files since they were downloaded.
 *
 * @param right files that have the hash that was noted, by relative path with slashes
 * @param wrong files that are damaged or missing, with the end of a sentence that says so
 * @param unknown files of the model for which no hash was noted
 */
public record ModelCheck(List<String> right, Map<String, String> wrong, List<String> unknown) {

	/** Whether nothing is wrong, which says little if most is unknown. */
	public boolean isGood() {
		return wrong.isEmpty();
	}

	/**
	 * Reads every file of a model again.
	 *
	 * @param model its folder
	 * @throws InvalidInputException if the folder cannot be read
	 * @throws io.github.zimagefiji.RunCanceledException if progress says so
	 */
	public static ModelCheck of(final Path model, final Progress progress) {
		if (!Files.isDirectory(model)) throw new InvalidInputException("There is no folder " + model + ".");
		final Map<String, String> noted = KnownFiles.sha256(model);
		final Map<String, ManifestFile> before = ModelManifest.read(model).map(ModelManifest::files).orElse(Map.of());
		final List<String> right = new ArrayList<>();
		final Map<String, String> wrong = new LinkedHashMap<>();
		final Meter meter = new Meter(Stage.VERIFY, bytes(model, noted), progress);
		noted.forEach((path, expected) -> {
			final Optional<String> problem = problem(model.resolve(path), expected, Optional.ofNullable(before.get(path)).map(
				ManifestFile::original).map(ManifestFile::sha256), meter);
			if (problem.isPresent()) wrong.put(path, problem.get());
			else right.add(path);
		});
		final List<String> unknown = KnownFiles.ofModel(model).stream().filter(path -> !noted.containsKey(path)).toList();
		progress.update(Stage.VERIFY, 1, "");
		return new ModelCheck(right, wrong, unknown);
	}

	/** A file that is being narrowed may be the one before or the one after. */
	private static Optional<String> problem(final Path file, final String expected, final Optional<String> original,
		final Meter meter)
	{
		if (!Files.isRegularFile(file)) return Optional.of("is missing");
		try {
			final String sha256 = ContentDigest.sha256(file, count -> {
				meter.add(count);
				meter.tell();
			});
			if (sha256.equals(expected) || original.filter(sha256::equals).isPresent()) return Optional.empty();
			return Optional.of("is damaged: its SHA-256 is " + sha256 + ", but should be " + expected);
		}
		catch (final IOException e) {
			return Optional.of("cannot be read: " + IOReason.of(e));
		}
	}

	private static long bytes(final Path model, final Map<String, String> noted) {
		return noted.keySet().stream().mapToLong(path -> model.resolve(path).toFile().length()).sum();
	}
}
