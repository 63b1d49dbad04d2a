package updatesite;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * The checksum of ImageJ's updater: SHA-1, of a jar over the names and contents of its entries in the order of their
 * names, of any other file over its name in Fiji's folder and its content. Of the manifest only the name counts, and
 * comments of property files are left out, so that a jar that was merely built again stays the same. (imagej-updater,
 * commit ea5f12e, class {@code UpdaterUtil}. It means to keep the manifest's {@code Main-Class}, but compares it with an
 * upper-case line.)
 */
final class Checksum {

	private static final String MANIFEST = "META-INF/MANIFEST.MF";
	private static final int BUFFER = 1 << 16;

	private Checksum() {
		// only of()
	}

	/**
	 * @param filename the name in Fiji's folder
	 * @return 40 hexadecimal digits
	 */
	static String of(final String filename, final Path file) throws IOException {
		final MessageDigest digest = sha1();
		if (filename.endsWith(".jar")) addJar(digest, file);
		else {
			digest.update(filename.getBytes(StandardCharsets.US_ASCII));
			add(digest, Files.newInputStream(file));
		}
		return HexFormat.of().formatHex(digest.digest());
	}

	private static void addJar(final MessageDigest digest, final Path file) throws IOException {
		try (JarFile jar = new JarFile(file.toFile())) {
			final List<JarEntry> entries = jar.stream().sorted(Comparator.comparing(JarEntry::getName)).toList();
			for (final JarEntry entry : entries) {
				final String name = entry.getName();
				digest.update(name.getBytes(StandardCharsets.US_ASCII));
				if (name.endsWith(".properties")) digest.update(withoutComments(jar.getInputStream(entry).readAllBytes()));
				else if (!name.equals(MANIFEST)) add(digest, jar.getInputStream(entry));
			}
		}
	}

	private static void add(final MessageDigest digest, final InputStream stream) throws IOException {
		try (stream) {
			final byte[] buffer = new byte[BUFFER];
			for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
				digest.update(buffer, 0, n);
			}
		}
	}

	/**
	 * Replaces comment lines by empty ones. As in the updater, a line after an empty one, or after a comment of nothing but
	 * {@code #}, is never taken for a comment.
	 */
	static byte[] withoutComments(final byte[] text) {
		final ByteArrayOutputStream kept = new ByteArrayOutputStream(text.length);
		boolean mayBeComment = true;
		for (int at = 0; at < text.length;) {
			int end = at;
			while (end < text.length && text[end] != '\n') {
				end++;
			}
			final boolean comment = mayBeComment && end > at && text[at] == '#';
			if (!comment) kept.write(text, at, end - at);
			if (end < text.length) kept.write('\n');
			mayBeComment = !mayBeComment || !isBlank(text, at, end, comment);
			at = end + 1;
		}
		return kept.toByteArray();
	}

	/** Whether the updater is still at the start of a line when it has read this one. */
	private static boolean isBlank(final byte[] text, final int from, final int to, final boolean comment) {
		for (int i = from; i < to; i++) {
			if (!comment || text[i] != '#') return false;
		}
		return true;
	}

	private static MessageDigest sha1() {
		try {
			return MessageDigest.getInstance("SHA-1");
		}
		catch (final NoSuchAlgorithmException exc) {
			throw new IllegalStateException("Every Java has SHA-1.", exc);
		}
	}
}
