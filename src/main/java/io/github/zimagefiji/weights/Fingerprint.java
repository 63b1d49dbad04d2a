
package io.github.zimagefiji.weights;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.io.Sha256;

/**
 * A short name for the weights of a model that changes when they do, found without reading
 * gigabytes. It does not depend on the computer or on the folder in which the model lies.
 *
 * @param hex SHA-256 as 64 lower-case hexadecimal digits
 * @param kind what was digested: {@link #SHA256} or {@link #SAMPLED}
 * @param knownHashes the SHA-256 of the files for which a downloader noted it, by
 *          {@code component/file}; unmodifiable
 */
public record Fingerprint(String hex, String kind, Map<String, String> knownHashes) {

	/** Digest of the SHA-256 sums of all files, as a downloader noted them. */
	public static final String SHA256 = "sha256";

	/**
	 * Digest of names, formats and shapes, and of the beginning, middle and end of every tensor.
	 */
	public static final String SAMPLED = "sampled";

	/**
	 * Takes the fingerprint of a model. A {@link #SAMPLED} one is the same for one file as for the
	 * same tensors in several shards.
	 *
	 * @param components the weights as opened, by the name of their folder in the model, such as
	 *          {@code transformer}
	 * @throws InvalidInputException if a file cannot be read
	 */
	public static Fingerprint of(final Map<String, Checkpoint> components) {
		final Map<String, String> known = new TreeMap<>();
		boolean complete = true;
		for (final Map.Entry<String, Checkpoint> component : components.entrySet()) {
			for (final Path file : component.getValue().files()) {
				final Optional<String> hash = KnownSha256.of(file);
				complete &= hash.isPresent();
				hash.ifPresent(
					h -> known.put(relativeName(component.getKey(), component.getValue().place(), file), h));
			}
		}
		final String hex = complete ? digest(known) : sampled(components);
		return new Fingerprint(hex, complete ? SHA256 : SAMPLED, Collections.unmodifiableMap(known));
	}

	/**
	 * Digest of a single component's tensors, the same wherever and however the files were
	 * downloaded.
	 *
	 * @return 64 lower-case hexadecimal digits, as of a {@link #SAMPLED} fingerprint
	 * @throws InvalidInputException if a file cannot be read
	 */
	public static String ofTensors(final Checkpoint component) {
		return sampled(Map.of("", component));
	}

	private static String relativeName(final String component, final Path place, final Path file) {
		final Path opened = place.toAbsolutePath();
		final Path folder = Files.isDirectory(opened) ? opened : opened.getParent();
		return component + "/" + folder.relativize(file.toAbsolutePath()).toString().replace('\\', '/');
	}

	private static String digest(final Map<String, String> known) {
		final MessageDigest sha = Sha256.create();
		known.forEach(
			(name, hash) -> sha.update((name + " " + hash + "\n").getBytes(StandardCharsets.UTF_8)));
		return Sha256.finish(sha);
	}

	private static String sampled(final Map<String, Checkpoint> components) {
		final MessageDigest sha = Sha256.create();
		new TreeMap<>(components).forEach((component, checkpoint) -> {
			new TensorSamples(checkpoint).forEach((name, sample) -> {
				sha.update((component + "/" + name + "\n").getBytes(StandardCharsets.UTF_8));
				sha.update(sample);
			});
		});
		return Sha256.finish(sha);
	}
}
