
package io.github.zimagefiji.io;

import static io.github.zimagefiji.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import io.github.zimagefiji.error.InvalidInputException;

/** Folders of all packages are made, moved and deleted in one way. */
class FoldersTest {

	@TempDir
	Path temporary;

	@Test
	void deletesAFolderWithAllThatIsInItAFileAndNothing() throws IOException {
		final Path folder = temporary.resolve("a");
		Files.writeString(Folders.fileIn(folder, "b/c/text"), "x");
		Folders.delete(folder);
		assertFalse(Files.exists(folder));
		Folders.delete(folder);
		Folders.delete(Files.writeString(temporary.resolve("file"), "x"));
		assertEquals(List.of(), Folders.list(temporary));
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void linksAreDeletedAndNotFollowed() throws IOException {
		final Path mine = Files.writeString(Folders.fileIn(temporary, "mine/text"), "x");
		final Path folder = temporary.resolve("a");
		Folders.make(folder);
		Files.createSymbolicLink(folder.resolve("link"), mine.getParent());
		Files.createSymbolicLink(folder.resolve("gone"), temporary.resolve("none"));
		final Path link = Files.createSymbolicLink(temporary.resolve("b"), folder);
		final Path dangling =
			Files.createSymbolicLink(temporary.resolve("c"), temporary.resolve("none"));
		Folders.delete(dangling);
		Folders.delete(link);
		assertEquals(2, Folders.list(folder).size());
		Folders.delete(folder);
		assertTrue(Files.exists(mine));
		assertFalse(Files.exists(dangling, LinkOption.NOFOLLOW_LINKS));
		assertEquals(List.of(mine.getParent()), Folders.list(temporary));
	}

	@Test
	void renamesOnlyToWhatIsNotThere() throws IOException {
		final Path folder = temporary.resolve("a");
		Folders.make(folder);
		Folders.rename(folder, temporary.resolve("b"));
		Folders.make(folder);
		assertRefused(() -> Folders.rename(folder, temporary.resolve("b")), "exists already");
		assertEquals(List.of(folder, temporary.resolve("b")), Folders.list(temporary));
	}

	@Test
	void whatCannotBeMadeOrListedIsRefusedWithASentence() throws IOException {
		final Path file = Files.writeString(temporary.resolve("file"), "x");
		assertTrue(assertThrows(InvalidInputException.class, () -> Folders.make(file.resolve("a")))
			.getMessage().endsWith(". Make room, or choose another folder."));
		assertTrue(assertThrows(InvalidInputException.class, () -> Folders.list(file)).getMessage()
			.endsWith(". Check its name and place."));
	}
}
