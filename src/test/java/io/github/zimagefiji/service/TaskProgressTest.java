
package io.github.zimagefiji.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.EventQueue;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.scijava.Context;
import org.scijava.app.StatusService;
import org.scijava.app.event.StatusEvent;
import org.scijava.event.EventHandler;
import org.scijava.event.EventService;
import org.scijava.task.Task;
import org.scijava.task.TaskService;
import org.scijava.task.event.TaskEvent;
import org.scijava.thread.ThreadService;

import io.github.zimagefiji.request.Stage;

class TaskProgressTest {

	private final AtomicBoolean unwanted = new AtomicBoolean();
	private Context context;
	private Task task;
	private TaskProgress progress;
	private final BlockingQueue<StatusEvent> shown = new LinkedBlockingQueue<>();
	private final List<String> seen = new CopyOnWriteArrayList<>();

	@BeforeEach
	void startScijava() {
		context = new Context(TaskService.class, StatusService.class, EventService.class);
		context.service(EventService.class).subscribe(this);
		task = context.service(TaskService.class).createTask("a run");
		progress = new TaskProgress(task, context.service(StatusService.class),
			context.service(ThreadService.class), unwanted::get);
	}

	@AfterEach
	void stop() {
		context.dispose();
	}

	@EventHandler
	void onStatus(final StatusEvent event) {
		shown.add(event);
	}

	@EventHandler
	void onTask(final TaskEvent event) {
		seen.add(event.getTask().isDone() + " " + event.getTask().getStatusMessage());
	}

	/** The next status line that is shown. */
	private StatusEvent status() throws InterruptedException {
		return Objects.requireNonNull(shown.poll(10, TimeUnit.SECONDS), "nothing was shown");
	}

	@Test
	void showsStageMessageAndFraction() throws InterruptedException {
		progress.update(Stage.DENOISE, 0.25, "step 3 of 8");
		final StatusEvent event = status();
		assertEquals("Forming the image: step 3 of 8", event.getStatusMessage());
		assertEquals(0.25, (double) event.getProgressValue() / event.getProgressMaximum());
		assertEquals("Forming the image: step 3 of 8", task.getStatusMessage());
		assertEquals(0.25, (double) task.getProgressValue() / task.getProgressMaximum());
		assertFalse(task.isDone());
	}

	@Test
	void saysThatTheRunWaitsAndWhereInTheLine() throws InterruptedException {
		progress.update(Stage.WAIT, 0, "");
		assertEquals("Waiting for another run…", status().getStatusMessage());
		progress.update(Stage.WAIT, 0, "2 are before this one");
		assertEquals("Waiting for another run… 2 are before this one", status().getStatusMessage());
	}

	@Test
	void nothingIsShownAfterTheEnd() throws InterruptedException {
		for (int i = 0; i < 1000; i++) {
			progress.update(Stage.DENOISE, i / 1000.0, "step " + i);
		}
		progress.close();
		progress.close();
		progress.update(Stage.DECODE, 1, "too late");
		assertTrue(task.isDone());
		context.dispose(); // waits for threads of the context
		assertTrue(seen.stream().noneMatch(event -> event.contains("too late")), seen.toString());
		assertEquals(1, seen.stream().filter(event -> event.startsWith("true")).count(),
			seen.toString());
		assertTrue(seen.get(seen.size() - 1).startsWith("true"), seen.toString());
	}

	@Test
	void aRunDoesNotWaitForBusyWindows() throws InterruptedException {
		final CountDownLatch busy = new CountDownLatch(1);
		final CountDownLatch done = new CountDownLatch(1);
		EventQueue.invokeLater(() -> {
			busy.countDown();
			try {
				done.await();
			}
			catch (final InterruptedException e) {
				Thread.currentThread().interrupt();
			}
		});
		busy.await();
		try {
			// Each of these would wait for the thread that is busy, if this one
			// delivered the news.
			for (int i = 1; i <= 1000; i++) {
				progress.update(Stage.DENOISE, i / 1000.0, "step " + i + " of 1000");
			}
		}
		finally {
			done.countDown();
		}
		String last = "";
		while (!last.endsWith("step 1000 of 1000")) {
			last = status().getStatusMessage();
		}
	}

	@Test
	void isCancelledByTheTask() {
		assertFalse(progress.isCanceled());
		task.cancel("no longer wanted");
		assertTrue(progress.isCanceled());
	}

	@Test
	void staysCancelledOnceThePersonSaidSo() {
		unwanted.set(true);
		assertTrue(progress.isCanceled());
		unwanted.set(false);
		assertTrue(progress.isCanceled());
	}
}
