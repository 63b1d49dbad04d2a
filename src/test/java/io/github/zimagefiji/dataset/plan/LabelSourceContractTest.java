
package io.github.zimagefiji.dataset.plan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import ij.IJ;
import ij.ImagePlus;
import ij.process.ByteProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import io.github.zimagefiji.dataset.recipe.Edits;
import io.github.zimagefiji.dataset.recipe.LabelSource;
import io.github.zimagefiji.dataset.recipe.ObjectKind;
import io.github.zimagefiji.dataset.recipe.Population;
import io.github.zimagefiji.dataset.recipe.Range;
import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.dataset.recipe.Sampling;
import io.github.zimagefiji.dataset.recipe.Splits;
import io.github.zimagefiji.dataset.recipe.Workflow;
import io.github.zimagefiji.dataset.recipe.file.RecipeReader;
import io.github.zimagefiji.dataset.recipe.file.RecipeWriter;
import io.github.zimagefiji.image.SourceImage;
import io.github.zimagefiji.image.source.PlaneChoice;
import io.github.zimagefiji.request.InputImage;
import io.github.zimagefiji.request.IntensityRange;

/** What holds for every source of labels. */
class LabelSourceContractTest {

	private static final int SIDE = 64;

	@TempDir
	Path folder;

	private static Stream<Class<?>> sources() {
		return Stream.of(LabelSource.class.getPermittedSubclasses());
	}

	/** A new source needs an example here. */
	private LabelSource example(final Class<?> source) throws IOException {
		if (source == LabelSource.Scenes.class) return new LabelSource.Scenes(
			List.of(Population.of(ObjectKind.NUCLEI, "nucleus", new Range(2, 3))));
		final Path labels = save("labels", square(new ShortProcessor(SIDE, SIDE), 1));
		if (source == LabelSource.Folder.class) return new LabelSource.Folder(labels);
		if (source == LabelSource.RealImages.class)
			return new LabelSource.RealImages(save("images", square(new ByteProcessor(SIDE, SIDE), 200)),
				labels, Edits.USUAL);
		throw new AssertionError("There is no example of " + source);
	}

	private static ImageProcessor square(final ImageProcessor pixels, final int value) {
		pixels.setValue(value);
		pixels.setRoi(20, 20, 12, 12);
		pixels.fill();
		return pixels;
	}

	private Path save(final String name, final ImageProcessor pixels) throws IOException {
		final Path to = Files.createDirectories(folder.resolve(name));
		for (final String file : List.of("b.tif", "a.tif"))
			IJ.saveAsTiff(new ImagePlus(name, pixels), to.resolve(file).toString());
		return to;
	}

	private Recipe recipe(final Class<?> source) throws IOException {
		final LabelSource labels = example(source);
		return Recipe.builder("x").seed(7).items(4).prompt("nuclei")
			.workflow(
				Stream.of(Workflow.CONTROL, Workflow.REAL_EDIT).filter(labels::suits).findFirst().get())
			.sampling(new Sampling(SIDE, SIDE, null, null, 0.6, 0)).labels(labels)
			.splits(new Splits(1, 0, 0)).build();
	}

	private static InputImage picture(final Path file) {
		return SourceImage.open(file, IntensityRange.FULL, PlaneChoice.SHOWN).input();
	}

	@ParameterizedTest
	@MethodSource("sources")
	void isReadAsItWasWritten(final Class<?> source) throws IOException {
		final Recipe recipe = recipe(source);
		assertEquals(recipe, RecipeReader.read(RecipeWriter.write(recipe), Path.of("elsewhere")));
	}

	@ParameterizedTest
	@MethodSource("sources")
	void saysWhereItComesFrom(final Class<?> source) throws IOException {
		final LabelSource labels = example(source);
		assertTrue(labels.origin().matches("[a-z].*[a-z]"), labels.origin());
		assertEquals(labels.folder() == null, labels.isDrawn());
	}

	@ParameterizedTest
	@MethodSource("sources")
	void givesAnItemTheSameLabelsEachTime(final Class<?> source) throws IOException {
		final Recipe recipe = recipe(source);
		final ItemLabels labels = ItemLabels.of(recipe);
		assertEquals(labels.names().stream().sorted().toList(), labels.names());
		final Plan plan = new Plan(recipe, labels.names());
		for (int i = 0; i < plan.size(); i++) {
			final PlannedItem item = plan.item(i);
			final ItemInput one = labels.begin(item, LabelSourceContractTest::picture);
			final ItemInput again = ItemLabels.of(recipe).begin(item, LabelSourceContractTest::picture);
			assertEquals(SIDE, one.scene().width());
			assertEquals(SIDE, one.scene().height());
			assertArrayEquals(one.scene().labels(), again.scene().labels());
			assertTrue(labels.classes().containsAll(one.scene().classes()), one.scene().classes() + "");
			// what is painted over belongs to a picture
			assertEquals(one.picture() == null, one.mask() == null);
		}
	}

	@ParameterizedTest
	@MethodSource("sources")
	void noticesWhenItsFilesChange(final Class<?> source) throws IOException {
		final Recipe recipe = recipe(source);
		final String digest = ItemLabels.of(recipe).digest();
		assertEquals(digest, ItemLabels.of(recipe).digest());
		if (recipe.labels().isDrawn()) return;
		assertFalse(ItemLabels.of(recipe).names().isEmpty());
		final Path first = recipe.labels().folder().resolve(ItemLabels.of(recipe).names().get(0));
		IJ.saveAsTiff(new ImagePlus("x", square(new ShortProcessor(SIDE, SIDE), 2)), first.toString());
		assertNotEquals(digest, ItemLabels.of(recipe).digest());
	}
}
