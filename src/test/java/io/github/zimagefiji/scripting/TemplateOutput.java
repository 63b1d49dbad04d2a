
package io.github.zimagefiji.scripting;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import ij.IJ;
import ij.ImagePlus;
import ij.process.ImageProcessor;
import io.github.zimagefiji.Provenance;
import io.github.zimagefiji.dataset.plan.Plan;
import io.github.zimagefiji.dataset.recipe.LabelSource;
import io.github.zimagefiji.dataset.recipe.ObjectKind;
import io.github.zimagefiji.dataset.recipe.OutputFormat;
import io.github.zimagefiji.dataset.recipe.Population;
import io.github.zimagefiji.dataset.recipe.Range;
import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.dataset.recipe.Splits;
import io.github.zimagefiji.dataset.recipe.file.RecipeReader;
import io.github.zimagefiji.image.ImageProvenance;

/**
 * What a template left in a folder.
 *
 * @param language the extension of the template
 */
record TemplateOutput(Path folder, String language) {

	static final List<String> PROMPTS =
		List.of("two round green nuclei", "five elongated blue nuclei");

	private static final int SMALLEST = 60;

	ImagePlus open(final String name) {
		final ImagePlus image = IJ.openImage(folder.resolve(name).toString());
		assertNotNull(image, name);
		return image;
	}

	static Provenance origin(final ImagePlus image, final int slice) {
		image.setSlice(slice);
		return ImageProvenance.of(image)
			.orElseThrow(() -> new AssertionError(image.getTitle() + " has no provenance"));
	}

	private static void assertMadeFrom(final String prompt, final long seed, final ImagePlus image,
		final int slice)
	{
		final Provenance origin = origin(image, slice);
		assertEquals(prompt, origin.request().prompt());
		assertEquals(seed, origin.request().seed());
		assertEquals(128, image.getWidth());
		final double spread = image.getProcessor().getStats().stdDev;
		assertTrue(spread > 3, "the picture shows next to nothing: standard deviation " + spread);
	}

	/**
	 * One stack, or one for each prompt from a macro; every slice knows its prompt and seed.
	 */
	void checkSeries() {
		for (int prompt = 0; prompt < 2; prompt++) {
			final boolean macro = language.equals("ijm");
			final ImagePlus stack = macro ? open("prompt-" + (prompt + 1) + ".tif") : open("series.tif");
			assertEquals(macro ? 2 : 4, stack.getStackSize());
			for (int image = 0; image < 2; image++) {
				final int slice = (macro ? 0 : 2 * prompt) + image + 1;
				assertEquals("seed " + (image + 1), stack.getStack().getSliceLabel(slice));
				assertMadeFrom(PROMPTS.get(prompt), image + 1, stack, slice);
			}
		}
	}

	/**
	 * The table has as many rows as there are objects in the masks, and as many as the prompt lets
	 * expect.
	 */
	void checkMeasurements() throws IOException {
		final List<String> rows = Files.readAllLines(folder.resolve("objects.csv"));
		final List<String> names = List.of(rows.get(0).split(","));
		final int area = names.indexOf("Area");
		final int seed = names.indexOf("Seed");
		for (int image = 1; image <= 2; image++) {
			final String thisSeed = Integer.toString(image);
			final List<String[]> objects = rows.stream().skip(1).map(row -> row.split(","))
				.filter(row -> row[seed].equals(thisSeed)).toList();
			assertTrue(objects.size() >= 2 && objects.size() <= 6,
				"four nuclei were asked for, found " + objects.size());
			for (final String[] object : objects)
				assertTrue(Double.parseDouble(object[area]) >= SMALLEST);
			if (language.equals("ijm")) continue;
			final ImagePlus masks = open("masks.tif");
			assertEquals(objects.size(), components(masks.getStack().getProcessor(image)));
			assertMadeFrom("four round green nuclei", image, open("images.tif"), image);
		}
		assertEquals("four round green nuclei", rows.get(1).split(",")[names.indexOf("Prompt")]);
	}

