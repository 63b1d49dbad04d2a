
package io.github.zimagefiji.service;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.scijava.Context;
import org.scijava.event.EventHandler;
import org.scijava.event.EventService;
import org.scijava.task.Task;
import org.scijava.task.event.TaskEvent;

import ij.IJ;
import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.GenerationResult;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.error.RunCanceledException;
import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.image.ImageSeries;
import io.github.zimagefiji.request.ComputeOptions;
import io.github.zimagefiji.request.Precision;
import io.github.zimagefiji.request.TextToImageRequest;

/** Runs that scripts ask for by name. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@Tag("engine")
class NamedValuesRunTest {

	private final List<Task> seen = new CopyOnWriteArrayList<>();
	private volatile boolean cancel;
	private volatile boolean escape;
	private Context context;
	private ZImageService service;

	@BeforeEach
	void startScijava() {
		context = new Context(ZImageService.class, EventService.class);
		context.service(EventService.class).subscribe(this);
		service = context.service(ZImageService.class);
	}

	@AfterEach
	void stop() {
		IJ.resetEscape();
		context.dispose();
	}

	/** On the thread that computes. */
	@EventHandler
	void onTask(final TaskEvent event) {
		final Task task = event.getTask();
		if (!seen.contains(task)) seen.add(task);
		if (task.isDone() || task.getProgressValue() == 0) return;
		if (cancel && !task.isCanceled()) task.cancel("not wanted");
		if (escape) IJ.setKeyDown(java.awt.event.KeyEvent.VK_ESCAPE);
	}

	private static Map<String, Object> values() {
		return new HashMap<>(Map.of("model", Golden.model().toFile(), "prompt", "cells", "width", 32,
			"height", 16, "steps", 2, "seed", 5, "count", 2, "precision", "float32", "threads", 1));
	}

	/** A run that lasts until news of it has come to be told and answered. */
	private static Map<String, Object> longRun() {
		final Map<String, Object> values = values();
		values.put("steps", 1000);
		return values;
	}

	private List<GeneratedImage> expected() {
		return service.generate(Golden.model(), new ComputeOptions("auto", Precision.FLOAT32, 1),
			TextToImageRequest.builder("cells").size(32, 16).steps(2).seed(5).count(2).build(),
			Progress.NONE).images();
	}

	@Test
	void namedValuesGiveTheImagesOfTheSameRequest() {
		final GenerationResult result = service.generate(values());
		final List<GeneratedImage> expected = expected();
		assertEquals(2, result.images().size());
		for (int i = 0; i < 2; i++) {
			assertArrayEquals(expected.get(i).samples(), result.images().get(i).samples());
			assertEquals(expected.get(i).provenance(), result.images().get(i).provenance());
		}
	}

	@Test
	void aTaskShowsTheRunAndIsFinished() {
		service.generate(values());
		assertEquals(1, seen.size());
		assertEquals("Text to Image", seen.get(0).getName());
		assertTrue(seen.get(0).isDone());
		assertEquals(seen.get(0).getProgressMaximum(), seen.get(0).getProgressValue());
	}

	@Test
	void theTaskCancelsTheRun() {
		cancel = true;
		assertThrows(RunCanceledException.class, () -> service.generate(longRun()));
		assertTrue(seen.get(0).isDone());
		cancel = false;
		assertEquals(2, service.generate(values()).images().size(), "the next run is another one");
	}

	@Test
	void escapeCancelsTheRun() {
		escape = true;
		assertThrows(RunCanceledException.class, () -> service.generate(longRun()));
		escape = false;
		assertEquals(2, service.generate(values()).images().size());
	}

	@Test
	void aSeriesByNameGeneratesWhatIsRead() {
		final Map<String, Object> values = values();
		values.put("keep", 1);
		final ImageSeries series = service.series(values);
		assertEquals(List.of(), seen);
		assertEquals(expected().get(1).provenance(), series.provenance(1));
		assertEquals(1, seen.size());
		cancel = true;
		final ImageSeries slow = service.series(longRun());
		assertThrows(RunCanceledException.class, () -> slow.getAt(0, 0, 0, 0));
	}
}
