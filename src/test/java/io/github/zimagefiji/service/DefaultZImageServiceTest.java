
package io.github.zimagefiji.service;

import static io.github.zimagefiji.Refusals.assertRefused;
import static io.github.zimagefiji.golden.Golden.FLOAT32;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.EventQueue;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.scijava.Context;
import org.scijava.event.EventHandler;
import org.scijava.event.EventService;
import org.scijava.event.EventSubscriber;
import org.scijava.service.Service;
import org.scijava.task.Task;
import org.scijava.task.event.TaskEvent;
import org.scijava.thread.ThreadService;

import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.GenerationResult;
import io.github.zimagefiji.ModelVariant;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.error.RunCanceledException;
import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.golden.ReferenceRun;
import io.github.zimagefiji.image.ImageSeries;
import io.github.zimagefiji.image.Images;
import io.github.zimagefiji.request.ComputeOptions;
import io.github.zimagefiji.request.Stage;
import io.github.zimagefiji.request.TextToImageRequest;
import net.imglib2.Cursor;
import net.imglib2.RandomAccess;
import net.imglib2.img.Img;
import net.imglib2.type.numeric.integer.UnsignedByteType;

@Timeout(value = 3, unit = TimeUnit.MINUTES)
@Tag("engine")
class DefaultZImageServiceTest {

	private final ExecutorService threads = Executors.newCachedThreadPool();
	private Context context;
	private ZImageService service;

	@BeforeEach
	void startScijava() {
		context = new Context(ZImageService.class, EventService.class);
		service = context.service(ZImageService.class);
	}

	@Test
	void theBuiltInModelMakesAnImageFromNothingButAPrompt() {
		final Img<UnsignedByteType> image = service.textToImage("three round green nuclei", 42);
		assertArrayEquals(new long[] { 128, 128, 3 }, image.dimensionsAsLongArray());
		assertSame(ModelVariant.BUILT_IN, service.inspect(service.builtInModel()).variant());
	}

	@Test
	void aSeriesHoldsTheImagesOfItsSeeds() {
		final TextToImageRequest request =
			TextToImageRequest.builder("cells").size(32, 16).steps(1).seed(5).count(3).build();
		final Img<UnsignedByteType> series =
			service.series(Golden.model(), FLOAT32, request, 2, Progress.NONE);
		assertArrayEquals(new long[] { 32, 16, 3, 3 }, series.dimensionsAsLongArray());
		final List<GeneratedImage> images =
			service.generate(Golden.model(), FLOAT32, request, Progress.NONE).images();
		for (final int i : new int[] { 2, 0, 1 }) {
			final Img<UnsignedByteType> expected = Images.toImg(images.get(i));
			final Cursor<UnsignedByteType> pixels = expected.localizingCursor();
			while (pixels.hasNext()) {
				final int level = pixels.next().get();
				assertEquals(level, series
					.getAt(pixels.getLongPosition(0), pixels.getLongPosition(1), pixels.getLongPosition(2), i)
					.get());
			}
		}
	}

	private ImageSeries series(final Progress progress) {
		return service.series(Golden.model(), FLOAT32, ReferenceRun.request(), 1, progress);
	}

	@Test
	void readingASeriesIsCanceledByProgressOrInterruptAndMayBeTriedAgain() throws Exception {
		final Held held = new Held();
		final ImageSeries series = series(held);
		final Future<UnsignedByteType> canceled = threads.submit(() -> series.getAt(0, 0, 0, 0));
		held.reached.await();
		held.canceled = true;
		held.goOn.countDown();
		assertCanceled(canceled);
		held.canceled = false;
		Thread.currentThread().interrupt();
		assertThrows(RunCanceledException.class, () -> series.getAt(0, 0, 0, 0));
		assertTrue(Thread.interrupted());
		ReferenceRun.assertLatents("the service", start(Progress.NONE).get().latents());
		assertEquals(ReferenceRun.SEED, series.provenance(0).request().seed());
	}

