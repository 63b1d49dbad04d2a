
package io.github.zimagefiji.engine.library;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.zip.CRC32;

/**
 * A native library as it came along, in a jar. The jar's directory says its length and its CRC-32,
 * so that it need not be unpacked to tell whether a copy is the same.
 *
 * @param name what its copy is named
 * @param source where it is
 * @param bytes its length
 * @param crc its CRC-32
 */
record PackedFile(String name, URL source, long bytes, long crc) {

	private static final int BUFFER = 1 << 20;

	/**
	 * Finds a file among the libraries.
	 *
	 * @param name what its copy is named
	 * @param resource its place, without a leading slash
	 * @return nothing if it did not come along
	 */
	static Optional<PackedFile> find(final String name, final String resource) throws IOException {
		final URL source = PackedFile.class.getClassLoader().getResource(resource);
		return source == null ? Optional.empty() : Optional.of(of(name, source));
	}

	static PackedFile of(final String name, final URL source) throws IOException {
		final URLConnection connection = source.openConnection();
		connection.setUseCaches(false);
		if (connection instanceof final JarURLConnection jar) {
			try (var file = jar.getJarFile()) {
				final JarEntry entry = jar.getJarEntry();
				if (entry.getSize() >= 0 && entry.getCrc() >= 0)
					return new PackedFile(name, source, entry.getSize(), entry.getCrc());
			}
		}
		final CRC32 sum = new CRC32();
		try (InputStream in = open(source)) {
			return new PackedFile(name, source, copy(in, OutputStream.nullOutputStream(), sum),
				sum.getValue());
		}
	}

	/** The CRC-32 of a file on disk. */
	static long crc(final Path file) throws IOException {
		final CRC32 sum = new CRC32();
		try (InputStream in = Files.newInputStream(file)) {
			copy(in, OutputStream.nullOutputStream(), sum);
		}
		return sum.getValue();
	}

	/**
	 * Unpacks it.
	 *
	 * @throws IOException if it cannot be written, or is damaged in its jar
	 */
	void unpack(final Path file) throws IOException {
		final CRC32 sum = new CRC32();
		final long count;
		try (InputStream in = open(source); OutputStream out = Files.newOutputStream(file)) {
			count = copy(in, out, sum);
		}
		if (count != bytes || sum.getValue() != crc)
			throw new IOException("it is damaged in " + source + " too");
	}

	private static InputStream open(final URL source) throws IOException {
		final URLConnection connection = source.openConnection();
		connection.setUseCaches(false);
		return new BufferedInputStream(connection.getInputStream());
	}

	private static long copy(final InputStream in, final OutputStream out, final CRC32 sum)
		throws IOException
	{
		final byte[] buffer = new byte[BUFFER];
		long count = 0;
		for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
			sum.update(buffer, 0, read);
			out.write(buffer, 0, read);
			count += read;
		}
		return count;
	}
}
