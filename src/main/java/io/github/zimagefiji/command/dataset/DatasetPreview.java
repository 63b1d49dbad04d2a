
package io.github.zimagefiji.command.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.zimagefiji.RunEstimate;
import io.github.zimagefiji.command.common.EstimateText;
import io.github.zimagefiji.dataset.DatasetForecast;
import io.github.zimagefiji.dataset.folder.BegunDataset;
import io.github.zimagefiji.dataset.recipe.LabelSource;
import io.github.zimagefiji.dataset.recipe.ObjectKind;
import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.dataset.recipe.Style;
import io.github.zimagefiji.io.IOReason;
import io.github.zimagefiji.request.ComputeOptions;
import io.github.zimagefiji.service.DatasetMaker;
import io.github.zimagefiji.service.ZImageService;

/**
 * What a dialog says about a dataset before it is made.
 *
 * @param forecast what it needs
 * @param begun how much of it the output folder holds already
 * @param folderProblem why it cannot be made there; empty if it can
 */
record DatasetPreview(DatasetForecast forecast, Optional<BegunDataset> begun,
		String folderProblem)
{

	/**
	 * What is asked about.
	 *
	 * @param folder the output folder; null if there is none yet
	 */
	record Question(RecipeDraft draft, ComputeOptions compute, Path folder) {}

	/**
	 * Reads what must be read, which may take long.
	 *
	 * @throws io.github.zimagefiji.error.ZImageException if it cannot be made
	 */
	static DatasetPreview of(final Question question, final ZImageService zimage) {
		final Recipe recipe = question.draft.finish(zimage);
		final DatasetMaker maker = new DatasetMaker(zimage, question.compute);
		final DatasetForecast forecast = maker.forecast(recipe);
		if (question.folder == null) return new DatasetPreview(forecast, Optional.empty(), "");
		final Optional<BegunDataset> begun = maker.begun(question.folder, recipe);
		return new DatasetPreview(forecast, begun, begun.isPresent() ? "" : problem(question.folder));
	}

	private static String problem(final Path folder) {
		if (!Files.exists(folder)) return "";
		if (!Files.isDirectory(folder)) return folder + " is a file. Choose a folder.";
		try (Stream<Path> files = Files.list(folder)) {
			return files.findAny().isPresent()
				? "The folder holds other files or another dataset. Choose an empty or new one." : "";
		}
		catch (final IOException e) {
			return "The folder cannot be read: " + IOReason.of(e) + ".";
		}
	}

	/** The dialog's message. */
	List<String> lines() {
		final Recipe recipe = forecast.recipe();
		final String size = recipe.sampling().width() + " × " + recipe.sampling().height() + " pixels";
		final String disk = String.format(Locale.ROOT, "%.1f MB", forecast.diskBytes() / 1e6);
		return List.of(
			recipe.items() + (recipe.items() == 1 ? " image of " : " images of ") + size + ", about " +
				disk + " on disk" + begun.map(each -> "; " + each.done() + " are done.").orElse("."),
			caution(recipe).orElse("The first: " + forecast.firstPrompt()), time());
	}

	private Optional<String> caution(final Recipe recipe) {
		if (!forecast.cautions().isEmpty()) return Optional.of(forecast.cautions().get(0));
		if (!recipe.workflow().hasLabels())
			return Optional.of("No ground truth: the images are made from text alone.");
		final boolean tissue = recipe.labels() instanceof LabelSource.Scenes scenes &&
			scenes.objects().get(0).kind() == ObjectKind.TISSUE;
		if (recipe.model() == null && recipe.style() != null &&
			recipe.style().as() == Style.Use.PICTURE)
			return Optional
				.of("The built-in model loses the labels when it sees real images as pictures.");
		return recipe.model() == null && tissue
			? Optional.of("The built-in model does not follow tissue: images will not fit their labels.")
			: Optional.empty();
	}

	private String time() {
		final RunEstimate one = forecast.image();
		if (one.seconds() == null)
			return "Time: not known yet; \"" + DatasetInputs.SHOW + "\" measures it.";
		return EstimateText
			.lines(
				new RunEstimate(one.bytes(), one.available(), one.seconds() * forecast.recipe().items()))
			.get(1);
	}
}
