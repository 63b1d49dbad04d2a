
package io.github.zimagefiji.pipeline.host;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * Lets one run after the other have its turn, in the order in which they came.
 */
final class WaitingLine {

	/** How often one that waits is asked whether it still wants to. */
	private static final long LOOK_MILLIS = 100;

	/** The one whose turn it is comes first. */
	private final List<Turn> turns = new ArrayList<>();

	private record Turn(Thread owner) {}

	/**
	 * Does something when all that came earlier are through or have gone.
	 *
	 * @param told is told, at once if one has to wait, and again when it changes, how many come first
	 * @param wanted is asked ten times a second while waiting; throws to leave the line
	 * @param action what to do; the next one's turn comes when it has returned or thrown
	 * @return what {@code action} gave
	 * @throws IllegalStateException if this very thread has its turn already, and would wait for
	 *           itself
	 * @throws InterruptedException if the thread is interrupted while it waits
	 */
	<T> T inTurn(final IntConsumer told, final Runnable wanted, final Supplier<T> action)
		throws InterruptedException
	{
		final Turn turn = join();
		try {
			int before = 0;
			for (int now = before(turn, before); now > 0; now = before(turn, before)) {
				if (now != before) told.accept(now);
				before = now;
				wanted.run();
			}
			return action.get();
		}
		finally {
			leave(turn);
		}
	}

	private Turn join() {
		final Turn turn = new Turn(Thread.currentThread());
		synchronized (turns) {
			if (turns.contains(turn))
				throw new IllegalStateException("A run is under way on this very thread.");
			turns.add(turn);
		}
		return turn;
	}

	/**
	 * How many come first; if they are as many as before, looks again after a while.
	 */
	private int before(final Turn turn, final int known) throws InterruptedException {
		synchronized (turns) {
			if (known > 0 && turns.indexOf(turn) == known) turns.wait(LOOK_MILLIS);
			return turns.indexOf(turn);
		}
	}

	private void leave(final Turn turn) {
		synchronized (turns) {
			turns.remove(turn);
			turns.notifyAll();
		}
	}
}
