package io.github.zimagefiji.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.BlockingQueue;
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

import io.github.zimagefiji.Stage;

class TaskProgressTest {

	private final AtomicBoolean unwanted = new AtomicBoolean();
	private Context context;
	private Task task;
	private TaskProgress progress;
	private final BlockingQueue<StatusEvent> shown = new LinkedBlockingQueue<>();

	@BeforeEach
	void startScijava() {
		context = new Context(TaskService.class, StatusService.class, EventService.class);
		context.service(EventService.class).subscribe(this);
		task = context.service(TaskService.class).createTask("a run");
		progress = new TaskProgress(task, context.service(StatusService.class), unwanted::get);
	}

	@AfterEach
	void stop() {
		context.dispose();
	}

	@EventHandler
	void onStatus(final StatusEvent event) {
		shown.add(event);
	}

	@Test
	void showsStageMessageAndFraction() throws InterruptedException {
		progress.update(Stage.DENOISE, 0.25, "step 3 of 8");
		assertEquals("Forming the image: step 3 of 8", task.getStatusMessage());
		assertEquals(0.25, (double) task.getProgressValue() / task.getProgressMaximum());
		final StatusEvent event = shown.poll(10, TimeUnit.SECONDS);
		assertEquals("Forming the image: step 3 of 8", event.getStatusMessage());
		assertEquals(0.25, (double) event.getProgressValue() / event.getProgressMaximum());
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
