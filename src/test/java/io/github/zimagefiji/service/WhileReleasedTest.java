
package io.github.zimagefiji.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.EventQueue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.event.EventService;

import io.github.zimagefiji.Progress;
import io.github.zimagefiji.RecordingProgress;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.error.RunCanceledException;
import io.github.zimagefiji.hub.HubModels;
import io.github.zimagefiji.request.ComputeOptions;
import io.github.zimagefiji.request.Precision;
import io.github.zimagefiji.request.Stage;
import io.github.zimagefiji.request.TextToImageRequest;

/** Work on the files of models, and the runs that want to use them. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@Tag("engine")
class WhileReleasedTest {

	/**
	 * Weights stored in bfloat16 are not copied for such a run: the files are mapped.
	 */
	private static final ComputeOptions MAPPED = new ComputeOptions("cpu", Precision.BFLOAT16, 1);

	@TempDir
	private Path folder;

	private Context context;
	private ZImageService service;
	private Path model;

	@BeforeEach
	void start() throws IOException {
		context = new Context(ZImageService.class, EventService.class);
		service = context.service(ZImageService.class);
		model = HubModels.copy(folder.resolve("m"));
	}

	@AfterEach
	void stop() {
		context.dispose();
	}

	private void run(final Progress progress) {
		service.generate(model, MAPPED,
			TextToImageRequest.builder("cells").size(16, 16).steps(1).guidance(0.0).seed(1).build(),
			progress);
	}

	private boolean isMapped() {
		try {
			return Files.readString(Path.of("/proc/self/maps")).contains(model.toString());
		}
		catch (final IOException e) {
			throw new IllegalStateException(e);
		}
	}

	/** Java takes maps away on a thread of its own. */
	private boolean mappedAfterAWhile() {
		for (int i = 0; i < 500 && isMapped(); i++) {
			LockSupport.parkNanos(10_000_000);
		}
		return isMapped();
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void noFileOfAModelIsMapped() {
		run(Progress.NONE);
		assertTrue(isMapped(), "otherwise this shows nothing");
		final boolean mapped = service.whileReleased(Progress.NONE, progress -> mappedAfterAWhile());
		assertFalse(mapped);
	}

	@Test
	void aRunThatIsAskedForMeanwhileWaitsAndSaysSo() throws Exception {
		final CountDownLatch waits = new CountDownLatch(1);
		final List<String> order = new CopyOnWriteArrayList<>();
		final CompletableFuture<Void> later = service.whileReleased(Progress.NONE, progress -> {
			final CompletableFuture<Void> run =
				CompletableFuture.runAsync(() -> run(new RecordingProgress((stage, fraction, message) -> {
					if (stage == Stage.WAIT) waits.countDown();
					else order.add("run");
				})));
			await(waits);
			order.add("work");
			return run;
		});
		later.get();
		assertEquals("work", order.get(0));
		assertTrue(order.contains("run"));
	}

	private static void await(final CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (final InterruptedException e) {
			throw new IllegalStateException(e);
		}
	}

	@Test
	void itIsRefusedWhereWindowsAreDrawnAndWhenItIsNoLongerWanted() throws Exception {
		final AtomicReference<InvalidInputException> refusal = new AtomicReference<>();
		EventQueue.invokeAndWait(() -> refusal.set(assertThrows(InvalidInputException.class,
			() -> service.whileReleased(Progress.NONE, progress -> "done"))));
		assertTrue(refusal.get().getMessage().contains("thread that draws Fiji's windows"),
			refusal.get().getMessage());
		final Progress unwanted = new RecordingProgress(() -> true);
		assertThrows(RunCanceledException.class,
			() -> service.whileReleased(unwanted, progress -> "done"));
	}
}
