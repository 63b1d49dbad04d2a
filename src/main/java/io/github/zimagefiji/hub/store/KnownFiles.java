
package io.github.zimagefiji.hub.store;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.zimagefiji.weights.KnownSha256;

/**
 * The files of a model's folder and the hashes that were noted when they were downloaded.
 */
public final class KnownFiles {

	private KnownFiles() {
		// only static methods
	}

	/** The files that belong to a model, relative, with slashes. */
	public static List<String> ofModel(final Path model) {
		return WholeModel.files(model).stream()
			.map(file -> model.relativize(file).toString().replace('\\', '/'))
			.filter(WantedFiles::ofModel).toList();
	}

	/**
	 * SHA-256 by relative path, from this program's manifest or else from the notes of Hugging Face's
	 * programs.
	 */
	public static Map<String, String> sha256(final Path model) {
		final Map<String, String> result = new LinkedHashMap<>();
		final Optional<ModelManifest> manifest = ModelManifest.read(model);
		manifest
			.ifPresent(noted -> noted.files().forEach((path, file) -> result.put(path, file.sha256())));
		if (manifest.isEmpty()) ofModel(model).forEach(
			path -> KnownSha256.of(model.resolve(path)).ifPresent(hash -> result.put(path, hash)));
		return result;
	}
}
