package io.github.zimagefiji.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** Lets one run after the other have its turn, in the order in which they came. */
final class WaitingLine {

	/** How often one that waits is asked whether it still wants to. */
	private static final long LOOK_MILLIS = 100;

	/** The one whose turn it is comes first. */
	private final List<Turn> turns = new ArrayList<>();

	/** One place in the line, until it is closed. */
	final class Turn implements AutoCloseable {

		private final Thread owner = Thread.currentThread();

		private Turn() {
			// made by take
		}

		@Override
		public void close() {
			synchronized (turns) {
				turns.remove(this);
				turns.notifyAll();
			}
		}
	}

	/**
	 * Waits until all that came earlier are through or have gone.
	 *
	 * @param told is told, at once if one has to wait, and again when it changes, how many come first
	 * @param wanted is asked ten times a second while waiting; throws to leave the line
	 * @return to be closed when the run is over
	 * @throws IllegalStateException if this very thread has its turn already, and would wait for itself
	 * @throws InterruptedException if the thread is interrupted while it waits
	 */
	Turn take(final IntConsumer told, final Runnable wanted) throws InterruptedException {
		final Turn turn = join();
		try {
			int before = 0;
			for (int now = before(turn, before); now > 0; now = before(turn, before)) {
				if (now != before) told.accept(now);
				before = now;
				wanted.run();
			}
			return turn;
		}
		catch (final RuntimeException | Error | InterruptedException e) {
			turn.close();
			throw e;
		}
	}

	private Turn join() {
		synchronized (turns) {
			final Turn turn = new Turn();
			if (turns.stream().anyMatch(other -> other.owner == turn.owner)) throw new IllegalStateException(
				"A run is under way on this very thread.");
			turns.add(turn);
			return turn;
		}
	}

	/** How many come first; if they are as many as before, looks again after a while. */
	private int before(final Turn turn, final int known) throws InterruptedException {
		synchronized (turns) {
			if (known > 0 && turns.indexOf(turn) == known) turns.wait(LOOK_MILLIS);
			return turns.indexOf(turn);
		}
	}
}