	/**
	 * A file for each line that can be used, with the line's prompt in any script.
	 */
	void checkImagesOfPrompts() throws IOException {
		final Set<String> files;
		try (Stream<Path> images = Files.list(folder.resolve("images"))) {
			files = images.map(file -> file.getFileName().toString())
				.collect(Collectors.toCollection(TreeSet::new));
		}
		final List<String> expected =
			language.equals("ijm") ? List.of("prompt-0001-seed-1.tif", "prompt-0002-seed-12.tif")
				: List.of("line-0003-seed-1.png", "line-0005-seed-12.png");
		assertEquals(new TreeSet<>(expected), files);
		assertMadeFrom("one round red nucleus", 1, open("images/" + expected.get(0)), 1);
		assertMadeFrom("三个绿色的圆形细胞核", 12, open("images/" + expected.get(1)), 1);
	}

	/**
	 * Files of the manifest exist; masks and labels agree with each other and with the numbers.
	 */
	void checkDataset() throws IOException {
		final List<String> rows = Files.readAllLines(folder.resolve("manifest.csv"));
		assertTrue(rows.get(0).startsWith("image,mask,labels,prompt,seed,nuclei"), rows.get(0));
		assertEquals(3, rows.size());
		for (int image = 0; image < 2; image++) {
			final String[] row = rows.get(image + 1).split(",");
			assertEquals('"' + PROMPTS.get(image) + '"', row[3]);
			assertMadeFrom(PROMPTS.get(image), Long.parseLong(row[4]), open(row[0]), 1);
			assertLabels(open(row[1]), open(row[2]), Integer.parseInt(row[5]));
		}
	}

	/**
	 * The recipe is that of the other languages, and each pair of the manifest is there with its
	 * objects.
	 */
	void checkGroundTruth() throws IOException {
		final Path root = folder.resolve("nuclei");
		final Recipe recipe = RecipeReader.read(root.resolve("recipe.json"));
		assertEquals(List.of("green", "blue", "white"), recipe.prompt().values().get("colour"));
		assertEquals(new Splits(0.6, 0.2, 0.2), recipe.splits());
		assertEquals(List.of(OutputFormat.TIFF, OutputFormat.COCO), recipe.outputs());
		final Population nuclei = ((LabelSource.Scenes) recipe.labels()).objects().get(0);
		assertEquals(Population.of(ObjectKind.NUCLEI, "nucleus", new Range(2, 3)), nuclei);
		final Plan plan = Plan.of(recipe);
		assertEquals(5, plan.size());
		assertEquals(6, Files.readAllLines(root.resolve("manifest.csv")).size());
		for (int i = 0; i < plan.size(); i++) {
			final String split = "nuclei/tiff/" + plan.item(i).split().label();
			final String file = plan.item(i).name() + ".tif";
			assertEquals(128, open(split + "/images/" + file).getWidth());
			final double objects = open(split + "/labels/" + file).getProcessor().getStats().max;
			assertTrue(objects == 2 || objects == 3, objects + " objects");
		}
	}

	private static void assertLabels(final ImagePlus mask, final ImagePlus labels, final int nuclei) {
		assertEquals(8, mask.getBitDepth());
		assertEquals(16, labels.getBitDepth());
		assertTrue(!mask.isInvertedLut(), "255 must be shown white");
		final Set<Integer> found = new TreeSet<>();
		for (int i = 0; i < mask.getProcessor().getPixelCount(); i++) {
			final int label = labels.getProcessor().get(i);
			assertEquals(label == 0 ? 0 : 255, mask.getProcessor().get(i));
			if (label > 0) found.add(label);
		}
		assertTrue(nuclei >= 1 && nuclei <= 10, nuclei + " nuclei");
		assertArrayEquals(Stream.iterate(1, n -> n + 1).limit(nuclei).toArray(), found.toArray());
	}

	/**
	 * Connected sets of at least {@link #SMALLEST} pixels that are not 0; diagonal neighbours belong
	 * together.
	 */
	private static int components(final ImageProcessor mask) {
		final ImageProcessor left = mask.duplicate();
		int count = 0;
		for (int i = 0; i < left.getPixelCount(); i++) {
			if (left.get(i) != 0 && fill(left, i % left.getWidth(), i / left.getWidth()) >= SMALLEST)
				count++;
		}
		return count;
	}

	private static int fill(final ImageProcessor left, final int x, final int y) {
		if (x < 0 || y < 0 || x >= left.getWidth() || y >= left.getHeight() || left.get(x, y) == 0)
			return 0;
		left.set(x, y, 0);
		int size = 1;
		for (int dy = -1; dy <= 1; dy++) {
			for (int dx = -1; dx <= 1; dx++)
				size += fill(left, x + dx, y + dy);
		}
		return size;
	}
}
