package io.github.zimagefiji.hub;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The files that belong together, as {@code sha256sum} lists them.
 *
 * @param version changes with every change of any file: the beginning of the list's own SHA-256
 * @param files SHA-256 (64 lower-case hexadecimal digits) by relative name, with slashes; unmodifiable
 */
record FileList(String version, Map<String, String> files) {

	private static final String NAME = "SHA256SUMS";
	private static final int DIGITS = 64;
	private static final int VERSION_DIGITS = 16;

	/**
	 * Reads a list.
	 *
	 * @param open gives the content of a file by its relative name
	 */
	static FileList read(final Function<String, InputStream> open) {
		try (InputStream in = open.apply(NAME)) {
			final byte[] bytes = in.readAllBytes();
			final Map<String, String> files = new LinkedHashMap<>();
			new String(bytes, StandardCharsets.UTF_8).lines().filter(line -> !line.isBlank()).forEach(line -> files.put(line
				.substring(DIGITS).strip(), line.substring(0, DIGITS)));
			final String version = HexFormat.of().formatHex(sha256().digest(bytes)).substring(0, VERSION_DIGITS);
			return new FileList(version, Collections.unmodifiableMap(files));
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/** Whether a file is there and has this SHA-256. */
	static boolean hasDigest(final Path file, final String digest) {
		if (!Files.isRegularFile(file)) return false;
		final MessageDigest sha = sha256();
		try (InputStream in = new DigestInputStream(Files.newInputStream(file), sha)) {
			in.transferTo(OutputStream.nullOutputStream());
			return HexFormat.of().formatHex(sha.digest()).equals(digest);
		}
		catch (final IOException e) {
			return false; // a file that cannot be read is as good as a missing one
		}
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (final NoSuchAlgorithmException e) {
			throw new IllegalStateException("Every Java has SHA-256.", e);
		}
	}
}
