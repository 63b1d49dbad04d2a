
package io.github.zimagefiji.dataset.quality;

import static io.github.zimagefiji.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import ij.IJ;
import ij.ImagePlus;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.RecordingProgress;
import io.github.zimagefiji.dataset.output.DatasetImage;
import io.github.zimagefiji.dataset.recipe.PixelKind;
import io.github.zimagefiji.dataset.recipe.QualityLimits;
import io.github.zimagefiji.dataset.recipe.SegmentationCommand;
import io.github.zimagefiji.dataset.scene.Scene;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.error.RunCanceledException;

/**
 * A real program outside this JVM segments; what it does wrong is told, and nothing of it stays.
 */
@Tag("process")
class CommandSegmenterTest {

	private static final int WIDTH = 40;
	private static final int HEIGHT = 24;

	@TempDir
	Path temp;

	/** Has a space in its name, as a person's may. */
	private Path folder;

	@BeforeEach
	void writeTheProgram() throws IOException {
		folder = Files.createDirectory(temp.resolve("my folder"));
		SegmentingProgram.in(folder);
	}

	/** The program tells which folder it was given; others may have theirs. */
	private void assertItsFolderIsRemoved() throws IOException {
		final Path used = Path.of(Files.readString(folder.resolve("used")));
		assertTrue(used.getFileName().toString().startsWith("zimage-segmentation-"), used.toString());
		assertFalse(Files.exists(used), used.toString());
	}

	/** Two bright squares, and their labels. */
	private static DatasetImage image(final PixelKind kind) {
		final int[] values = new int[WIDTH * HEIGHT * (kind == PixelKind.RGB8 ? 3 : 1)];
		Arrays.setAll(values,
			i -> scene().labels()[i % (WIDTH * HEIGHT)] > 0 ? kind == PixelKind.GREY16 ? 40000 : 200 : 5);
		return new DatasetImage(WIDTH, HEIGHT, kind, values);
	}

	private static Scene scene() {
		final int[] labels = new int[WIDTH * HEIGHT];
		Arrays.setAll(labels,
			i -> i / WIDTH < 4 || i / WIDTH > 15 ? 0 : i % WIDTH < 12 ? 1 : i % WIDTH > 20 ? 2 : 0);
		return new Scene("squares", WIDTH, HEIGHT, labels, List.of("a", "a"));
	}

	private FoundObjects find(final Progress progress, final int timeout, final String task,
		final Object... more)
	{
		final SegmentationCommand command =
			new SegmentationCommand(SegmentingProgram.command(folder.toString(), task,
				Stream.of(more).map(Object::toString).toArray(String[]::new)), timeout);
		return Segmenter.of(new QualityLimits(0, null, 0, 1, null, command), true)
			.find(image(PixelKind.GREY8), progress);
	}

	private String refusal(final String task, final Object... more) throws IOException {
		final String message =
			assertThrows(InvalidInputException.class, () -> find(Progress.NONE, 60, task, more))
				.getMessage();
		assertItsFolderIsRemoved();
		assertFalse(message.contains("\n"), message);
		return message;
	}

	@ParameterizedTest
	@EnumSource
	void theProgramGetsTheImageAndItsLabelsAreCounted(final PixelKind kind) throws IOException {
		final SegmentationCommand command =
			new SegmentationCommand(SegmentingProgram.command(folder.toString(), "threshold", "tif"), 60);
		final FoundObjects found = Segmenter.of(new QualityLimits(0, null, 0, 1, null, command), true)
			.find(image(kind), Progress.NONE);
		assertArrayEquals(scene().labels(), found.labels(), "numbered anew without gaps");
		assertEquals(new Agreement(1, 0, 1), Agreement.of(found, scene()));
		assertItsFolderIsRemoved();
	}

	@Test
	void labelsMayBeAPngFile() {
		assertArrayEquals(scene().labels(), find(Progress.NONE, 60, "threshold", "png").labels());
	}

