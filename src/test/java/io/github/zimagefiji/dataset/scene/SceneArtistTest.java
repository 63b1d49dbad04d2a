
package io.github.zimagefiji.dataset.scene;

import static io.github.zimagefiji.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.zimagefiji.dataset.recipe.ObjectKind;
import io.github.zimagefiji.dataset.recipe.Population;
import io.github.zimagefiji.dataset.recipe.Range;
import io.github.zimagefiji.image.source.LabelImage;

/** Scenes hold what was asked for, and the same pixels on every machine. */
@Tag("slow")
class SceneArtistTest {

	/** Hash codes of the labels, by kind. */
	private static final List<Integer> EXPECTED =
		List.of(954043609, -864037369, -432762897, -1959425635, 223311102);

	private static Scene draw(final long seed, final Population... populations) {
		return new SceneArtist(128, 96, List.of(populations)).draw("scene", seed);
	}

	private static Population nuclei(final double least, final double most, final double overlap,
		final int gap, final double clustering)
	{
		return new Population(ObjectKind.NUCLEI, "nucleus", new Range(least, most), new Range(6, 9),
			new Range(1, 1.5), 0.1, Range.of(1), 0, clustering, overlap, gap);
	}

	@ParameterizedTest
	@EnumSource
	void everyKindHasTheCountThatWasToldBefore(final ObjectKind kind) {
		for (long seed = 0; seed < 20; seed++) {
			final Population population = Population.of(kind, "thing", new Range(2, 7));
			final Scene scene = draw(seed, population);
			assertEquals(SceneCounts.of(List.of(population), seed)[0], scene.count());
			assertTrue(Arrays.stream(scene.areas()).allMatch(area -> area > 0), kind + ", seed " + seed);
		}
	}

	/** Another sum here means that datasets made before cannot be made again. */
	@ParameterizedTest
	@EnumSource
	void theSameSeedGivesTheSamePixelsForEver(final ObjectKind kind) {
		final Scene scene = draw(7, Population.of(kind, "thing", new Range(5, 5)));
		assertEquals(EXPECTED.get(kind.ordinal()), Arrays.hashCode(scene.labels()), kind.label());
	}

	@Test
	void otherSeedsGiveOtherScenes() {
		final Population population = nuclei(5, 5, 0, 2, 0);
		assertFalse(Arrays.equals(draw(1, population).labels(), draw(2, population).labels()));
		assertArrayEquals(draw(1, population).labels(), draw(1, population).labels());
	}

	@Test
	void objectsKeepTheirGap() {
		for (long seed = 0; seed < 10; seed++) {
			final Scene scene = draw(seed, nuclei(8, 8, 0, 3, 0));
			final int[] labels = scene.labels();
			for (int i = 0; i < labels.length; i++) {
				for (int j = i + 1; j < labels.length && j <= i + 3 * 128 + 3; j++) {
					final int dx = j % 128 - i % 128;
					final int dy = j / 128 - i / 128;
					if (labels[i] > 0 && labels[j] > 0 && labels[i] != labels[j])
						assertTrue(dx * dx + dy * dy > 9, "seed " + seed);
				}
			}
		}
	}

	@Test
	void overlappingObjectsKeepWhatTheyWerePromised() {
		boolean touched = false;
		for (long seed = 0; seed < 10; seed++) {
			final Scene scene = draw(seed, nuclei(30, 30, 0.4, 0, 0));
			touched |= touches(scene);
			// the smallest disc of radius 6 has 113 pixels, of which at least 60 %
			// are to be seen
			assertTrue(Arrays.stream(scene.areas()).allMatch(area -> area >= 0.6 * 85),
				Arrays.toString(scene.areas()));
		}
		assertTrue(touched, "some objects must overlap");
	}

	private static boolean touches(final Scene scene) {
		for (int i = 1; i < scene.labels().length; i++) {
			if (scene.labels()[i] > 0 && scene.labels()[i - 1] > 0 &&
				scene.labels()[i] != scene.labels()[i - 1]) return true;
		}
		return false;
	}

	@Test
	void clusteredObjectsLieNearerToEachOther() {
		double even = 0;
		double clustered = 0;
		for (long seed = 0; seed < 30; seed++) {
			even += meanDistance(draw(seed, nuclei(5, 5, 0, 1, 0)));
			clustered += meanDistance(draw(seed, nuclei(5, 5, 0, 1, 1)));
		}
		assertTrue(clustered < 0.85 * even, clustered / 30 + " and " + even / 30);
	}

	private static double meanDistance(final Scene scene) {
		final double[][] centres = new double[scene.count()][3];
		for (int i = 0; i < scene.labels().length; i++) {
			if (scene.labels()[i] == 0) continue;
			final double[] centre = centres[scene.labels()[i] - 1];
			centre[0] += i % scene.width();
			centre[1] += i / scene.width();
			centre[2]++;
		}
		double sum = 0;
		for (final double[] a : centres)
			for (final double[] b : centres)
				sum += Math.hypot(a[0] / a[2] - b[0] / b[2], a[1] / a[2] - b[1] / b[2]);
		return sum / (centres.length * (centres.length - 1));
	}

	@Test
	void tissueFillsTheImageButItsGaps() {
		final Scene scene = draw(3, Population.of(ObjectKind.TISSUE, "cell", new Range(40, 40)));
		final double filled = Arrays.stream(scene.areas()).sum() / (128.0 * 96);
		assertTrue(filled > 0.7 && filled < 0.95, "filled: " + filled);
		assertEquals(40, scene.count());
	}

	@Test
	void tissueGivesEachPixelToTheNearestPoint() {
		final Scene fine = new SceneArtist(64, 64, List.of(new Population(ObjectKind.TISSUE, "cell",
			new Range(12, 12), Range.of(1), Range.of(1), 0, Range.of(1), 0, 0, 0, 0))).draw("tissue", 5);
		assertTrue(Arrays.stream(fine.labels()).allMatch(label -> label > 0),
			"without a gap every pixel belongs to a cell");
	}

	@Test
	void kindsLieOnEachOtherAndKeepTheirClasses() {
		final Scene scene = draw(4, Population.of(ObjectKind.TISSUE, "cell", new Range(9, 9)),
			Population.of(ObjectKind.SPOTS, "spot", new Range(5, 5)));
		assertEquals(14, scene.count());
		assertEquals("cell", scene.classes().get(0));
		assertEquals("spot", scene.classes().get(13));
	}

	@Test
	void refusesObjectsThatFindNoRoom() {
		final Population big = new Population(ObjectKind.NUCLEI, "nucleus", new Range(500, 500),
			new Range(40, 40), Range.of(1), 0, Range.of(1), 0, 0, 0, 5);
		assertRefused(() -> draw(1, big), "no room");
	}

	@Test
	void refusesMoreLabelsThanSixteenBitsTellApart() {
		final int[] labels = new int[70000];
		Arrays.setAll(labels, i -> i + 1);
		assertRefused(() -> Scene.of(new LabelImage("many", 70000, 1, labels), "object"),
			"70000 labels", "65535");
	}

	@Test
	void countsLabelsOfUsersAnew() {
		final Scene scene =
			Scene.of(new LabelImage("gaps", 4, 1, new int[] { 0, 900, 7, 900 }), "object");
		assertArrayEquals(new int[] { 0, 2, 1, 2 }, scene.labels());
		assertEquals(2, scene.count());
	}
}
