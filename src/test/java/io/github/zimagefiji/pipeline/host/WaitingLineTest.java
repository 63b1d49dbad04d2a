
package io.github.zimagefiji.pipeline.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.zimagefiji.error.RunCanceledException;

/** Threads in a line. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class WaitingLineTest {

	private final WaitingLine line = new WaitingLine();
	private final ExecutorService threads = Executors.newCachedThreadPool();
	private final List<Integer> order = new CopyOnWriteArrayList<>();

	@AfterEach
	void stop() {
		threads.shutdownNow();
	}

	/** One who waits, and notes when its turn comes. */
	private final class Waiting {

		private final BlockingQueue<Integer> places = new LinkedBlockingQueue<>();
		private final CountDownLatch asked = new CountDownLatch(5);
		private final CountDownLatch turn = new CountDownLatch(1);
		private final CountDownLatch goOn = new CountDownLatch(1);
		private final Future<?> result;
		private volatile boolean unwanted;

		Waiting(final int number) {
			result = threads.submit(() -> line.inTurn(places::add, this::ask, () -> {
				order.add(number);
				turn.countDown();
				return hold();
			}));
		}

		private Object hold() {
			try {
				goOn.await();
			}
			catch (final InterruptedException e) {
				Thread.currentThread().interrupt();
			}
			return this;
		}

		private void ask() {
			asked.countDown();
			if (unwanted) throw new RunCanceledException();
		}
	}

	@Test
	void whoeverComesFirstIsFirstHoweverOftenTheyAreAsked() throws Exception {
		final Waiting first = new Waiting(0);
		first.turn.await();
		final List<Waiting> others = new ArrayList<>();
		for (int i = 1; i <= 5; i++) {
			others.add(new Waiting(i));
			assertEquals(i, others.get(i - 1).places.take());
		}
		for (final Waiting other : others) {
			other.asked.await();
		}
		first.goOn.countDown();
		for (int i = 1; i < 5; i++) {
			others.get(i - 1).turn.await();
			assertEquals(5 - i, others.get(4).places.take());
			others.get(i - 1).goOn.countDown();
		}
		others.get(4).goOn.countDown();
		others.get(4).result.get();
		assertEquals(List.of(0, 1, 2, 3, 4, 5), order);
	}

	@Test
	void whoGivesUpLeavesTheLineToTheOthers() throws Exception {
		final Waiting first = new Waiting(0);
		first.turn.await();
		final Waiting second = new Waiting(1);
		second.places.take();
		final Waiting third = new Waiting(2);
		assertEquals(2, third.places.take());
		second.unwanted = true;
		assertInstanceOf(RunCanceledException.class,
			assertThrows(ExecutionException.class, second.result::get).getCause());
		assertEquals(1, third.places.take());
		first.goOn.countDown();
		third.goOn.countDown();
		third.result.get();
		assertEquals(List.of(0, 2), order);
	}

	@Test
	void anInterruptEndsTheWait() throws Exception {
		final Waiting first = new Waiting(0);
		first.turn.await();
		final Thread impatient = new Thread(() -> assertThrows(InterruptedException.class,
			() -> line.inTurn(before -> order.add(-before), () -> {}, () -> order.add(7))));
		impatient.start();
		while (order.size() < 2) {
			Thread.sleep(5);
		}
		impatient.interrupt();
		impatient.join();
		first.goOn.countDown();
		first.result.get();
		line.inTurn(before -> order.add(before), () -> {}, () -> order);
		assertEquals(List.of(0, -1), order, "someone is still in the line");
	}

	@Test
	void nobodyWaitsForThemselves() throws Exception {
		line.inTurn(before -> {}, () -> {}, () -> assertThrows(IllegalStateException.class,
			() -> line.inTurn(before -> {}, () -> {}, () -> "again")));
		assertEquals("after that",
			line.inTurn(before -> order.add(before), () -> {}, () -> "after that"));
		assertEquals(List.of(), order);
	}

	@Test
	void whatFailsLetsTheNextOneIn() throws Exception {
		assertThrows(IllegalArgumentException.class, () -> line.inTurn(before -> {}, () -> {}, () -> {
			throw new IllegalArgumentException();
		}));
		assertEquals("next",
			threads.submit(() -> line.inTurn(before -> {}, () -> {}, () -> "next")).get());
	}
}
