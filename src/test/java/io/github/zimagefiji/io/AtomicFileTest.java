
package io.github.zimagefiji.io;

import static io.github.zimagefiji.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.error.RunCanceledException;

class AtomicFileTest {

	private static final byte[] NEW = { 1, 2, 3 };
	private static final byte[] OLD = { 9, 9 };

	@TempDir
	Path folder;

	@Test
	void theContentArrivesAndNothingElseIsLeftBehind() throws IOException {
		final Path target = folder.resolve("image ü 図.png");
		AtomicFile.write(target, out -> out.write(NEW));
		assertArrayEquals(NEW, Files.readAllBytes(target));
		assertEquals(List.of("image ü 図.png"), names());
	}

	@Test
	void anOlderFileIsReplaced() throws IOException {
		final Path target = older();
		AtomicFile.write(target, out -> out.write(NEW));
		assertArrayEquals(NEW, Files.readAllBytes(target));
	}

	@Test
	void aNameAsLongAsTheFileSystemAllowsIsWritten() throws IOException {
		final Path target = folder.resolve("n".repeat(251) + ".png");
		AtomicFile.write(target, out -> out.write(NEW));
		assertArrayEquals(NEW, Files.readAllBytes(target));
	}

	@Test
	void aFailureHalfwayLeavesTheOlderFileAndNoTemporary() throws IOException {
		final Path target = older();
		final InvalidInputException e =
			assertThrows(InvalidInputException.class, () -> AtomicFile.write(target, out -> {
				out.write(new byte[1 << 20]);
				throw new IOException("No space left on device");
			}));
		assertEquals(
			target +
				" could not be written: No space left on device. Make room, or choose another folder.",
			e.getMessage());
		assertArrayEquals(OLD, Files.readAllBytes(target));
		assertEquals(List.of("old.bin"), names());
	}

	@Test
	void aCancelledRunPassesThroughAndLeavesNothing() throws IOException {
		final Path target = folder.resolve("new.bin");
		assertThrows(RunCanceledException.class, () -> AtomicFile.write(target, out -> {
			out.write(NEW);
			throw new RunCanceledException();
		}));
		assertEquals(List.of(), names());
	}

	@Test
	void aFolderInThePlaceOfTheTargetIsRefused() {
		final InvalidInputException e =
			assertThrows(InvalidInputException.class, () -> AtomicFile.checkWritable(folder));
		assertTrue(e.getMessage().startsWith(folder + " is a folder"), e.getMessage());
		assertThrows(InvalidInputException.class,
			() -> AtomicFile.write(folder, out -> out.write(NEW)));
	}

	@Test
	void aMissingFolderIsRefusedAndNotMade() {
		final Path target = folder.resolve("missing").resolve("image.png");
		assertRefused(() -> AtomicFile.checkWritable(target), target.getParent() + " does not exist");
		assertThrows(InvalidInputException.class,
			() -> AtomicFile.write(target, out -> out.write(NEW)));
		assertFalse(Files.exists(target.getParent()));
	}

	@Test
	void theCheckLeavesOlderFileAndFolderAsTheyWere() throws IOException {
		AtomicFile.checkWritable(older());
		AtomicFile.checkWritable(folder.resolve("new.bin"));
		assertArrayEquals(OLD, Files.readAllBytes(folder.resolve("old.bin")));
		assertEquals(List.of("old.bin"), names());
	}

	@Test
	void aNameThatNoFileCanHaveIsFoundBefore() throws IOException {
		final Path longest = folder.resolve("n".repeat(251) + ".png");
		AtomicFile.checkWritable(longest);
		for (final String name : List.of("n".repeat(252) + ".png", "図".repeat(85) + ".png")) {
			final InvalidInputException e = assertThrows(InvalidInputException.class,
				() -> AtomicFile.checkWritable(folder.resolve(name)));
			assertTrue(e.getMessage().startsWith("No file can be called n") ||
				e.getMessage().startsWith("No file can be called 図"), e.getMessage());
			assertTrue(e.getMessage().endsWith("Choose another name."), e.getMessage());
		}
		assertEquals(List.of(), names());
	}

	@Test
	void aBareFileNameMeansTheCurrentFolder() {
		AtomicFile.checkWritable(Path.of("bare-name.bin"));
		assertFalse(Files.exists(Path.of("bare-name.bin")));
	}

	private Path older() throws IOException {
		return Files.write(folder.resolve("old.bin"), OLD);
	}

	private List<String> names() throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.map(f -> f.getFileName().toString()).sorted().toList();
		}
	}
}
