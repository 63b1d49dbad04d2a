
package io.github.zimagefiji.dataset.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.zimagefiji.dataset.output.DatasetImage;
import io.github.zimagefiji.dataset.recipe.ObjectKind;
import io.github.zimagefiji.dataset.recipe.PixelKind;
import io.github.zimagefiji.dataset.recipe.Population;
import io.github.zimagefiji.dataset.recipe.QualityLimits;
import io.github.zimagefiji.dataset.recipe.Range;
import io.github.zimagefiji.dataset.recipe.Split;
import io.github.zimagefiji.dataset.scene.Scene;
import io.github.zimagefiji.dataset.scene.SceneArtist;

/**
 * The segmentation finds what is there, and tells when image and labels have nothing to do with
 * each other.
 */
@Tag("engine")
class SegmentationTest {

	private static final int SIDE = 128;

	private static Scene scene(final long seed) {
		return new SceneArtist(SIDE, SIDE,
			List.of(Population.of(ObjectKind.NUCLEI, "nucleus", new Range(5, 5)))).draw("scene", seed);
	}

	/** Labels with brightness and noise of their own. */
	private static DatasetImage picture(final Scene scene, final long seed) {
		final Random random = new Random(seed);
		final int[] values = new int[SIDE * SIDE];
		Arrays.setAll(values,
			i -> Math.max(0, (int) ((scene.labels()[i] > 0 ? 150 : 30) + 12 * random.nextGaussian())));
		return new DatasetImage(SIDE, SIDE, PixelKind.GREY8, values);
	}

	@Test
	void findsTheObjectsOfANoisyPicture() {
		for (long seed = 0; seed < 10; seed++) {
			final Agreement agreement = Agreement.of(picture(scene(seed), seed), scene(seed), 1);
			assertTrue(agreement.iou() > 0.9, "IoU " + agreement.iou());
			assertEquals(0, agreement.countError(), "seed " + seed);
		}
	}

	@Test
	void labelsOfAnotherImageDoNotAgree() {
		double sum = 0;
		for (long seed = 0; seed < 10; seed++)
			sum += Agreement.of(picture(scene(seed), seed), scene(seed + 100), 1).iou();
		assertTrue(sum / 10 < 0.2, "mean IoU " + sum / 10);
	}

	/** Foreground and counts may agree where objects do not. */
	@Test
	void objectsAreFoundIfTheyShareMostOfTheirPixels() {
		final int[] labels = new int[SIDE * SIDE];
		final int[] found = new int[SIDE * SIDE];
		final boolean[] foreground = new boolean[SIDE * SIDE];
		for (int x = 0; x < 100; x++) {
			labels[x] = x < 20 ? 0 : x < 60 ? 1 : 2;
			found[x] = x < 20 ? 0 : x < 70 ? 1 : 2; // 40 of 50 pixels, and 30 of 40
			foreground[x] = x >= 20;
		}
		final Scene scene = new Scene("two", SIDE, SIDE, labels, List.of("a", "a"));
		assertEquals(new Agreement(1, 0, 1),
			Agreement.of(new FoundObjects(foreground, found, 2), scene));
		for (int x = 70; x < 85; x++)
			found[x] = 1; // 40 of 65, and 15 of 40
		assertEquals(new Agreement(1, 0, 0.5),
			Agreement.of(new FoundObjects(foreground, found, 2), scene));
		for (int x = 20; x < 50; x++)
			found[x] = 3; // 30 of 40, 25 of 50 and 15 of 40: one of three
		assertEquals(new Agreement(1, 1, 0.4),
			Agreement.of(new FoundObjects(foreground, found, 3), scene));
		assertEquals(new Agreement(0, 2, 0),
			Agreement.of(new FoundObjects(new boolean[SIDE * SIDE], new int[SIDE * SIDE], 0), scene));
	}

	@Test
	void theWatershedPartsTouchingObjects() {
		final int[] labels = new int[SIDE * SIDE];
		for (int i = 0; i < labels.length; i++) {
			final int y = i / SIDE - 64;
			if (Math.hypot(i % SIDE - 52, y) < 14) labels[i] = 1;
			else if (Math.hypot(i % SIDE - 76, y) < 14) labels[i] = 2;
		}
		final Scene touching = new Scene("two", SIDE, SIDE, labels, List.of("a", "a"));
		assertEquals(0, Agreement.of(picture(touching, 1), touching, 1).countError());
	}

