
package io.github.zimagefiji.dataset;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.zimagefiji.Host;
import io.github.zimagefiji.ModelInfo;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.Timings;
import io.github.zimagefiji.dataset.folder.DiskNeed;
import io.github.zimagefiji.dataset.plan.ImageRequests;
import io.github.zimagefiji.dataset.plan.LabelSurvey;
import io.github.zimagefiji.dataset.plan.Plan;
import io.github.zimagefiji.dataset.plan.PlannedItem;
import io.github.zimagefiji.dataset.plan.Shard;
import io.github.zimagefiji.dataset.recipe.OutputFormat;
import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.dataset.recipe.Split;
import io.github.zimagefiji.io.Sha256;
import io.github.zimagefiji.request.ComputeOptions;
import io.github.zimagefiji.request.GenerationRequest;

/**
 * Tells what a recipe would make, how long that takes and how much disk it needs. One step of the
 * first item is computed to measure the time; nothing is written.
 */
public final class DryRun {

	private static final int EXAMPLES = 3;

	private final Recipe recipe;
	private final Host host;
	private final ComputeOptions compute;
	private final ItemInputs materials;
	private final Plan plan;

	/**
	 * @throws io.github.zimagefiji.error.InvalidInputException if the recipe's files cannot be used
	 */
	public DryRun(final Recipe recipe, final Host host, final ComputeOptions compute) {
		this.recipe = recipe;
		this.host = host;
		this.compute = compute;
		materials = new ItemInputs(recipe);
		plan = new Plan(recipe, materials.labels().names());
	}

	/**
	 * The lines to show.
	 *
	 * @throws io.github.zimagefiji.error.InvalidInputException if labels, model or settings cannot be
	 *           used
	 */
	public List<String> lines(final Shard shard, final Progress progress) {
		final List<String> lines = new ArrayList<>();
		lines.add(String.format(Locale.ROOT, "%s: %d images of %d × %d pixels (%s), workflow %s",
			recipe.name(), recipe.items(), recipe.sampling().width(), recipe.sampling().height(),
			recipe.pixels().label(), recipe.workflow().label()));
		if (!recipe.workflow().hasLabels())
			lines.add("No ground truth: the images are made from text alone.");
		labels(lines, progress);
		if (recipe.style() != null) lines.add("Style: the " + recipe.style().as().label() + " of " +
			materials.styles().size() + " real images in " + recipe.style().images());
		final int mine = plan(lines, shard);
		for (int i = 0; i < Math.min(EXAMPLES, plan.size()); i++) {
			final PlannedItem item = plan.item(i);
			lines.add("  " + item.name() + ", " + item.split().label() + ", seed " +
				item.imageSeeds().of(0) + ": " + item.prompt());
		}
		lines.add(String.format(Locale.ROOT, "Outputs: %s; about %.1f MB on disk",
			recipe.outputs().stream().map(OutputFormat::label).toList(),
			DiskNeed.bytes(recipe, mine) / 1e6));
		if (recipe.quality().segmentation() != null) lines.add("Segmentation: " +
			recipe.quality().judge() +
			"; only with --allow-segmentation-command. It is not run now, and the time does not count it.");
		final double seconds = secondsPerImage(progress);
		lines.add(String.format(Locale.ROOT, "Time: about %.1f s for each image, %s in all%s", seconds,
			words(seconds * mine), recipe.quality().retries() > 0
				? ", up to " + (recipe.quality().retries() + 1) + " times that with retries" : ""));
		return lines;
	}

	/** Reads all labels that the dataset would use. */
	private void labels(final List<String> lines, final Progress progress) {
		final List<String> names = plan.sources();
		if (names.isEmpty()) return;
		final LabelSurvey survey = LabelSurvey.of(materials.labels(), names, progress);
		lines.add(survey.line());
		survey.cautions().forEach(caution -> lines.add("Look at the labels: " + caution));
	}

	/** Adds what the plan says; gives the number of items in the shard. */
	private int plan(final List<String> lines, final Shard shard) {
		final long start = System.nanoTime();
		final MessageDigest sha = Sha256.create();
		final Map<Split, Integer> sizes = new EnumMap<>(Split.class);
		int mine = 0;
		for (int i = 0; i < plan.size(); i++) {
			final PlannedItem item = plan.item(i);
			sha.update(item.line().getBytes(StandardCharsets.UTF_8));
			if (!shard.has(i)) continue;
			mine++;
			sizes.merge(item.split(), 1, Integer::sum);
		}
		final Runtime runtime = Runtime.getRuntime();
		lines.add("Splits: " + sizes + (shard.equals(Shard.ALL) ? "" : " in this shard"));
		lines.add(String.format(Locale.ROOT,
			"Plan: SHA-256 %s; planned in %.2f s with %d MB of Java memory in use", Sha256.finish(sha),
			(System.nanoTime() - start) / 1e9,
			(runtime.totalMemory() - runtime.freeMemory()) / 1_000_000));
		return mine;
	}

	private double secondsPerImage(final Progress progress) {
		final PlannedItem item = plan.item(0);
		final ImageRequests requests = new ImageRequests(recipe);
		final GenerationRequest whole = requests.of(item, materials.of(item), item.imageSeeds().of(0));
		final ModelInfo model = host.inspect(requests.model());
		final int steps = whole.text().steps() == null ? Math.max(1, model.variant().defaultSteps())
			: whole.text().steps();
		final GenerationRequest two =
			whole.withText(whole.text().toBuilder().steps(Math.min(2, steps)).build());
		final Timings took = host.generate(requests.model(), compute, two, progress).timings();
		// the first step also opens the network
		final double step = took.steps().get(took.steps().size() - 1);
		return took.encode() + step * steps + took.decode();
	}

	private static String words(final double seconds) {
		if (seconds < 120) return String.format(Locale.ROOT, "%.0f s", seconds);
		return seconds < 7200 ? String.format(Locale.ROOT, "%.0f min", seconds / 60)
			: String.format(Locale.ROOT, "%.1f h", seconds / 3600);
	}
}
