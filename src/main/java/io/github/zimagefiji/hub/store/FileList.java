
package io.github.zimagefiji.hub.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

import io.github.zimagefiji.io.Sha256;

/**
 * The files that belong together, as {@code sha256sum} lists them.
 *
 * @param version changes with every change of any file: the beginning of the list's own SHA-256
 * @param files SHA-256 (64 lower-case hexadecimal digits) by relative name, with slashes;
 *          unmodifiable
 */
public record FileList(String version, Map<String, String> files) {

	private static final String NAME = "SHA256SUMS";
	private static final int DIGITS = 64;
	private static final int VERSION_DIGITS = 16;

	/**
	 * Reads a list.
	 *
	 * @param open gives the content of a file by its relative name
	 */
	public static FileList read(final Function<String, InputStream> open) {
		try (InputStream in = open.apply(NAME)) {
			final byte[] bytes = in.readAllBytes();
			final Map<String, String> files = new LinkedHashMap<>();
			new String(bytes, StandardCharsets.UTF_8).lines().filter(line -> !line.isBlank())
				.forEach(line -> files.put(line.substring(DIGITS).strip(), line.substring(0, DIGITS)));
			final String version = Sha256.hex(bytes).substring(0, VERSION_DIGITS);
			return new FileList(version, Collections.unmodifiableMap(files));
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/** Whether a file is there and has this SHA-256. */
	public static boolean hasDigest(final Path file, final String digest) {
		if (!Files.isRegularFile(file)) return false;
		try {
			return ContentDigest.sha256(file, count -> {}).equals(digest);
		}
		catch (final IOException e) {
			return false; // a file that cannot be read is as good as a missing one
		}
	}
}
