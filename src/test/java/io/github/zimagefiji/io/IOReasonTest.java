
package io.github.zimagefiji.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IOReasonTest {

	@Test
	void exceptionsThatOnlyNameTheFileAreSpelledOut(@TempDir final Path folder) {
		final IOException missing =
			assertThrows(IOException.class, () -> Files.newInputStream(folder.resolve("x")));
		assertEquals("there is no such file or folder", IOReason.of(missing));
		final IOException existing =
			assertThrows(IOException.class, () -> Files.createDirectory(folder));
		assertEquals("it exists already", IOReason.of(existing));
		assertEquals("access is denied", IOReason.of(new AccessDeniedException("x")));
	}

	@Test
	void theReasonOfTheSystemIsKeptWithoutItsFullStop() {
		assertEquals("No space left on device",
			IOReason.of(new FileSystemException("x", null, "No space left on device.")));
		assertEquals("File too large", IOReason.of(new IOException("File too large")));
	}

	@Test
	void somethingIsAlwaysSaid() {
		assertEquals("IOException", IOReason.of(new IOException()));
		assertEquals("x", IOReason.of(new FileSystemException("x")));
	}
}
