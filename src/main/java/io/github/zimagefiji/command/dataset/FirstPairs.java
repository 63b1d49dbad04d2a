
package io.github.zimagefiji.command.dataset;

import java.awt.Color;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.plugin.filter.ThresholdToSelection;
import ij.process.ImageProcessor;
import io.github.zimagefiji.dataset.plan.Plan;
import io.github.zimagefiji.dataset.plan.PlannedItem;
import io.github.zimagefiji.dataset.recipe.OutputFormat;
import io.github.zimagefiji.dataset.recipe.Recipe;

/**
 * The first images of a dataset as a stack, with the outlines of their labels as an overlay, read
 * from its files.
 */
final class FirstPairs {

	private static final int MOST = 10;
	private static final List<OutputFormat> READABLE =
		List.of(OutputFormat.TIFF, OutputFormat.CELLPOSE, OutputFormat.STARDIST);

	private final Path root;
	private final ImageStack images = new ImageStack();
	private final Overlay outlines = new Overlay();

	private FirstPairs(final Path root) {
		this.root = root;
	}

	/**
	 * The stack; null if the dataset has no pairs of TIFF files, or none was accepted.
	 */
	static ImagePlus of(final Path root, final Recipe recipe) {
		if (Collections.disjoint(recipe.outputs(), READABLE)) return null;
		final FirstPairs pairs = new FirstPairs(root);
		final Plan plan = Plan.of(recipe);
		for (int i = 0; i < plan.size() && pairs.images.size() < MOST; i++)
			pairs.add(plan.item(i), recipe.outputs());
		if (pairs.images.size() == 0) return null;
		final ImagePlus stack = new ImagePlus("First pairs of " + recipe.name(), pairs.images);
		stack.setOverlay(pairs.outlines);
		if (stack.getBitDepth() != 24) stack.resetDisplayRange();
		return stack;
	}

	private void add(final PlannedItem item, final List<OutputFormat> outputs) {
		final String split = item.split().label();
		final String file = item.name() + ".tif";
		if (outputs.contains(OutputFormat.TIFF))
			add(item, "tiff/" + split + "/images/" + file, "tiff/" + split + "/labels/" + file);
		else if (outputs.contains(OutputFormat.CELLPOSE)) add(item, "cellpose/" + split + "/" + file,
			"cellpose/" + split + "/" + item.name() + "_masks.tif");
		else add(item, "stardist/" + split + "/images/" + file, "stardist/" + split + "/masks/" + file);
	}

	/** A rejected item has no files. */
	private void add(final PlannedItem item, final String image, final String labels) {
		if (!Files.exists(root.resolve(image))) return;
		final ImagePlus pixels = IJ.openImage(root.resolve(image).toString());
		if (pixels == null) return;
		images.addSlice(item.name() + " (" + item.split().label() + ")", pixels.getProcessor());
		final ImagePlus numbers =
			Files.exists(root.resolve(labels)) ? IJ.openImage(root.resolve(labels).toString()) : null;
		if (numbers == null) return;
		for (final Roi outline : outlines(numbers.getProcessor())) {
			outline.setPosition(images.size());
			outlines.add(outline);
		}
	}

	private static List<Roi> outlines(final ImageProcessor labels) {
		final Set<Integer> numbers = new TreeSet<>();
		for (int i = 0; i < labels.getPixelCount(); i++)
			numbers.add(labels.get(i));
		numbers.remove(0);
		final List<Roi> outlines = new ArrayList<>();
		for (final int number : numbers) {
			labels.setThreshold(number, number, ImageProcessor.NO_LUT_UPDATE);
			final Roi outline = new ThresholdToSelection().convert(labels);
			outline.setStrokeColor(Color.YELLOW);
			outline.setName(String.valueOf(number));
			outlines.add(outline);
		}
		return outlines;
	}
}
