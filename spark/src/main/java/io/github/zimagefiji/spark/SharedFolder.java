
package io.github.zimagefiji.spark;

import java.time.Duration;
import java.util.List;

import io.github.zimagefiji.Progress;
import io.github.zimagefiji.dataset.DatasetDraft;
import io.github.zimagefiji.dataset.plan.Shard;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.error.RunCanceledException;

/**
 * Waits until this machine sees what the others have written; network file systems may take up to a
 * minute.
 */
final class SharedFolder {

	private static final Duration PATIENCE = Duration.ofSeconds(90);
	private static final Duration PAUSE = Duration.ofMillis(500);

	private final DatasetDraft draft;

	SharedFolder(final DatasetDraft draft) {
		this.draft = draft;
	}

	/**
	 * Waits for the records of all items.
	 *
	 * @throws InvalidInputException if some do not appear
	 */
	void await(final Progress progress) {
		final long end = System.nanoTime() + PATIENCE.toNanos();
		List<Integer> missing = draft.missing(Shard.ALL);
		while (!missing.isEmpty()) {
			if (System.nanoTime() > end) throw new InvalidInputException("The item " +
				draft.name(missing.get(0)) +
				" was made, but cannot be seen here. The output folder must be on a shared file system, under the same path on all " +
				"machines.");
			progress.checkCanceled();
			sleep();
			missing = draft.missing(Shard.ALL);
		}
	}

	private static void sleep() {
		try {
			Thread.sleep(PAUSE.toMillis());
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new RunCanceledException();
		}
	}
}
