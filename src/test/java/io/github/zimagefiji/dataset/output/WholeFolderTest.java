
package io.github.zimagefiji.dataset.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.zimagefiji.error.InvalidInputException;

class WholeFolderTest {

	@TempDir
	Path root;

	private void write(final String text) {
		WholeFolder.write(root.resolve("target"), folder -> {
			Files.writeString(Files.createDirectory(folder.resolve("deep")).resolve("file"), text);
			Files.writeString(folder.resolve("other"), "always the same");
		});
	}

	private void assertNothingElse() throws IOException {
		try (Stream<Path> left = Files.list(root)) {
			assertEquals(List.of(root.resolve("target")), left.toList());
		}
	}

	@Test
	void whatIsThereIsReplaced() throws IOException {
		write("first");
		write("second");
		assertEquals("second", Files.readString(root.resolve("target/deep/file")));
		assertNothingElse();
	}

	@Test
	void whatIsThereStaysIfItIsTheSame() throws IOException {
		write("same");
		final Object key =
			Files.readAttributes(root.resolve("target"), BasicFileAttributes.class).fileKey();
		write("same");
		assertEquals(key,
			Files.readAttributes(root.resolve("target"), BasicFileAttributes.class).fileKey());
		assertNothingElse();
	}

	@Test
	void manyWritersOfTheSameDoNotDisturbEachOther() throws Exception {
		final ExecutorService writers = Executors.newFixedThreadPool(8);
		try {
			final List<Future<?>> done = new ArrayList<>();
			for (int i = 0; i < 400; i++)
				done.add(writers.submit(() -> write("same")));
			for (final Future<?> writer : done)
				writer.get();
		}
		finally {
			writers.shutdown();
		}
		assertEquals("same", Files.readString(root.resolve("target/deep/file")));
		assertNothingElse();
	}

	@Test
	void whatFailsLeavesNothing() throws IOException {
		write("first");
		final InvalidInputException e = assertThrows(InvalidInputException.class,
			() -> WholeFolder.write(root.resolve("target"), folder -> {
				Files.writeString(folder.resolve("half"), "half");
				throw new IOException("No space left on device");
			}));
		assertTrue(e.getMessage().contains("could not be written: No space left on device"),
			e.getMessage());
		assertEquals("first", Files.readString(root.resolve("target/deep/file")));
		assertNothingElse();
	}
}
