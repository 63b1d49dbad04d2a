
package io.github.zimagefiji.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.zimagefiji.error.RunCanceledException;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class RecentValuesTest {

	private final CountDownLatch started = new CountDownLatch(1);
	private final CountDownLatch goOn = new CountDownLatch(1);
	private final AtomicInteger calls = new AtomicInteger();

	/**
	 * The first maker waits to be let go and is then cancelled; those after it are not.
	 */
	private String firstIsCanceled(final long index) {
		if (calls.incrementAndGet() > 1) return "value " + index;
		started.countDown();
		try {
			goOn.await();
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
		}
		throw new RunCanceledException();
	}

	private static void awaitWaiting(final Thread thread) throws InterruptedException {
		while (thread.getState() != Thread.State.WAITING) {
			Thread.sleep(5);
		}
	}

	@Test
	void aReaderWhoOnlyWaitedMakesTheValueWhenTheMakersPersonGaveUp() throws Exception {
		final RecentValues<String> values = new RecentValues<>(2, this::firstIsCanceled);
		final FutureTask<String> first = new FutureTask<>(() -> values.get(3));
		final FutureTask<String> second = new FutureTask<>(() -> values.get(3));
		new Thread(first).start();
		started.await();
		final Thread waiting = new Thread(second);
		waiting.start();
		awaitWaiting(waiting);
		goOn.countDown();
		assertInstanceOf(RunCanceledException.class,
			assertThrows(ExecutionException.class, first::get).getCause());
		assertEquals("value 3", second.get());
	}

	@Test
	void anInterruptedReaderStopsWaitingAndTheMakerGoesOn() throws Exception {
		final RecentValues<String> values = new RecentValues<>(2, index -> {
			started.countDown();
			try {
				goOn.await();
			}
			catch (final InterruptedException e) {
				throw new RunCanceledException();
			}
			return "value " + index;
		});
		final FutureTask<String> first = new FutureTask<>(() -> values.get(3));
		final FutureTask<Boolean> second = new FutureTask<>(() -> {
			assertThrows(RunCanceledException.class, () -> values.get(3));
			return Thread.currentThread().isInterrupted();
		});
		new Thread(first).start();
		started.await();
		final Thread waiting = new Thread(second);
		waiting.start();
		awaitWaiting(waiting);
		waiting.interrupt();
		assertTrue(second.get(), "the thread still knows that it was interrupted");
		goOn.countDown();
		assertEquals("value 3", first.get());
	}

	@Test
	void whatIsBeingMadeIsNotDroppedForAnother() throws Exception {
		final RecentValues<String> values = new RecentValues<>(1, index -> {
			calls.incrementAndGet();
			if (index == 3) {
				started.countDown();
				try {
					goOn.await();
				}
				catch (final InterruptedException e) {
					throw new RunCanceledException();
				}
			}
			return "value " + index;
		});
		final FutureTask<String> first = new FutureTask<>(() -> values.get(3));
		new Thread(first).start();
		started.await();
		assertEquals("value 4", values.get(4));
		final FutureTask<String> second = new FutureTask<>(() -> values.get(3));
		final Thread waiting = new Thread(second);
		waiting.start();
		awaitWaiting(waiting);
		goOn.countDown();
		assertEquals(first.get(), second.get());
		assertEquals(2, calls.get());
	}

	@Test
	void anErrorOfTheMachineStaysAnError() {
		final RecentValues<String> values = new RecentValues<>(1, index -> {
			throw new OutOfMemoryError("images");
		});
		assertEquals("images", assertThrows(OutOfMemoryError.class, () -> values.get(0)).getMessage());
	}
}
