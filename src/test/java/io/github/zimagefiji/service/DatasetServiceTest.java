
package io.github.zimagefiji.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.EventQueue;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;

import io.github.zimagefiji.Progress;
import io.github.zimagefiji.RecordingProgress;
import io.github.zimagefiji.dataset.folder.BegunDataset;
import io.github.zimagefiji.dataset.folder.DatasetSummary;
import io.github.zimagefiji.dataset.recipe.ObjectKind;
import io.github.zimagefiji.dataset.recipe.Population;
import io.github.zimagefiji.dataset.recipe.QualityLimits;
import io.github.zimagefiji.dataset.recipe.Range;
import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.dataset.recipe.Sampling;
import io.github.zimagefiji.dataset.recipe.Splits;
import io.github.zimagefiji.dataset.recipe.file.RecipeWriter;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.error.RunCanceledException;

/** Datasets by the service, as scripts and commands make them. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@Tag("engine")
class DatasetServiceTest {

	@TempDir
	private Path folder;

	private Context context;
	private ZImageService zimage;

	@BeforeEach
	void start() {
		context = new Context();
		zimage = context.service(ZImageService.class);
	}

	@AfterEach
	void stop() {
		context.dispose();
	}

	private static Recipe recipe(final double minIou) {
		return Recipe.builder("small").items(4).prompt("{count} round green nuclei")
			.objects(Population.of(ObjectKind.NUCLEI, "nucleus", Range.of(1)))
			.sampling(new Sampling(64, 64, 1, null, 0.6, 0)).splits(new Splits(0.5, 0.5, 0))
			.quality(new QualityLimits(minIou, null, 1, 1, null)).build();
	}

	@Test
	void aFileGivesWhatTheBuilderGivesAndASecondCallMakesNothing() throws Exception {
		final Path file =
			Files.writeString(folder.resolve("small.json"), RecipeWriter.write(recipe(0)));
		final Path output = folder.resolve("out");
		final DatasetSummary first = zimage.dataset(file.toFile(), output.toFile());
		assertEquals(4, first.made());
		assertEquals(4, first.accepted());
		assertTrue(Files.exists(first.report()));
		final DatasetSummary second = zimage.dataset(recipe(0), output.toFile());
		assertEquals(0, second.made());
		assertEquals(first.meanIou(), second.meanIou());
	}

	@Test
	void rejectedItemsAreCountedAndNotPartOfTheMean() {
		final DatasetSummary summary = zimage.dataset(recipe(1), folder.resolve("out").toFile());
		assertEquals(4, summary.rejected());
		assertTrue(Double.isNaN(summary.meanIou()));
		assertTrue(summary.firstIou() >= 0 && summary.firstIou() < 1);
	}

	@Test
	void whatIsCancelledIsKept() {
		final Path output = folder.resolve("out");
		final DatasetMaker maker = new DatasetMaker(zimage, DatasetMaker.USUAL);
		final AtomicBoolean third = new AtomicBoolean();
		final Progress stopping = new RecordingProgress((stage, fraction, said) -> {
			if (said.contains("item 3 of 4")) third.set(true);
		}, third::get);
		assertThrows(RunCanceledException.class,
			() -> maker.make(recipe(0), output, false, stopping, sentence -> {}));
		assertEquals(new BegunDataset(2, 4), maker.begun(output, recipe(0)).orElseThrow());
		assertTrue(maker.begun(output, recipe(0.1)).isEmpty(), "another recipe's");
		assertTrue(maker.begun(folder.resolve("none"), recipe(0)).isEmpty());
		final String refused = assertThrows(InvalidInputException.class,
			() -> maker.make(recipe(0), output, false, Progress.NONE, sentence -> {})).getMessage();
		assertTrue(refused.contains("holds this dataset already") && !refused.contains("--"), refused);
		assertEquals(2, zimage.dataset(recipe(0), output.toFile()).made());
	}

	@Test
	void theThreadThatDrawsWindowsIsRefused() {
		final Path output = folder.resolve("out");
		final Throwable failure = assertThrows(InvocationTargetException.class,
			() -> EventQueue.invokeAndWait(() -> zimage.dataset(recipe(0), output.toFile()))).getCause();
		assertTrue(failure.getMessage().contains("would stand still"), failure.getMessage());
		assertFalse(Files.exists(output));
	}
}
