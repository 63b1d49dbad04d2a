
package io.github.zimagefiji.dataset.plan;

import java.io.IOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.zimagefiji.dataset.recipe.LabelSource;
import io.github.zimagefiji.dataset.recipe.PromptTemplate;
import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.dataset.recipe.Split;
import io.github.zimagefiji.dataset.recipe.Template;
import io.github.zimagefiji.dataset.scene.SceneCounts;

/**
 * What every item of a dataset is to be. Each item follows from the recipe and its index alone, so
 * that items can be planned in any order, on any machine.
 */
public final class Plan {

	private static final int LARGEST_WORD = 6;
	private static final String[] WORDS = { "no", "one", "two", "three", "four", "five", "six" };

	private final Recipe recipe;
	private final List<String> sources;
	private final Seeds seeds;
	private final int groups;
	private final Shuffle order;
	private final Map<Split, Integer> sizes = new EnumMap<>(Split.class);
	private final Template prompt;
	private final Template negative;
	private final Template colour;
	/** What the values of each place are drawn for. */
	private final Map<String, String> purposes = new HashMap<>();
	private final int imageStart;
	private final int digits;

	/**
	 * The plan of a recipe, whose source files are looked up.
	 *
	 * @throws io.github.zimagefiji.error.InvalidInputException if they cannot be used, or a split
	 *           would stay empty
	 */
	public static Plan of(final Recipe recipe) {
		return new Plan(recipe, ItemLabels.of(recipe).names());
	}

	/**
	 * A plan.
	 *
	 * @param sources names of the source images' files, sorted; empty if there are none
	 * @throws io.github.zimagefiji.error.InvalidInputException if a split would stay empty
	 */
	public Plan(final Recipe recipe, final List<String> sources) {
		this.recipe = recipe;
		this.sources = List.copyOf(sources);
		seeds = new Seeds(recipe.seed());
		groups = sources.isEmpty() ? recipe.groups() : Math.min(sources.size(), recipe.groups());
		order = new Shuffle(seeds, "split", groups);
		for (final Split split : Split.values())
			sizes.put(split, recipe.splits().groups(split, groups));
		prompt = Template.of(recipe.prompt().text());
		negative = Template.of(recipe.prompt().negative());
		colour = Template.of(recipe.look().colour());
		recipe.prompt().values().keySet().forEach(place -> purposes.put(place, "value " + place));
		imageStart = (int) seeds.bits("image", 0);
		digits = Math.max(4, String.valueOf(recipe.items() - 1).length());
	}

	/** How many items there are. */
	public int size() {
		return recipe.items();
	}

	/**
	 * The source files that items are made of; none where there are no sources.
	 */
	public List<String> sources() {
		return sources.isEmpty() ? sources : sources.subList(0, groups);
	}

	/** What an item is to be. */
	public PlannedItem item(final int index) {
		final int turn = index / recipe.variants();
		final int group = turn % groups;
		// a source is used again and again, each time with other changes
		final long labelsSeed = seeds.bits("labels", turn);
		final String source = sources.isEmpty() ? "" : sources.get(group);
		final ImageSeeds imageSeeds =
			new ImageSeeds(imageStart, (long) index * (recipe.quality().retries() + 1));
		return new PlannedItem(index, name(index), split(group), group, source, labelsSeed,
			fill(prompt, index, labelsSeed), fill(negative, index, labelsSeed),
			fill(colour, index, labelsSeed), imageSeeds);
	}

	/**
	 * Writes what all items are to be, one line for each: index, name, split, group, source, seed of
	 * the labels, seed of the first image, prompt, negative prompt, colour, with tabs between them.
	 */
	public void write(final Appendable out) throws IOException {
		for (int i = 0; i < size(); i++)
			out.append(item(i).line());
	}

	private String name(final int index) {
		final String number = String.valueOf(index);
		return recipe.name() + "-" + "0".repeat(digits - number.length()) + number;
	}

	private Split split(final int group) {
		final int place = order.place(group);
		if (place < sizes.get(Split.TRAIN)) return Split.TRAIN;
		return place < sizes.get(Split.TRAIN) + sizes.get(Split.VAL) ? Split.VAL : Split.TEST;
	}

	private String fill(final Template template, final int index, final long labelsSeed) {
		return template.fill(place -> {
			if (place.equals(PromptTemplate.COUNT)) return words(labelsSeed);
			final List<String> values = recipe.prompt().values().get(place);
			return values.get(seeds.choice(purposes.get(place), index, values.size()));
		});
	}

	private String words(final long labelsSeed) {
		final LabelSource.Scenes scenes = (LabelSource.Scenes) recipe.labels();
		final int count = SceneCounts.of(scenes.objects(), labelsSeed)[0];
		return count <= LARGEST_WORD ? WORDS[count] : "many";
	}
}
