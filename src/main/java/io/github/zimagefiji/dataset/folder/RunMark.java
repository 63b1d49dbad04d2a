
package io.github.zimagefiji.dataset.folder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

import io.github.zimagefiji.Progress;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.error.RunCanceledException;
import io.github.zimagefiji.fields.BoundedText;
import io.github.zimagefiji.fields.MalformedTextException;
import io.github.zimagefiji.io.AtomicFile;

/**
 * A file in a dataset's folder that names the run which has the folder to itself. Its workers,
 * which may be on other machines and outlive it, look at the file before they write: where it names
 * another run, or none, theirs has ended.
 */
public final class RunMark {

	private static final String NAME = ".zimage-run";
	/** No run has the folder to itself. */
	private static final String NONE = "";
	/** Network file systems may show an old file for up to a minute. */
	private static final Duration PATIENCE = Duration.ofSeconds(90);
	private static final long PAUSE_MILLIS = 200;
	private static final int MOST_BYTES = 64;

	private final Path folder;
	private final String run;
	private final Duration patience;

	/** @param patience how long a file of another run may still be seen */
	RunMark(final Path folder, final String run, final Duration patience) {
		this.folder = folder;
		this.run = run;
		this.patience = patience;
	}

	/** The mark of a run of this or of another process. */
	public static RunMark of(final Path folder, final String run) {
		return new RunMark(folder, run, PATIENCE);
	}

	/**
	 * Marks the folder as that of a new run.
	 *
	 * @throws InvalidInputException if it cannot be written to
	 */
	static RunMark make(final Path folder) {
		final String run = UUID.randomUUID().toString();
		AtomicFile.write(folder.resolve(NAME), out -> out.write(run.getBytes(StandardCharsets.UTF_8)));
		return of(folder, run);
	}

	/**
	 * Takes away what a killed run has left, for runs that share the folder.
	 */
	static RunMark none(final Path folder) {
		delete(folder);
		return of(folder, NONE);
	}

	/** What tells the run from all others. */
	String run() {
		return run;
	}

	/** Takes the mark away, unless it is another run's by now. */
	void remove() {
		if (isThere()) delete(folder);
	}

	/**
	 * Returns if the folder is still this run's.
	 *
	 * @throws InvalidInputException if it is not
	 * @throws RunCanceledException if {@code progress} said so
	 */
	public void check(final Progress progress) {
		final long end = System.nanoTime() + patience.toNanos();
		while (!isThere()) {
			progress.checkCanceled();
			if (System.nanoTime() > end) throw new InvalidInputException(
				"The run that this worker belongs to has ended, or another one has begun in the folder " +
					folder + ". All items made before are kept; go on with --resume.");
			sleep();
		}
	}

	private boolean isThere() {
		final Path file = folder.resolve(NAME);
		try {
			return Files.exists(file) ? BoundedText.read(file, MOST_BYTES).equals(run) : run.equals(NONE);
		}
		catch (final IOException | MalformedTextException e) {
			return false; // it is just replaced, or no run's
		}
	}

	private static void delete(final Path folder) {
		try {
			Files.deleteIfExists(folder.resolve(NAME));
		}
		catch (final IOException e) {
			// the next run replaces it
		}
	}

	private static void sleep() {
		try {
			Thread.sleep(PAUSE_MILLIS);
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new RunCanceledException();
		}
	}
}