	@Test
	void anEvenImageHasNoObjects() {
		final DatasetImage even = new DatasetImage(SIDE, SIDE, PixelKind.GREY16, new int[SIDE * SIDE]);
		assertEquals(0, new Segmentation(even, 1).objects().count());
		assertEquals(0, Agreement.of(even, scene(1), 1).iou());
	}

	@Test
	void nearDuplicatesOfDifferentScenesAreFound() {
		final NearDuplicates duplicates = new NearDuplicates();
		duplicates.add("a", Split.TRAIN, 0, ImageFacts.thumbnail(picture(scene(1), 1)));
		duplicates.add("b", Split.TEST, 1, ImageFacts.thumbnail(picture(scene(1), 2)));
		duplicates.add("same scene as b", Split.TEST, 1, ImageFacts.thumbnail(picture(scene(1), 3)));
		duplicates.add("c", Split.TRAIN, 2, ImageFacts.thumbnail(picture(scene(2), 4)));
		final NearDuplicates.Found found = duplicates.find();
		final List<NearDuplicates.Pair> pairs = found.first();
		assertEquals(List.of(2L, 2L), List.of(found.count(), found.acrossSplits()));
		assertEquals(List.of("a b", "a same scene as b"),
			pairs.stream().map(pair -> pair.first() + " " + pair.second()).toList());
		assertTrue(pairs.stream().allMatch(NearDuplicates.Pair::acrossSplits));
	}

	@Test
	void amongManyImagesNeighboursInSomeOrderAreCompared() {
		final NearDuplicates duplicates = new NearDuplicates();
		for (int i = 0; i < 3100; i++)
			duplicates.add("image" + i, Split.TRAIN, i,
				ImageFacts.thumbnail(picture(scene(i % 3090), i)));
		final List<String> pairs =
			duplicates.find().first().stream().map(pair -> pair.first() + " " + pair.second()).toList();
		for (int i = 0; i < 10; i++)
			assertTrue(pairs.contains("image" + i + " image" + (3090 + i)), "pair " + i);
	}

	@Test
	void imagesThatAreAllAlikeAreCountedAndNotAllKept() {
		final NearDuplicates duplicates = new NearDuplicates();
		final String thumbnail = ImageFacts.thumbnail(picture(scene(1), 1));
		for (int i = 0; i < 3001; i++)
			duplicates.add("image" + i, i % 2 == 0 ? Split.TRAIN : Split.TEST, i, thumbnail);
		final NearDuplicates.Found found = duplicates.find();
		// all orders are the same: each with the 64 after it, and once
		assertEquals(64L * 3001 - 64 * 65 / 2, found.count());
		assertEquals(32L * 3001 - 32 * 32, found.acrossSplits());
		assertEquals(1000, found.first().size());
	}

	@Test
	void theSummaryKeepsFirstAttemptsAndAcceptedImagesApart() {
		final QualitySummary summary = new QualitySummary(new QualityLimits(0.5, 1, 1, 1, null));
		final String thumbnail = ImageFacts.thumbnail(picture(scene(1), 1));
		final double[] histogram = new double[ImageFacts.STEPS];
		summary.add("retried", Split.TRAIN, 0, true,
			List.of(new Agreement(0.3, 0, 0.5), new Agreement(0.9, 1, 1)), histogram, new double[24],
			thumbnail);
		summary.add("good", Split.VAL, 1, true, List.of(new Agreement(0.7, 0, 0.75)), histogram,
			new double[24], thumbnail);
		summary.add("rejected", Split.TEST, 2, false,
			List.of(new Agreement(0.9, 3, 0.25), new Agreement(0.2, 0, 0)), histogram, new double[24],
			thumbnail);
		assertEquals(new QualitySummary.Means(3, (0.3 + 0.7 + 0.9) / 3, 1, 0.5, 2),
			summary.firstAttempts());
		assertEquals(5, summary.allAttempts().images());
		assertEquals(new QualitySummary.Means(2, 0.8, 0.5, 0.875, 0), summary.accepted());
		assertEquals(1, summary.rejected());
		assertEquals(0, summary.size(Split.TEST));
		assertEquals(1, summary.duplicates().count());
	}

	@Test
	void factsCountEveryPixelAndObject() {
		final Scene scene = scene(3);
		assertEquals(SIDE * SIDE, Arrays.stream(ImageFacts.intensities(picture(scene, 1))).sum());
		assertEquals(5, Arrays.stream(ImageFacts.sizes(scene)).sum());
		assertEquals(2 * 256, ImageFacts.thumbnail(picture(scene, 1)).length());
	}
}
