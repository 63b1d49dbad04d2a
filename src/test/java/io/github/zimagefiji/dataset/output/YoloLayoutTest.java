
package io.github.zimagefiji.dataset.output;

import static io.github.zimagefiji.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.geom.Path2D;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import io.github.zimagefiji.dataset.recipe.PixelKind;
import io.github.zimagefiji.dataset.recipe.Split;
import io.github.zimagefiji.dataset.scene.Scene;

/** Outlines of YOLO's format hold the pixels of the labels, by both rules of filling. */
class YoloLayoutTest {

	private static final int WIDTH = 40;
	private static final int HEIGHT = 24;

	@TempDir
	Path root;

	private List<String> lines(final int[] labels, final String... classes) throws IOException {
		final Scene scene = new Scene("s", WIDTH, HEIGHT, labels, List.of(classes));
		final DatasetImage image = new DatasetImage(WIDTH, HEIGHT, PixelKind.GREY8, labels);
		new YoloLayout(() -> List.of("nucleus", "cell"))
			.write(new MadeItem("a", Split.VAL, image, scene, null), root);
		assertEquals(WIDTH, ImageIO.read(root.resolve("yolo/images/val/a.png").toFile()).getWidth());
		return Files.readAllLines(root.resolve("yolo/labels/val/a.txt"));
	}

	private static Path2D outline(final String line, final int rule) {
		final double[] numbers =
			Arrays.stream(line.split(" ")).skip(1).mapToDouble(Double::parseDouble).toArray();
		final Path2D outline = new Path2D.Double(rule);
		for (int i = 0; i < numbers.length; i += 2) {
			assertTrue(numbers[i] >= 0 && numbers[i] <= 1 && numbers[i + 1] <= 1, line);
			final double x = Math.rint(numbers[i] * WIDTH);
			final double y = Math.rint(numbers[i + 1] * HEIGHT);
			assertEquals(x, numbers[i] * WIDTH, 1e-5);
			if (i == 0) outline.moveTo(x, y);
			else outline.lineTo(x, y);
		}
		outline.closePath();
		return outline;
	}

	private void assertHolds(final int[] labels, final String... classes) throws IOException {
		final List<String> lines = lines(labels, classes);
		assertEquals(classes.length, lines.size());
		for (int object = 0; object < classes.length; object++) {
			for (final int rule : new int[] { Path2D.WIND_EVEN_ODD, Path2D.WIND_NON_ZERO }) {
				final Path2D outline = outline(lines.get(object), rule);
				for (int i = 0; i < labels.length; i++)
					// beside the middle, because joining lines may lead through it
					assertEquals(labels[i] == object + 1,
						outline.contains(i % WIDTH + 0.47, i / WIDTH + 0.512), "pixel " + i + " rule " + rule);
			}
		}
	}

	private static void fill(final int[] labels, final int label, final int x, final int y,
		final int width, final int height)
	{
		for (int row = y; row < y + height; row++)
			Arrays.fill(labels, row * WIDTH + x, row * WIDTH + x + width, label);
	}

	@Test
	void piecesHolesAndIslandsAreOneOutline() throws IOException {
		final int[] labels = new int[WIDTH * HEIGHT];
		fill(labels, 1, 2, 2, 14, 14);
		fill(labels, 0, 4, 4, 9, 9);
		fill(labels, 1, 7, 7, 3, 3);
		fill(labels, 1, 30, 20, 3, 2);
		fill(labels, 2, 20, 0, 5, 5);
		fill(labels, 2, 25, 5, 5, 5);
		assertHolds(labels, "nucleus", "cell");
		assertEquals(List.of("0", "1"),
			lines(labels, "nucleus", "cell").stream().map(line -> line.split(" ")[0]).toList());
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4, 5, 6, 7, 8 })
	void anyPixelsAre(final int seed) throws IOException {
		final Random random = new Random(seed);
		final int[] labels = random.ints(WIDTH * HEIGHT, 0, 3).toArray();
		assertHolds(labels, "cell", "cell");
	}

	@Test
	void theDescriptionNamesSplitsWithImagesAndClasses() throws IOException {
		new YoloLayout(() -> List.of("yes", "b: c")).finish(new FinishedDataset(root, "a: \"b\"\n#",
			Map.of(Split.TRAIN, List.of("a"), Split.VAL, List.of("b"), Split.TEST, List.of())));
		final Map<String, Object> data = new Yaml(new SafeConstructor(new LoaderOptions()))
			.load(Files.readString(root.resolve("yolo/data.yaml")));
		assertEquals(
			Map.of("train", "images/train", "val", "images/val", "names", Map.of(0, "yes", 1, "b: c")),
			data);
	}

	@Test
	void aClassOfNoDatasetIsRefused() {
		final int[] labels = new int[WIDTH * HEIGHT];
		labels[5] = 1;
		assertRefused(() -> lines(labels, "spot"), "\"spot\"");
	}
}
