
package io.github.zimagefiji.updatesite;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The updater's checksum, written once more for the check of what was installed; not the code that
 * built the site.
 */
final class UpdaterDigest {

	private UpdaterDigest() {
		// only of()
	}

	/** @param filename the name in Fiji's folder */
	static String of(final String filename, final Path file) throws IOException {
		final MessageDigest digest = sha1();
		try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
			if (filename.endsWith(".jar")) copyJar(file, out);
			else {
				out.write(filename.getBytes(StandardCharsets.US_ASCII));
				Files.copy(file, out);
			}
		}
		return HexFormat.of().formatHex(digest.digest());
	}

	private static void copyJar(final Path file, final OutputStream out) throws IOException {
		try (ZipFile zip = new ZipFile(file.toFile())) {
			final Map<String, ZipEntry> entries = zip.stream()
				.collect(Collectors.toMap(ZipEntry::getName, entry -> entry, (a, b) -> a, TreeMap::new));
			for (final Map.Entry<String, ZipEntry> entry : entries.entrySet()) {
				out.write(entry.getKey().getBytes(StandardCharsets.US_ASCII));
				if (entry.getKey().equals("META-INF/MANIFEST.MF")) continue;
				try (InputStream in = zip.getInputStream(entry.getValue())) {
					if (entry.getKey().endsWith(".properties")) out.write(withoutComments(in.readAllBytes()));
					else in.transferTo(out);
				}
			}
		}
	}

	private static byte[] withoutComments(final byte[] properties) {
		return new String(properties, StandardCharsets.ISO_8859_1).replaceAll("(?m)^#.*$", "")
			.getBytes(StandardCharsets.ISO_8859_1);
	}

	private static MessageDigest sha1() {
		try {
			return MessageDigest.getInstance("SHA-1");
		}
		catch (final NoSuchAlgorithmException e) {
			throw new IllegalStateException(e);
		}
	}
}
