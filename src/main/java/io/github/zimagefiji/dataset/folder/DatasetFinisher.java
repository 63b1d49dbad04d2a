
package io.github.zimagefiji.dataset.folder;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.zimagefiji.dataset.output.FinishedDataset;
import io.github.zimagefiji.dataset.output.Layout;
import io.github.zimagefiji.dataset.plan.ItemLabels;
import io.github.zimagefiji.dataset.plan.Plan;
import io.github.zimagefiji.dataset.quality.HtmlReport;
import io.github.zimagefiji.dataset.quality.QualitySummary;
import io.github.zimagefiji.dataset.recipe.OutputFormat;
import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.dataset.recipe.Split;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.io.AtomicFile;
import io.github.zimagefiji.io.Folders;

/**
 * What is written when all items are done: COCO's files, manifest, datasheet and report, all in the
 * items' order.
 */
public final class DatasetFinisher {

	private final DatasetFolder folder;
	private final Recipe recipe;
	private final Plan plan;

	public DatasetFinisher(final DatasetFolder folder, final Recipe recipe, final Plan plan) {
		this.folder = folder;
		this.recipe = recipe;
		this.plan = plan;
	}

	/**
	 * Writes everything.
	 *
	 * @throws InvalidInputException if an item is not done, or a file cannot be written
	 */
	public void write() {
		for (int i = 0; i < plan.size(); i++) {
			if (!folder.isDone(plan.item(i).name()))
				throw new InvalidInputException("The dataset in " + folder.root() + " lacks the item " +
					plan.item(i).name() + ". Make the shard that it belongs to, or go on with --resume.");
		}
		final Set<String> rejected = new HashSet<>();
		final QualitySummary summary = new QualitySummary(recipe.quality());
		final Map<Split, List<String>> names = new EnumMap<>(Split.class);
		for (final Split split : Split.values())
			names.put(split, new ArrayList<>());
		AtomicFile.write(Folders.fileIn(folder.root(), "manifest.csv"), out -> {
			for (int i = 0; i < plan.size(); i++) {
				final ItemRecord record = folder.record(plan.item(i));
				if (i == 0) out.write(Csv.line(record.columns().keySet()).getBytes(StandardCharsets.UTF_8));
				out.write(Csv.line(record.columns().values()).getBytes(StandardCharsets.UTF_8));
				summary.add(record.name(), record.split(), Integer.parseInt(record.text("group")),
					record.isAccepted(), record.agreements(), record.numbers("intensities"),
					record.numbers("sizes"), record.thumbnail());
				if (record.isAccepted() && recipe.workflow().hasLabels()) summary.addLabels(record.name(),
					Integer.parseInt(record.text("objects")), Integer.parseInt(record.text("pieces")));
				if (record.isAccepted()) names.get(record.split()).add(record.name());
				else rejected.add(record.name());
			}
		});
		Leftovers.remove(folder.root(), rejected);
		finishLayouts(names);
		folder.write("DATASHEET.md",
			new Datasheet(recipe, summary, folder.record(plan.item(0))).text());
		new HtmlReport(recipe, summary).write(folder.root());
	}

	private void finishLayouts(final Map<Split, List<String>> names) {
		final FinishedDataset dataset = new FinishedDataset(folder.root(), recipe.name(), names);
		for (final OutputFormat format : recipe.outputs())
			Layout.of(format, () -> ItemLabels.of(recipe).classes()).finish(dataset);
	}
}
