
package io.github.zimagefiji.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.zimagefiji.GenerationResult;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.RecordingProgress;
import io.github.zimagefiji.error.RunCanceledException;
import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.request.ComputeOptions;
import io.github.zimagefiji.request.ControlRequest;
import io.github.zimagefiji.request.InputImage;
import io.github.zimagefiji.request.Precision;
import io.github.zimagefiji.request.Stage;
import io.github.zimagefiji.request.TextToImageRequest;
import io.github.zimagefiji.request.Tiling;

/**
 * A run ends wherever it is cancelled, gives its memory back, and leaves a pipeline that works.
 */
@Tag("engine")
class CancellationTest {

	private static final double TOLERANCE = 0.05;

	private Pipeline pipeline;

	@BeforeEach
	void open() {
		open(Precision.FLOAT32);
	}

	private void open(final Precision precision) {
		pipeline = Pipeline.open(Golden.model(), new ComputeOptions("cpu", precision, 1));
	}

	/**
	 * The files hold float32: only in bfloat16 are there weights that loading narrows and a release
	 * gives back. Many processors compute slowly in it, so images are small where it is needed.
	 */
	private void reopenWithNarrowedWeights() {
		pipeline.close();
		open(Precision.BFLOAT16);
	}

	@AfterEach
	void close() {
		pipeline.close();
	}

	/**
	 * Says "cancelled" from its n-th question on, and remembers where that was.
	 */
	private static final class After implements Progress {

		private final int limit;
		private int questions;
		private Stage stage = Stage.LOAD;

		After(final int limit) {
			this.limit = limit;
		}

		@Override
		public void update(final Stage now, final double fraction, final String message) {
			assertTrue(questions <= limit, "the run went on after it was cancelled");
			stage = now;
		}

		@Override
		public boolean isCanceled() {
			return ++questions > limit;
		}
	}

	private static TextToImageRequest request(final String prompt) {
		return TextToImageRequest.builder(prompt).negativePrompt("no " + prompt).size(32, 32).steps(2)
			.guidance(2.0).seed(5).build();
	}

	/** What an earlier request left loaded is loaded again. */
	private void releaseNetworks() {
		pipeline.components().keepOnly(List.of());
	}

	@Test
	void aRunEndsWhereverItIsCanceledAndTheNextOneIsRight() {
		final GenerationResult expected = pipeline.generate(request("cells"), Progress.NONE);
		final After all = new After(Integer.MAX_VALUE);
		pipeline.generate(request("other cells"), all);
		final Set<Stage> stages = EnumSet.noneOf(Stage.class);
		for (int n = 0; n < all.questions; n++) {
			stages.add(cancel(n));
			if (n % 20 == 0) assertSame(expected, pipeline.generate(request("cells"), Progress.NONE));
		}
		assertEquals(EnumSet.of(Stage.LOAD, Stage.ENCODE, Stage.DENOISE, Stage.DECODE), stages);
		assertSame(expected, pipeline.generate(request("cells"), Progress.NONE));
	}

	@Test
	void aRunEndsWhereverItsLoadingIsCanceledAndTheNextOneIsRight() {
		reopenWithNarrowedWeights();
		final GenerationResult expected = pipeline.generate(request("cells"), Progress.NONE);
		releaseNetworks();
		final After all = new After(Integer.MAX_VALUE);
		pipeline.generate(request("other cells"), all);
		for (int n = 0; n < all.questions; n += 23) {
			releaseNetworks();
			cancel(n);
		}
		assertSame(expected, pipeline.generate(request("cells"), Progress.NONE));
	}

	@Test
	void aRunFromPicturesEndsWhereverItIsCanceledAndTheNextOneIsRight() {
		final InputImage image = InputPictures.smooth(40, 32);
		final ControlRequest request = new ControlRequest(
			request("cells").toBuilder().size(null, null).build(), Golden.path("controlnet_v20"), image,
			1, image, InputPictures.rectangle(40, 32, 0, 0, 20, 20), 0, Tiling.AUTO, false);
		final GenerationResult expected = pipeline.generate(request, Progress.NONE);
		final After all = new After(Integer.MAX_VALUE);
		pipeline.generate(request, all);
		final Set<Stage> stages = EnumSet.noneOf(Stage.class);
		for (int n = 0; n < all.questions; n += 3) {
			final After canceled = new After(n);
			assertThrows(RunCanceledException.class, () -> pipeline.generate(request, canceled),
				"at question " + n);
			stages.add(canceled.stage);
		}
		assertTrue(stages.containsAll(EnumSet.of(Stage.SEE, Stage.DENOISE, Stage.DECODE)),
			"cancelled at " + stages);
		assertSame(expected, pipeline.generate(request, Progress.NONE));
	}

	/**
	 * Cancels at the n-th question, with prompts of their own so that the text encoder has work.
	 */
	private Stage cancel(final int n) {
		final TextToImageRequest request = request("cells " + n);
		final After canceled = new After(n);
		assertThrows(RunCanceledException.class, () -> pipeline.generate(request, canceled),
			"at question " + n);
		assertEquals(n + 1, canceled.questions, "asked again after it was cancelled");
		return canceled.stage;
	}

	private static void assertSame(final GenerationResult expected, final GenerationResult actual) {
		assertArrayEquals(expected.images().get(0).samples(), actual.images().get(0).samples());
	}

