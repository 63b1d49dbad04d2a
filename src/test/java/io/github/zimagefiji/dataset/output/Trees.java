
package io.github.zimagefiji.dataset.output;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Compares folders. */
public final class Trees {

	private Trees() {
		// only static methods
	}

	/** Path and SHA-256 of every file in a folder, sorted. */
	public static List<String> digest(final Path root) throws IOException {
		try (Stream<Path> walk = Files.walk(root)) {
			final List<String> lines = new ArrayList<>();
			for (final Path file : walk.filter(Files::isRegularFile).sorted().toList())
				lines.add(root.relativize(file) + " " +
					new BigInteger(1, MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)))
						.toString(16));
			return lines;
		}
		catch (final NoSuchAlgorithmException e) {
			throw new IllegalStateException(e);
		}
	}
}
