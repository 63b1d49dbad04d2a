
package io.github.zimagefiji.dataset.plan;

import static io.github.zimagefiji.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.zimagefiji.dataset.recipe.LabelSource;
import io.github.zimagefiji.dataset.recipe.ObjectKind;
import io.github.zimagefiji.dataset.recipe.Population;
import io.github.zimagefiji.dataset.recipe.QualityLimits;
import io.github.zimagefiji.dataset.recipe.Range;
import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.dataset.recipe.RecipeBuilder;
import io.github.zimagefiji.dataset.recipe.Split;
import io.github.zimagefiji.dataset.recipe.Splits;
import io.github.zimagefiji.dataset.scene.SceneArtist;

/** Each item follows from the recipe and its index alone. */
class PlanTest {

	private static final List<Population> NUCLEI =
		List.of(Population.of(ObjectKind.NUCLEI, "nucleus", new Range(1, 9)));

	private static RecipeBuilder recipe(final int items, final int variants) {
		return Recipe.builder("set").seed(42).items(items).variants(variants)
			.prompt("{count} {colour} nuclei").values("colour", "green", "blue", "white")
			.labels(new LabelSource.Scenes(NUCLEI)).splits(new Splits(0.7, 0.2, 0.1));
	}

	private static Plan plan(final Recipe recipe) {
		return new Plan(recipe, List.of());
	}

	@Test
	void anItemIsTheSameInAnyOrderAndAnyShard() {
		final Plan forward = plan(recipe(500, 2).build());
		final Plan backward = plan(recipe(500, 2).build());
		final Map<Integer, PlannedItem> items = new HashMap<>();
		for (int i = 499; i >= 0; i--)
			items.put(i, backward.item(i));
		for (int i = 0; i < 500; i++)
			assertEquals(items.get(i), forward.item(i));
	}

	/**
	 * Another text here means that datasets begun before cannot be resumed.
	 */
	@Test
	void theFirstItemsAreTheseForEver() throws IOException {
		final StringBuilder text = new StringBuilder();
		plan(recipe(10, 1).build()).write(text);
		assertEquals(
			List.of(
				"0\tset-0000\ttrain\t0\t\t7520001260203838868\t3397530012\tmany white nuclei\t\twhite",
				"1\tset-0001\ttrain\t1\t\t-1753619162292670572\t1094190803\ttwo green nuclei\t\twhite"),
			text.toString().lines().limit(2).toList());
	}

	@Test
	void theFormulaOfSeedsIsTheDocumentedOne() throws Exception {
		final byte[] sum = MessageDigest.getInstance("SHA-256")
			.digest("zimage-dataset-1 labels 42 3".getBytes(StandardCharsets.UTF_8));
		assertEquals(ByteBuffer.wrap(sum).getLong(), plan(recipe(10, 1).build()).item(3).labelsSeed());
	}

	@Test
	void splitsHaveTheirSharesAndNoSceneIsInTwo() {
		final Plan plan = plan(recipe(3000, 3).build());
		final Map<Split, Integer> sizes = new EnumMap<>(Split.class);
		final Map<Long, Split> scenes = new HashMap<>();
		for (int i = 0; i < 3000; i++) {
			final PlannedItem item = plan.item(i);
			sizes.merge(item.split(), 1, Integer::sum);
			final Split before = scenes.put(item.labelsSeed(), item.split());
			assertTrue(before == null || before == item.split(), "scene of item " + i);
		}
		assertEquals(Map.of(Split.TRAIN, 2100, Split.VAL, 600, Split.TEST, 300), sizes);
		assertEquals(1000, scenes.size());
	}

	@Test
	void sourceImagesStayInOneSplitHoweverOftenTheyAreUsed() {
		final List<String> sources = IntStream.range(0, 10).mapToObj(i -> "cell" + i + ".tif").toList();
		final Recipe recipe =
			recipe(400, 2).prompt("nuclei").labels(new LabelSource.Folder(Path.of("labels"))).build();
		final Map<String, Split> splits = new HashMap<>();
		for (int i = 0; i < 400; i++) {
			final PlannedItem item = new Plan(recipe, sources).item(i);
			final Split before = splits.put(item.source(), item.split());
			assertTrue(before == null || before == item.split(), item.source());
		}
		assertEquals(Set.copyOf(sources), splits.keySet());
		assertEquals(7, splits.values().stream().filter(Split.TRAIN::equals).count());
	}

	@Test
	void refusesSplitsThatTheSourceImagesCannotFill() {
		final Recipe recipe =
			recipe(400, 1).prompt("nuclei").labels(new LabelSource.Folder(Path.of("labels"))).build();
		assertRefused(() -> new Plan(recipe, List.of("a.tif", "b.tif")),
			"of 2 scenes or source images");
	}

	@Test
	void namesAndSeedsOfAllAttemptsAreUnique() {
		final Plan plan =
			plan(recipe(20000, 1).quality(new QualityLimits(0.5, null, 2, 1, null)).build());
		final Set<String> names = new HashSet<>();
		final Set<Long> seeds = new HashSet<>();
		for (int i = 0; i < 20000; i++) {
			final PlannedItem item = plan.item(i);
			names.add(item.name());
			for (int attempt = 0; attempt < 3; attempt++)
				seeds.add(item.imageSeeds().of(attempt));
		}
		assertEquals(20000, names.size());
		assertEquals(60000, seeds.size());
		assertTrue(seeds.stream().allMatch(seed -> seed >= 0 && seed < 1L << 32));
	}

	@Test
	void valuesAreDrawnEvenly() {
		final Plan plan = plan(recipe(3000, 1).build());
		final Map<String, Integer> counts = new HashMap<>();
		for (int i = 0; i < 3000; i++)
			counts.merge(plan.item(i).prompt().split(" ")[1], 1, Integer::sum);
		assertEquals(Set.of("green", "blue", "white"), counts.keySet());
		assertTrue(counts.values().stream().allMatch(count -> Math.abs(count - 1000) < 120),
			counts.toString());
	}

	@Test
	void thePromptTellsHowManyObjectsTheSceneHas() {
		final Plan plan = plan(recipe(60, 1).build());
		final List<String> words =
			List.of("", "one", "two", "three", "four", "five", "six", "many", "many", "many");
		for (int i = 0; i < 60; i++) {
			final PlannedItem item = plan.item(i);
			final int count = new SceneArtist(128, 128, NUCLEI).draw("scene", item.labelsSeed()).count();
			assertEquals(words.get(count), item.prompt().split(" ")[0]);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 5, 16, 17, 1000, 65537 })
	void aShuffleTakesEachPlaceOnce(final int size) {
		final Shuffle shuffle = new Shuffle(new Seeds(3), "split", size);
		final BitSet places = new BitSet();
		for (int i = 0; i < size; i++)
			places.set(shuffle.place(i));
		assertEquals(size, places.cardinality());
		assertEquals(size, places.length());
	}

	@Test
	void anotherSeedGivesAnotherPlan() throws IOException {
		final StringBuilder one = new StringBuilder();
		final StringBuilder other = new StringBuilder();
		plan(recipe(10, 1).build()).write(one);
		plan(recipe(10, 1).seed(43).build()).write(other);
		assertTrue(one.toString().lines().noneMatch(other.toString()::contains));
	}
}
