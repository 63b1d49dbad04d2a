
package io.github.zimagefiji.dataset.quality;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;

import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.dataset.recipe.Split;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.io.AtomicFile;
import io.github.zimagefiji.io.Folders;
import io.github.zimagefiji.io.IOReason;

/**
 * The quality report: one HTML file with everything in it, for any browser, without a network.
 */
public final class HtmlReport {

	private static final int MOST_PAIRS = 50;
	private static final String STYLE =
		"body{font:15px sans-serif;max-width:70em;margin:2em auto;padding:0 1em}table{border-" +
			"collapse:collapse}td,th{border:1px solid #bbb;padding:.3em .6em;text-align:right}td:first-child,th:first-child{text-" +
			"align:left}figure{display:inline-block;margin:.4em}figcaption{font-size:12px}img{image-rendering:pixelated}";

	private final Recipe recipe;
	private final QualitySummary summary;
	private final StringBuilder html = new StringBuilder();

	/** A report on a dataset. */
	public HtmlReport(final Recipe recipe, final QualitySummary summary) {
		this.recipe = recipe;
		this.summary = summary;
	}

	/**
	 * Writes {@code report.html}.
	 *
	 * @param root the dataset's folder, in which the pictures of its first items are
	 * @throws InvalidInputException if that fails, or real images cannot be read
	 */
	public void write(final Path root) {
		html.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
			.append(escaped(recipe.name())).append("</title><style>").append(STYLE)
			.append("</style></head><body>\n<h1>").append(escaped(recipe.name()))
			.append("</h1>\n<p><b>Synthetic images</b>, made by the workflow ")
			.append(recipe.workflow().label()).append(". Prompt: <i>")
			.append(escaped(recipe.prompt().text())).append("</i></p>\n");
		agreement();
		pieces();
		splits();
		histograms();
		duplicates();
		pictures(root);
		html.append("</body></html>\n");
		AtomicFile.write(Folders.fileIn(root, "report.html"),
			out -> out.write(html.toString().getBytes(StandardCharsets.UTF_8)));
	}

	private void agreement() {
		html.append("<h2>Images against their labels</h2>\n");
		if (!recipe.workflow().hasLabels()) {
			html.append("<p>There is no ground truth: the images were made from text alone.</p>\n");
			return;
		}
		html.append("<p>An independent segmentation of each image (")
			.append(escaped(recipe.quality().judge()))
			.append("), which is not told the labels, was compared with them. Limits: IoU at least ")
			.append(recipe.quality().minIou()).append(", count error at most ")
			.append(recipe.quality().maxCountError() == null ? "any" : recipe.quality().maxCountError())
			.append("; up to ").append(recipe.quality().retries())
			.append(" retries.</p>\n<table><tr><th>" +
				"</th><th>images</th><th>mean IoU</th><th>mean count error</th><th>mean F1 of " +
				"objects</th><th>below the limits</th></tr>\n");
		means("First attempts, before any rejection", summary.firstAttempts());
		means("All images that were made", summary.allAttempts());
		means("In the dataset", summary.accepted());
		html.append("</table>\n<p>Items rejected after all retries: ").append(summary.rejected())
			.append("</p>\n");
	}

	private void pieces() {
		if (recipe.workflow().hasLabels())
			html.append("<h2>Labels</h2>\n<p>").append(escaped(summary.pieces())).append("</p>\n");
	}

	private void means(final String title, final QualitySummary.Means means) {
		html.append(String.format(Locale.ROOT,
			"<tr><td>%s</td><td>%d</td><td>%.4f</td><td>%.3f</td><td>%.4f</td><td>%d (%.1f %%)</td></tr>\n",
			title, means.images(), means.iou(), means.countError(), means.f1(), means.below(),
			100.0 * means.below() / Math.max(1, means.images())));
	}

	private void splits() {
		html.append("<h2>Splits</h2>\n<table><tr><th>split</th><th>images</th></tr>\n");
		for (final Split split : Split.values())
			html.append("<tr><td>").append(split.label()).append("</td><td>").append(summary.size(split))
				.append("</td></tr>\n");
		html.append("</table>\n");
	}

	private void histograms() {
		final double[] real = recipe.quality().realImages() == null ? null
			: RealImages.intensities(recipe.quality().realImages(), recipe.reading());
		html
			.append(
				"<h2>Intensities</h2>\n<p>From black to the most that the pixels hold; the largest channel")
			.append(real == null ? "" : "; real images in orange").append(".</p>\n")
			.append(BarChart.svg(summary.intensities(), real));
		if (recipe.workflow().hasLabels()) html
			.append("<h2>Sizes of objects</h2>\n<p>Pixels of an object: the first bar is 1, " +
				"the next 2 to 3, then 4 to 7, and so on.</p>\n")
			.append(BarChart.svg(summary.areas(), null));
	}

	private void duplicates() {
		final NearDuplicates.Found pairs = summary.duplicates();
		html.append(
			"<h2>Near duplicates</h2>\n<p>Pairs of different scenes whose thumbnails correlate by more than 0.98: ")
			.append(pairs.count()).append(", of which ").append(pairs.acrossSplits())
			.append(" lie in different splits.</p>\n<ul>\n");
		for (final NearDuplicates.Pair pair : pairs.first().subList(0,
			Math.min(MOST_PAIRS, pairs.first().size())))
			html.append(String.format(Locale.ROOT, "<li>%s and %s: %.4f%s</li>\n", pair.first(),
				pair.second(), pair.correlation(), pair.acrossSplits() ? ", in different splits" : ""));
		html.append("</ul>\n");
	}

	private void pictures(final Path root) {
		html.append("<h2>The first items</h2>\n");
		for (final String name : summary.names()) {
			final Path file = root.resolve(Preview.pathOf(name));
			if (!Files.exists(file)) break;
			try {
				html.append("<figure><img alt=\"").append(name).append("\" src=\"data:image/png;base64,")
					.append(Base64.getEncoder().encodeToString(Files.readAllBytes(file)))
					.append("\"><figcaption>").append(name).append("</figcaption></figure>\n");
			}
			catch (final IOException e) {
				throw new InvalidInputException(
					file + " cannot be read: " + IOReason.of(e) + ". Check its permissions.", e);
			}
		}
	}

	private static String escaped(final String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
	}
}
