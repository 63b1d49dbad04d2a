
package io.github.zimagefiji.hub.maintenance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.zimagefiji.Progress;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.hub.store.ByteProgress;
import io.github.zimagefiji.hub.store.NotedFile;
import io.github.zimagefiji.request.Stage;

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
	 * @param model its folder, or a combination file, whose files are then named in full
	 * @throws InvalidInputException if the folder cannot be read
	 * @throws io.github.zimagefiji.error.RunCanceledException if progress says so
	 */
	public static ModelCheck of(final Path model, final Progress progress) {
		if (!Files.exists(model)) throw new InvalidInputException("There is no folder " + model + ".");
		final Map<String, NotedFile> files = NotedFile.in(model);
		final List<String> right = new ArrayList<>();
		final Map<String, String> wrong = new LinkedHashMap<>();
		final List<String> unknown = new ArrayList<>();
		final ByteProgress meter = new ByteProgress(Stage.VERIFY, bytes(files), progress);
		files.forEach((name, file) -> {
			final Optional<String> problem = file.isKnown() ? file.problem(meter) : Optional.empty();
			if (problem.isPresent()) wrong.put(name, problem.get());
			else(file.isKnown() ? right : unknown).add(name);
		});
		progress.update(Stage.VERIFY, 1, "");
		return new ModelCheck(right, wrong, unknown);
	}

	/**
	 * What came out, one line for each file that is wrong or unknown, and one with the numbers.
	 */
	public List<String> report() {
		final List<String> lines = new ArrayList<>();
		wrong.forEach((file, problem) -> lines.add(file + " " + problem + "."));
		unknown.forEach(file -> lines.add(file + " has no hash to compare it with."));
		lines.add("Right: " + right.size() + ", wrong: " + wrong.size() + ", without a hash: " +
			unknown.size() + ".");
		return lines;
	}

	private static long bytes(final Map<String, NotedFile> files) {
		return files.values().stream().filter(NotedFile::isKnown)
			.mapToLong(each -> each.file().toFile().length()).sum();
	}
}