	@Test
	void readingASeriesStopsWhenTheServiceIsDisposed() throws Exception {
		final Held held = new Held();
		final ImageSeries series = series(held);
		final Future<UnsignedByteType> reading = threads.submit(() -> series.getAt(0, 0, 0, 0));
		held.reached.await();
		final Thread disposer = new Thread(context::dispose);
		disposer.start();
		// It waits for the run, but not for ever.
		while (!EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING, Thread.State.TERMINATED)
			.contains(disposer.getState()))
		{
			Thread.sleep(10);
		}
		held.goOn.countDown();
		assertCanceled(reading);
		disposer.join();
	}

	@Test
	void aModelThatVanishedIsMissedWithASentence() {
		assertRefused(
			() -> service.series(Path.of("absent"), FLOAT32, ReferenceRun.request(), 1, Progress.NONE),
			"absent");
	}

	@AfterEach
	void stop() {
		context.dispose();
		threads.shutdownNow();
	}

	/**
	 * Stops the run at its first report until it is let go; keeps what was reported.
	 */
	private static final class Held implements Progress {

		private final CountDownLatch reached = new CountDownLatch(1);
		private final CountDownLatch goOn = new CountDownLatch(1);
		private final List<String> lines = new CopyOnWriteArrayList<>();
		private volatile boolean canceled;

		@Override
		public void update(final Stage stage, final double fraction, final String message) {
			lines.add(stage.line(message));
			reached.countDown();
			try {
				goOn.await();
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

	private Future<GenerationResult> start(final Progress progress) {
		return threads
			.submit(() -> service.generate(Golden.model(), FLOAT32, ReferenceRun.request(), progress));
	}

	@Test
	void givesScriptsTheSameColoursAsTheResult() {
		final Img<UnsignedByteType> img = service.textToImage(Golden.model().toFile(),
			ReferenceRun.PROMPT, ReferenceRun.WIDTH, ReferenceRun.HEIGHT, ReferenceRun.SEED);
		assertArrayEquals(new long[] { ReferenceRun.WIDTH, ReferenceRun.HEIGHT, 3 },
			img.dimensionsAsLongArray());
		final GeneratedImage expected =
			service.generate(Golden.model(), ComputeOptions.AUTO, ReferenceRun.request(), Progress.NONE)
				.images().get(0);
		final RandomAccess<UnsignedByteType> access = img.randomAccess();
		for (int i = 0; i < expected.samples().length; i++) {
			final int plane = ReferenceRun.WIDTH * ReferenceRun.HEIGHT;
			access.setPosition(
				new int[] { i % ReferenceRun.WIDTH, i % plane / ReferenceRun.WIDTH, i / plane });
			assertEquals(GeneratedImage.toByte(expected.samples()[i]), access.get().get());
		}
	}

	@Test
	void agreesWithTheReference() {
		ReferenceRun.assertLatents("the service",
			service.generate(Golden.model(), FLOAT32, ReferenceRun.request(), Progress.NONE).latents());
	}

	@Test
	void inspectsAModelWithoutRunningIt() {
		assertSame(ModelVariant.TURBO, service.inspect(Golden.model()).variant());
		assertThrows(InvalidInputException.class, () -> service.inspect(Path.of("absent")));
	}

	@Test
	void tellsRunsThatTheyWaitAndComputesThemInTheirOrder() throws Exception {
		final Held first = new Held();
		final Held second = new Held();
		final Held third = new Held();
		final Future<GenerationResult> firstResult = start(first);
		first.reached.await();
		final Future<GenerationResult> secondResult = start(second);
		second.reached.await();
		final Future<GenerationResult> thirdResult = start(third);
		third.reached.await();
		assertEquals(List.of("Waiting for another run…"), second.lines);
		assertEquals(List.of("Waiting for another run… 2 are before this one"), third.lines);
		second.goOn.countDown();
		third.goOn.countDown();
		first.goOn.countDown();
		assertArrayEquals(firstResult.get().latents(), secondResult.get().latents());
		assertArrayEquals(firstResult.get().latents(), thirdResult.get().latents());
		assertEquals(
			List.of("Waiting for another run… 2 are before this one", "Waiting for another run…"),
			third.lines.subList(0, 2));
	}

	@Test
	void aRunIsRefusedOnTheThreadThatDrawsWindows() throws Exception {
		final List<String> said = new CopyOnWriteArrayList<>();
		EventQueue.invokeAndWait(() -> {
			said.add(assertThrows(InvalidInputException.class,
				() -> service.generate(Golden.model(), FLOAT32, ReferenceRun.request(), Progress.NONE))
				.getMessage());
			said.add(assertThrows(InvalidInputException.class, () -> service.textToImage("nuclei", 1))
				.getMessage());
		});
		assertTrue(said.get(0).contains("another thread"), said.toString());
		assertEquals(said.get(0), said.get(1));
	}

	@Test
	void releasingOnTheThreadThatDrawsWindowsDoesNotWaitForARun() throws Exception {
		final Held held = new Held();
		final Future<GenerationResult> result = start(held);
		held.reached.await();
		EventQueue.invokeAndWait(service::release);
		held.goOn.countDown();
		assertEquals(1, result.get().images().size());
	}

	@Test
	void aRunWithoutProgressOfItsOwnIsATaskThatCanBeCancelled() {
		final Object impatience = new Object() {

			@EventHandler
			void onTask(final TaskEvent event) {
				final Task task = event.getTask();
				if ("Text to Image".equals(task.getName()) && !task.isCanceled()) task.cancel("enough");
			}
		};
		final List<EventSubscriber<?>> subscribers =
			context.service(EventService.class).subscribe(impatience);
		assertThrows(RunCanceledException.class, () -> service.textToImage("two red nuclei", 1));
		context.service(EventService.class).unsubscribe(subscribers);
		assertEquals(128, service.textToImage("two red nuclei", 1).dimension(0));
	}

	@Test
	void cancelsARunThatWaits() throws Exception {
		final Held first = new Held();
		final Held second = new Held();
		final Future<GenerationResult> firstResult = start(first);
		first.reached.await();
		final Future<GenerationResult> secondResult = start(second);
		second.reached.await();
		second.canceled = true;
		second.goOn.countDown();
		assertCanceled(secondResult);
		first.goOn.countDown();
		assertEquals(1, firstResult.get().images().size());
	}

	@Test
	void loadsTheModelAgainAfterARelease() throws Exception {
		final float[] before = start(Progress.NONE).get().latents();
		service.release();
		service.release();
		assertArrayEquals(before, start(Progress.NONE).get().latents());
	}

	@Test
	void stopsARunWhenTheContextIsDisposed() throws Exception {
		final Held held = new Held();
		final Future<GenerationResult> result = start(held);
		held.reached.await();
		final Thread disposer = new Thread(context::dispose);
		disposer.start();
		// Disposing asks the run to stop, then waits for it.
		while (disposer.getState() != Thread.State.TIMED_WAITING) {
			Thread.sleep(10);
		}
		held.goOn.countDown();
		assertCanceled(result);
		disposer.join();
		assertCanceled(start(Progress.NONE));
	}

	@Test
	void isDisposedBeforeTheThreadsThatItsRunsUse() {
		final List<Service> order = context.getServiceIndex().getAll();
		assertTrue(order.indexOf(service) > order.indexOf(context.service(ThreadService.class)),
			"SciJava disposes services from the last to the first");
	}

	private static void assertCanceled(final Future<?> result) {
		final ExecutionException failure = assertThrows(ExecutionException.class, result::get);
		assertInstanceOf(RunCanceledException.class, failure.getCause());
	}
}
