
package io.github.zimagefiji.dataset.folder;

import java.util.Locale;

import io.github.zimagefiji.dataset.quality.QualitySummary;
import io.github.zimagefiji.dataset.recipe.Range;
import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.dataset.recipe.Split;
import io.github.zimagefiji.dataset.recipe.Style;

/**
 * Says in Markdown what a dataset is and how it was made, along the questions of "Datasheets for
 * Datasets" (Gebru et al., arXiv 1803.09010) that have an answer here.
 */
final class Datasheet {

	private final Recipe recipe;
	private final QualitySummary summary;
	private final ItemRecord example;

	/** @param example the record of one of its items */
	Datasheet(final Recipe recipe, final QualitySummary summary, final ItemRecord example) {
		this.recipe = recipe;
		this.summary = summary;
		this.example = example;
	}

	String text() {
		return "# Datasheet: " + recipe.name() +
			"\n\n**This dataset is synthetic.** Its images were computed by a generative " +
			"model; no microscope or camera took them, and nothing about nature may be concluded from them.\n" +
			composition() + making() + quality() + uses();
	}

	private String composition() {
		final StringBuilder text =
			new StringBuilder("\n## Composition\n\n| split | images |\n|---|---:|\n");
		for (final Split split : Split.values())
			text.append("| ").append(split.label()).append(" | ").append(summary.size(split))
				.append(" |\n");
		text.append("\nImages of ").append(recipe.sampling().width()).append(" × ")
			.append(recipe.sampling().height()).append(" pixels, ").append(recipe.pixels().label())
			.append(". ");
		text.append(recipe.workflow().hasLabels()
			? "Each comes with a label image of 16 bits: 0 is background, each object " + "has a number. "
			: "**There is no ground truth**: the images were made from text alone. ");
		if (recipe.workflow().hasLabels()) text.append(summary.pieces()).append(' ');
		text.append(
			"Splits go by scene or source image: images of one of them are never in two splits.\n");
		return text.toString();
	}

	private String making() {
		final StringBuilder text = new StringBuilder("\n## How it was made\n\n");
		text.append("* Labels: ").append((recipe.labels() == null ? "none" : recipe.labels().origin()))
			.append("\n* From labels to image: ").append(recipe.workflow().label()).append("\n* Model: ")
			.append(example.text("model")).append(", fingerprint ")
			.append(example.text("model_fingerprint")).append("\n* Computed on: ")
			.append(example.machine())
			.append(" (the first item; `manifest.csv` has all)\n* Program: Z-Image for Fiji ")
			.append(example.text("plugin_version")).append("\n* Seed: ").append(recipe.seed())
			.append("\n* Prompt: `").append(recipe.prompt().text().replace("`", "'")).append("`\n");
		if (!example.text("control").isEmpty())
			text.append("* ControlNet: ").append(example.text("control")).append('\n');
		if (!example.text("loras").isEmpty())
			text.append("* LoRAs: ").append(example.text("loras")).append('\n');
		if (recipe.style() != null) text.append("* Style: ").append(style()).append('\n');
		if (recipe.variation() != null) text.append("* Brightness: ").append(variation()).append('\n');
		text.append("* Optics and camera: ")
			.append(recipe.camera() == null ? "none" : "simulated: " + recipe.camera()).append(
				"\n\n`recipe.json` is the whole recipe; with it, the same program on the same processor type, precision and number " +
					"of threads makes the same pixels again. `manifest.csv` has a row for each item with all of its settings.\n");
		return text.toString();
	}

	private String style() {
		return recipe.style().as() == Style.Use.COLOURS
			? "labels were drawn in the mean colours of real images given by the dataset's maker, which all splits share"
			: "an editing model saw a real image given by the dataset's maker beside the labels; no real image serves two " +
				"splits, and parts of them may be seen in the results";
	}

	private String variation() {
		final Range factors = recipe.variation().brightness();
		return "after generation, the light of each object above the background was multiplied by its own factor, drawn " +
			"evenly from " + factors.least() + " to " + factors.most();
	}

	private String quality() {
		if (!recipe.workflow().hasLabels()) return "";
		return String.format(Locale.ROOT,
			"%n## Quality%n%nAn independent segmentation of each image (%s) was compared with its " +
				"labels.%n%n| | images | mean IoU | mean count error | mean F1 of objects |%n|---|---:|---:|---:|---:|%n%s%s%n" +
				"Limits: IoU at least %s, count error at most %s; up to %d retries. %d items were rejected and are not in the " +
				"dataset. `report.html` shows more.%n",
			recipe.quality().judge(),
			row("first attempts, before any rejection", summary.firstAttempts()),
			row("in the dataset", summary.accepted()), recipe.quality().minIou(),
			recipe.quality().maxCountError() == null ? "any" : recipe.quality().maxCountError(),
			recipe.quality().retries(), summary.rejected()).replace("\r\n", "\n");
	}

	private static String row(final String title, final QualitySummary.Means means) {
		return String.format(Locale.ROOT, "| %s | %d | %.3f | %.2f | %.3f |%n", title, means.images(),
			means.iou(), means.countError(), means.f1());
	}

	private static String uses() {
		return "\n## Uses and limits\n\nTo train and to try out image analysis. Judge the result on real images: a method that " +
			"works on synthetic images need not work on real ones. Say that the data are synthetic wherever they are shown. " +
			"The model's own license holds for its images.\n";
	}
}