	private Path prepared(final ImageProcessor pixels) {
		final Path file = folder.resolve("prepared.tif");
		IJ.saveAsTiff(new ImagePlus("prepared", pixels), file.toString());
		return file;
	}

	@Test
	void findingNothingIsAResult() {
		final FoundObjects found =
			find(Progress.NONE, 60, "copy", prepared(new ShortProcessor(WIDTH, HEIGHT)));
		assertEquals(0, found.count());
		assertEquals(new Agreement(0, 2, 0), Agreement.of(found, scene()));
	}

	@Test
	void refusesOutputsThatAreNoLabels() throws IOException {
		assertTrue(refusal("copy", prepared(new ShortProcessor(WIDTH + 1, HEIGHT)))
			.contains("labels of 41 × 24 pixels for an image of 40 × 24"));
		final FloatProcessor fractions = new FloatProcessor(WIDTH, HEIGHT);
		fractions.setf(9, 0.5f);
		assertTrue(refusal("copy", prepared(fractions)).contains("holds 0.5"));
		assertTrue(refusal("copy", prepared(new ColorProcessor(WIDTH, HEIGHT))).contains("in colour"));
		assertTrue(refusal("copy", Files.writeString(folder.resolve("text.tif"), "no image"))
			.contains("wrote no label image"));
		assertTrue(refusal("nothing").contains("wrote no labels to {labels}"));
	}

	@Test
	void tellsTheLastWordsOfAProgramThatFails() throws IOException {
		final String message = refusal("fail");
		assertTrue(message.contains("exit code 7") && message.contains("the model is missing"),
			message);
		assertTrue(refusal("talk").contains("\"line 199997 | line 199998 | line 199999\""),
			"a flood of words does not stop it");
		assertTrue(refusal("ask").contains("exit code 5"), "there is nobody to answer");
	}

	@Test
	void tellsWhatCannotBeStarted() {
		final SegmentationCommand command =
			new SegmentationCommand(List.of("no-such-program", "{image}", "{labels}"), 5);
		assertRefused(() -> Segmenter.of(new QualityLimits(0, null, 0, 1, null, command), true)
			.find(image(PixelKind.GREY8), Progress.NONE), "no-such-program cannot be run");
	}

	@Test
	void noShellReadsTheArguments() throws IOException {
		final Path target = folder.resolve("prepared.tif");
		prepared(new ShortProcessor(WIDTH, HEIGHT));
		assertTrue(refusal("nothing", "; touch made", "$(touch made)", target + " > made")
			.contains("wrote no labels"));
		assertFalse(Files.exists(folder.resolve("made")));
	}

	private long childOf(final Path pidFile) throws IOException {
		return Long.parseLong(Files.readString(pidFile));
	}

	private static boolean hasEnded(final long pid) throws Exception {
		final Optional<ProcessHandle> handle = ProcessHandle.of(pid);
		if (handle.isEmpty()) return true;
		try {
			handle.get().onExit().get(10, TimeUnit.SECONDS);
			return true;
		}
		catch (final TimeoutException e) {
			handle.get().destroyForcibly();
			return false;
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void aProgramThatIsStoppedEndsWithItsChildren(final boolean canceled) throws Exception {
		final Path pidFile = folder.resolve("pid");
		final Progress progress = new RecordingProgress(() -> canceled && Files.exists(pidFile));
		final Class<? extends Exception> expected =
			canceled ? RunCanceledException.class : InvalidInputException.class;
		final Exception failure =
			assertThrows(expected, () -> find(progress, canceled ? 100 : 15, "wait", pidFile));
		if (!canceled)
			assertTrue(failure.getMessage().contains("did not end within 15 s"), failure.getMessage());
		assertTrue(hasEnded(childOf(pidFile)), "the child has ended, too");
		assertItsFolderIsRemoved();
	}
}
