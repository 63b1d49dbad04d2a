
package io.github.zimagefiji.pipeline.host;

import static io.github.zimagefiji.golden.Golden.FLOAT32;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.github.zimagefiji.GenerationResult;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.RecordingProgress;
import io.github.zimagefiji.RunEstimate;
import io.github.zimagefiji.Timings;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.hub.builtin.BuiltInModel;
import io.github.zimagefiji.pipeline.ModelCopy;
import io.github.zimagefiji.pipeline.SystemMemory;
import io.github.zimagefiji.request.ComputeOptions;
import io.github.zimagefiji.request.Precision;
import io.github.zimagefiji.request.TextToImageRequest;

/**
 * What a host says of a run before it starts, against what the run then does.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@Tag("engine")
class RunEstimatorTest {

	private final LocalHost host = new LocalHost();

	@AfterEach
	void close() {
		host.close();
	}

	private static TextToImageRequest.Builder request() {
		return TextToImageRequest.builder("two round red nuclei").seed(5);
	}

	private RunEstimate estimate(final TextToImageRequest request) {
		return host.estimate(BuiltInModel.folder(), FLOAT32, request);
	}

	@Test
	void theTimeIsThatOfTheLastRunAndGrowsWithTheWork() {
		assertNull(estimate(request().build()).seconds());
		final Timings took =
			host.generate(BuiltInModel.folder(), FLOAT32, request().build(), Progress.NONE).timings();
		final double steps = took.steps().stream().mapToDouble(Double::doubleValue).sum();
		final double same = estimate(request().build()).seconds();
		assertEquals(took.encode() + steps + took.decode(), same, 1e-9);
		assertEquals(steps, estimate(request().steps(32).build()).seconds() - same, 1e-9,
			"twice the steps");
		assertEquals(steps + took.decode(), estimate(request().count(2).build()).seconds() - same, 1e-9,
			"another image");
		assertTrue(estimate(request().size(256, 256).build()).seconds() > same * 2,
			"four times the pixels");
		assertNull(host.estimate(BuiltInModel.folder(), new ComputeOptions("cpu", Precision.FLOAT32, 2),
			request().build()).seconds(), "other options, another speed");
	}

	@Test
	void optionsChosenAutomaticallyAreAsFastAsWhatTheyCameTo() {
		host.generate(BuiltInModel.folder(), ComputeOptions.AUTO, request().steps(1).build(),
			Progress.NONE);
		final Double automatic =
			host.estimate(BuiltInModel.folder(), ComputeOptions.AUTO, request().build()).seconds();
		assertNotNull(automatic);
		assertEquals(automatic, estimate(request().build()).seconds(),
			"float32 on one thread of the processor");
	}

	@Test
	void theMemoryOfARunIsWithinTheForecast() {
		final TextToImageRequest large = request().size(512, 512).steps(1).build();
		final RunEstimate estimate = estimate(large);
		final long before = SystemMemory.anonymous();
		final Timings took =
			host.generate(BuiltInModel.folder(), FLOAT32, large, Progress.NONE).timings();
		assertTrue(estimate.bytes() < estimate.available());
		assertTrue(estimate.bytes() > estimate(request().build()).bytes(), "grows with the image");
		// The engine itself and Java's heap, which the forecast is not about, take
		// some hundred megabytes.
		if (before >= 0)
			assertTrue(took.peakAnonymousBytes() - before < estimate.bytes() + 500_000_000L,
				took.peakAnonymousBytes() - before + " of " + estimate.bytes());
	}

	@Test
	void whatDoesNotFitIsRefusedWithTheSentenceOfTheRun() {
		System.setProperty(SystemMemory.LIMIT, "1000000");
		try {
			final String forecast =
				assertThrows(InvalidInputException.class, () -> estimate(request().build())).getMessage();
			final String run = assertThrows(InvalidInputException.class,
				() -> host.generate(BuiltInModel.folder(), FLOAT32, request().build(), Progress.NONE))
				.getMessage();
			assertEquals(run.replaceAll("\\d.*GB", ""), forecast.replaceAll("\\d.*GB", ""));
			assertTrue(forecast.contains("are free"), forecast);
		}
		finally {
			System.clearProperty(SystemMemory.LIMIT);
		}
	}

	@Test
	void refusesWhatTheModelCannotDo() {
		assertThrows(InvalidInputException.class,
			() -> host.estimate(Path.of("absent"), FLOAT32, request().build()));
		final String message = assertThrows(InvalidInputException.class,
			() -> estimate(request().size(65536, 65536).build())).getMessage();
		assertTrue(message.contains("65536 × 65536") || message.contains("Java's memory"), message);
	}

	@Test
	void aModelIsOpenedAnewAfterItsFilesWereGivenAway(@TempDir final Path folder) {
		final Path model = ModelCopy.to(folder.resolve("model")).folder();
		final TextToImageRequest small = request().size(32, 32).steps(2).guidance(0.0).build();
		final List<Double> before = sigmas(model, small);
		assertEquals(before, sigmas(model, small));
		host.whileReleased(Progress.NONE, () -> {
			final Path file = model.resolve("scheduler/scheduler_config.json");
			try {
				return Files.writeString(file,
					Files.readString(file).replaceAll("\"shift\": *[0-9.]+", "\"shift\": 5.0"));
			}
			catch (final IOException e) {
				throw new UncheckedIOException(e);
			}
		});
		assertNotEquals(before, sigmas(model, small));
	}

	private List<Double> sigmas(final Path model, final TextToImageRequest request) {
		host.estimate(model, FLOAT32, request);
		return host.generate(model, FLOAT32, request, Progress.NONE).images().get(0).provenance()
			.sigmas();
	}

	@Test
	void aRunInProgressIsNotWaitedFor() throws Exception {
		final CountDownLatch running = new CountDownLatch(1);
		final CountDownLatch estimated = new CountDownLatch(1);
		final FutureTask<GenerationResult> run = new FutureTask<>(
			() -> host.generate(Golden.model(), FLOAT32, request().size(16, 16).steps(1).build(),
				new RecordingProgress((stage, fraction, message) -> running.countDown(), () -> {
					try {
						return running.getCount() == 0 && !estimated.await(1, TimeUnit.MINUTES);
					}
					catch (final InterruptedException e) {
						throw new IllegalStateException(e);
					}
				})));
		new Thread(run).start();
		assertTrue(running.await(1, TimeUnit.MINUTES));
		assertNotNull(host.estimate(Golden.model(), FLOAT32, request().size(16, 16).steps(1).build()));
		estimated.countDown();
		assertEquals(1, run.get().images().size());
	}
}
