
package io.github.zimagefiji.dataset.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import io.github.zimagefiji.ChildJvm;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.error.InvalidInputException;

/** Runs in several processes, and several in one, keep each other out. */
@Tag("process")
class DatasetLockTest {

	@TempDir
	Path temporary;

	private Path folder;
	private final List<Process> processes = new ArrayList<>();

	@BeforeEach
	void nameTheFolder() {
		folder = temporary.resolve("dataset ü");
	}

	@AfterEach
	void endAll() throws InterruptedException {
		for (final Process process : processes)
			process.destroyForcibly().waitFor();
	}

	/** What another process says that wants the lock; it lives on with it. */
	private String inAnotherProcess(final boolean shared) throws IOException {
		final Process process =
			ChildJvm.start(List.of(), LockProcess.class, folder.toString(), String.valueOf(shared));
		processes.add(process);
		return new BufferedReader(
			new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
	}

	private void killTheLast() throws InterruptedException {
		processes.remove(processes.size() - 1).destroyForcibly().waitFor();
	}

	private void refusedHere(final boolean shared) {
		assertEquals(
			"Another run is at work in the folder " + folder +
				". Wait until it has ended, or choose another folder.",
			assertThrows(InvalidInputException.class, () -> DatasetLock.of(folder, shared)).getMessage());
	}

	@Test
	void aSecondAttemptInOneProcessLeavesTheFirstItsLock() throws IOException {
		try (DatasetLock lock = DatasetLock.of(folder, false)) {
			refusedHere(false);
			refusedHere(true);
			assertTrue(inAnotherProcess(false).startsWith("Another run is at work"));
			assertTrue(inAnotherProcess(true).startsWith("Another run is at work"));
			lock.check(Progress.NONE);
		}
		try (var left = Files.list(folder)) {
			assertEquals(List.of(), left.toList());
		}
		assertEquals("locked", inAnotherProcess(false));
	}

	@Test
	void aKilledProcessGivesTheFolderBackAndItsWorkersAreOut() throws Exception {
		assertEquals("locked", inAnotherProcess(false));
		refusedHere(false);
		refusedHere(true);
		final String left = Files.readString(folder.resolve(".zimage-run"));
		final RunMark ofWorker = new RunMark(folder, left, Duration.ZERO);
		ofWorker.check(Progress.NONE);
		killTheLast();
		ofWorker.check(Progress.NONE);
		for (final boolean shared : new boolean[] { false, true }) {
			Files.writeString(folder.resolve(".zimage-run"), left);
			try (DatasetLock lock = DatasetLock.of(folder, shared)) {
				lock.check(Progress.NONE);
				final String message =
					assertThrows(InvalidInputException.class, () -> ofWorker.check(Progress.NONE))
						.getMessage();
				assertTrue(message.startsWith(
					"The run that this worker belongs to has ended, or another one has begun in the folder " +
						folder),
					message);
			}
		}
	}

	@Test
	void shardsShareTheFolderAndKeepWholeRunsOut() throws Exception {
		assertEquals("locked", inAnotherProcess(true));
		assertEquals("locked", inAnotherProcess(true));
		refusedHere(false);
		try (DatasetLock lock = DatasetLock.of(folder, true)) {
			lock.check(Progress.NONE);
		}
		refusedHere(false);
		killTheLast();
		refusedHere(false);
		killTheLast();
		DatasetLock.of(folder, false).close();
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void anotherNameOfTheFolderIsTheSameFolder() throws IOException {
		final Path link = temporary.resolve("link");
		try (DatasetLock lock = DatasetLock.of(folder, false)) {
			Files.createSymbolicLink(link, folder);
			assertThrows(InvalidInputException.class, () -> DatasetLock.of(link, false));
			lock.check(Progress.NONE);
		}
		DatasetLock.of(link, false).close();
	}

	@Test
	void aMarkThatIsNoRunsEndsWorkers() throws IOException {
		try (DatasetLock lock = DatasetLock.of(folder, false)) {
			for (final String text : List.of("", "x", "x".repeat(100_000))) {
				Files.writeString(folder.resolve(".zimage-run"), text);
				final RunMark mark = new RunMark(folder, lock.run(), Duration.ZERO);
				assertThrows(InvalidInputException.class, () -> mark.check(Progress.NONE));
			}
		}
	}
}
