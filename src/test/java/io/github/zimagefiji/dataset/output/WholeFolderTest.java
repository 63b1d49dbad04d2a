
package io.github.zimagefiji.dataset.output;

import static io.github.zimagefiji.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

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
		assertRefused(() -> WholeFolder.write(root.resolve("target"), folder -> {
			Files.writeString(folder.resolve("half"), "half");
			throw new IOException("No space left on device");
		}), "could not be written: No space left on device");
		assertEquals("first", Files.readString(root.resolve("target/deep/file")));
		assertNothingElse();
	}
}