	@Test
	void loadingCanBeCanceledBetweenTensors() {
		reopenWithNarrowedWeights();
		final After all = new After(Integer.MAX_VALUE);
		pipeline.generate(request("cells"), all);
		final After again = new After(Integer.MAX_VALUE);
		pipeline.generate(request("cells"), again);
		assertTrue(all.questions - again.questions > 200,
			"no questions while " + all.questions + " tensors were loaded");
	}

	@Test
	void anInterruptCancels() {
		Thread.currentThread().interrupt();
		try {
			assertThrows(RunCanceledException.class,
				() -> pipeline.generate(request("cells"), Progress.NONE));
		}
		finally {
			assertTrue(Thread.interrupted());
		}
		assertFalse(pipeline.generate(request("cells"), Progress.NONE).images().isEmpty());
	}

	@Test
	void anInterruptDuringLoadingCancels() {
		final Progress interrupting = new RecordingProgress((stage, fraction, message) -> {
			if (message.contains("transformer")) Thread.currentThread().interrupt();
		});
		try {
			assertThrows(RunCanceledException.class,
				() -> pipeline.generate(request("cells"), interrupting));
		}
		finally {
			assertTrue(Thread.interrupted());
		}
	}

	@Test
	void aRunCannotBeStartedNorThePipelineClosedFromWithinARun() {
		final Runnable run = () -> pipeline.generate(request("x"), Progress.NONE);
		for (final Runnable action : new Runnable[] { run, pipeline::close }) {
			final Progress nested = new RecordingProgress((stage, fraction, message) -> {
				if (stage == Stage.DENOISE) action.run();
			});
			assertThrows(IllegalStateException.class, () -> pipeline.generate(request("cells"), nested));
		}
		assertFalse(pipeline.generate(request("cells"), Progress.NONE).images().isEmpty());
	}

	@Test
	void aClosedPipelineSaysSo() {
		pipeline.close();
		pipeline.close();
		assertThrows(IllegalStateException.class,
			() -> pipeline.generate(request("cells"), Progress.NONE));
	}

	@Test
	void anonymousMemoryIsBackAfterEachOfTwentyCancels() {
		final TextToImageRequest large =
			TextToImageRequest.builder("cells").size(544, 544).steps(1).guidance(0.0).build();
		pipeline.generate(large, Progress.NONE);
		final After all = new After(Integer.MAX_VALUE);
		pipeline.generate(large, all);
		// The last blocks of the decoder hold most: tensors of 38 MB. The C library
		// keeps freed blocks of up to 32 MB for
		// the next request, so that smaller images would not show what is in use.
		final int[] places = { all.questions / 3, all.questions - 4 };
		// The C library also keeps the end of each of its pools, so that the steady
		// state is one of several levels.
		long before = 0;
		for (int i = 0; i < 8; i++) {
			cancelAt(large, places[i % 2]);
			before = Math.max(before, settled());
		}
		long held = 0;
		for (int i = 0; i < 20; i++) {
			held = Math.max(held, cancelAt(large, places[i % 2]) - before);
			final long after = settled();
			assertTrue(after <= before * (1 + TOLERANCE),
				"cancel " + i + ": " + before + " bytes became " + after);
			assertTrue(after - before < Math.max(held, 10_000_000) / 2,
				"cancel " + i + " kept " + (after - before) + " of " + held + " bytes");
		}
		assertTrue(held > 10_000_000, "only " + held + " bytes were in use, which shows nothing");
	}

	/** Bytes in use where it was cancelled. */
	private long cancelAt(final TextToImageRequest request, final int question) {
		final Peak canceled = new Peak(question);
		assertThrows(RunCanceledException.class, () -> pipeline.generate(request, canceled));
		return canceled.bytes;
	}

	@Test
	void thirtyRunsLeakNothing() {
		reopenWithNarrowedWeights();
		final TextToImageRequest request =
			TextToImageRequest.builder("cells").size(64, 64).steps(2).guidance(2.0).build();
		for (int i = 0; i < 10; i++) {
			pipeline.generate(request, Progress.NONE);
			releaseNetworks();
		}
		SystemMemory.giveBack();
		final long before = settled();
		for (int i = 0; i < 30; i++) {
			pipeline.generate(request, Progress.NONE);
			releaseNetworks();
		}
		SystemMemory.giveBack();
		final long grown = settled() - before;
		// One set of narrowed weights that stays would be more than a megabyte in
		// each run.
		assertTrue(grown < 20_000_000, "grown by " + grown + " bytes in 30 runs");
	}

	/** Notes the memory at the place where it cancels. */
	private static final class Peak implements Progress {

		private final int limit;
		private int questions;
		private long bytes;

		Peak(final int limit) {
			this.limit = limit;
		}

		@Override
		public void update(final Stage stage, final double fraction, final String message) {
			// only the questions count
		}

		@Override
		public boolean isCanceled() {
			if (++questions <= limit) return false;
			bytes = SystemMemory.anonymous();
			return true;
		}
	}

	/**
	 * Anonymous memory once Java has collected its buffers, whose memory another thread gives back a
	 * little later.
	 */
	private static long settled() {
		long least = Long.MAX_VALUE;
		for (int i = 0; i < 4; i++) {
			System.gc();
			LockSupport.parkNanos(20_000_000);
			least = Math.min(least, SystemMemory.anonymous());
		}
		return least;
	}
}
