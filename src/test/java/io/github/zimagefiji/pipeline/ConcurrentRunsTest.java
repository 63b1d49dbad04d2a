
package io.github.zimagefiji.pipeline;

import static io.github.zimagefiji.golden.Golden.FLOAT32;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.zimagefiji.GenerationResult;
import io.github.zimagefiji.Host;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.RecordingProgress;
import io.github.zimagefiji.error.RunCanceledException;
import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.pipeline.host.LocalHost;
import io.github.zimagefiji.request.ComputeOptions;
import io.github.zimagefiji.request.Precision;
import io.github.zimagefiji.request.Stage;
import io.github.zimagefiji.request.TextToImageRequest;

/** Runs on several threads of one JVM. */
@Timeout(240)
@Tag("engine")
class ConcurrentRunsTest {

	private static final int RUNS = 4;

	private final ExecutorService threads = Executors.newFixedThreadPool(2);

	@AfterEach
	void end() {
		threads.shutdownNow();
	}

	private static TextToImageRequest request(final int seed) {
		return TextToImageRequest.builder("cells " + seed).size(64, 48).steps(2).guidance(2.0)
			.seed(seed).build();
	}

	/**
	 * Runs requests with seeds 0, 1, … on two threads and compares with the same one after the other.
	 */
	private void assertSame(final List<GenerationResult> expected,
		final List<Callable<GenerationResult>> runs) throws InterruptedException, ExecutionException
	{
		final List<Future<GenerationResult>> results = threads.invokeAll(runs);
		for (int i = 0; i < RUNS; i++) {
			assertArrayEquals(expected.get(i).latents(), results.get(i).get().latents(), "latents " + i);
			assertArrayEquals(expected.get(i).images().get(0).samples(),
				results.get(i).get().images().get(0).samples(), "image " + i);
		}
	}

	private static List<GenerationResult> oneAfterTheOther() {
		final List<GenerationResult> results = new ArrayList<>();
		try (Pipeline pipeline = Pipeline.open(Golden.model(), FLOAT32)) {
			for (int i = 0; i < RUNS; i++) {
				results.add(pipeline.generate(request(i), Progress.NONE));
			}
		}
		return results;
	}

	@Test
	void oneHostGivesTheSameImagesToTwoThreads() throws Exception {
		final List<Callable<GenerationResult>> runs = new ArrayList<>();
		try (Host host = new LocalHost()) {
			for (int i = 0; i < RUNS; i++) {
				final int seed = i;
				runs.add(() -> host.generate(Golden.model(), FLOAT32, request(seed), Progress.NONE));
			}
			assertSame(oneAfterTheOther(), runs);
		}
	}

	@Test
	void twoPipelinesGiveTheSameImagesAtTheSameTime() throws Exception {
		final List<Callable<GenerationResult>> runs = new ArrayList<>();
		try (Pipeline one = Pipeline.open(Golden.model(), FLOAT32);
				Pipeline two = Pipeline.open(Golden.model(), FLOAT32))
		{
			for (int i = 0; i < RUNS; i++) {
				final int seed = i;
				runs.add(() -> (seed % 2 == 0 ? one : two).generate(request(seed), Progress.NONE));
			}
			assertSame(oneAfterTheOther(), runs);
		}
	}

	@Test
	void aPipelineKeepsItsThreadsBesideAnother() throws Exception {
		try (Pipeline one = Pipeline.open(Golden.model(), FLOAT32);
				Pipeline two =
					Pipeline.open(Golden.model(), new ComputeOptions("cpu", Precision.FLOAT32, 2)))
		{
			assertEquals(1, threads(one));
			assertEquals(2, threads.submit(() -> threads(two)).get());
			assertEquals(1, threads.submit(() -> threads(one)).get());
			assertEquals(2, threads(two));
		}
	}

	private static int threads(final Pipeline pipeline) {
		return pipeline
			.generate(TextToImageRequest.builder("").size(16, 16).steps(1).build(), Progress.NONE)
			.images().get(0).provenance().threads();
	}

	/** Stops at the first step until it is let go. */
	private static final class Gate implements Progress {

		private final CountDownLatch reached = new CountDownLatch(1);
		private final CountDownLatch open = new CountDownLatch(1);
		private volatile boolean canceled;

		@Override
		public void update(final Stage stage, final double fraction, final String message) {
			if (stage != Stage.DENOISE) return;
			reached.countDown();
			try {
				open.await();
			}
			catch (final InterruptedException e) {
				Thread.currentThread().interrupt();
			}
		}

		@Override
		public boolean isCanceled() {
			return canceled;
		}
	}

	@Test
	void waitingForAnotherRunCanBeCanceled() throws Exception {
		final Gate first = new Gate();
		final CountDownLatch waiting = new CountDownLatch(1);
		final Progress second = new RecordingProgress((stage, fraction, message) -> {
			assertEquals(Stage.WAIT, stage);
			waiting.countDown();
		}, () -> waiting.getCount() == 0);
		try (Host host = new LocalHost()) {
			final Future<GenerationResult> running =
				threads.submit(() -> host.generate(Golden.model(), FLOAT32, request(1), first));
			first.reached.await();
			assertThrows(RunCanceledException.class,
				() -> host.generate(Golden.model(), FLOAT32, request(2), second));
			assertFalse(running.isDone());
			first.open.countDown();
			assertEquals(1, running.get().images().size());
		}
	}

	@Test
	void waitingForAnotherRunCanBeInterrupted() throws Exception {
		final Gate first = new Gate();
		try (Host host = new LocalHost()) {
			final Future<GenerationResult> running =
				threads.submit(() -> host.generate(Golden.model(), FLOAT32, request(1), first));
			first.reached.await();
			Thread.currentThread().interrupt();
			assertThrows(RunCanceledException.class,
				() -> host.generate(Golden.model(), FLOAT32, request(2), Progress.NONE));
			assertTrue(Thread.interrupted());
			first.open.countDown();
			assertEquals(1, running.get().images().size());
		}
	}

	@Test
	void closingWaitsForTheRunInProgress() throws Exception {
		final Gate first = new Gate();
		final Host host = new LocalHost();
		final Future<GenerationResult> running =
			threads.submit(() -> host.generate(Golden.model(), FLOAT32, request(1), first));
		first.reached.await();
		final Future<?> closing = threads.submit(host::close);
		first.open.countDown();
		closing.get();
		assertEquals(1, running.get().images().size());
	}

	@Test
	void aFailedRunLeavesTheHostUsable() {
		try (Host host = new LocalHost()) {
			final Progress failing = new RecordingProgress((stage, fraction, message) -> {
				if (stage == Stage.DECODE) throw new IllegalArgumentException("of the listener");
			});
			assertThrows(IllegalArgumentException.class,
				() -> host.generate(Golden.model(), FLOAT32, request(1), failing));
			assertThrows(RuntimeException.class,
				() -> host.generate(Golden.path("nowhere"), FLOAT32, request(1), Progress.NONE));
			assertEquals(1,
				host.generate(Golden.model(), FLOAT32, request(1), Progress.NONE).images().size());
		}
	}
}
