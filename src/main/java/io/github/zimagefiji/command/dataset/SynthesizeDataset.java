
package io.github.zimagefiji.command.dataset;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

import org.scijava.ItemIO;
import org.scijava.app.StatusService;
import org.scijava.command.Command;
import org.scijava.platform.PlatformService;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.IJ;
import ij.ImagePlus;
import io.github.zimagefiji.command.MenuPlace;
import io.github.zimagefiji.command.common.Confirmation;
import io.github.zimagefiji.command.common.HeadlessState;
import io.github.zimagefiji.command.common.ModelChoice;
import io.github.zimagefiji.command.common.RunDisplay;
import io.github.zimagefiji.command.scijava.MacroRecorder;
import io.github.zimagefiji.dataset.folder.BegunDataset;
import io.github.zimagefiji.dataset.folder.DatasetSummary;
import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.dataset.recipe.file.RecipeWriter;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.error.RunCanceledException;
import io.github.zimagefiji.io.AtomicFile;
import io.github.zimagefiji.io.IOReason;
import io.github.zimagefiji.service.DatasetMaker;

/**
 * Makes images with labels to train segmentation with, by values or by a recipe file.
 */
@Plugin(type = Command.class, headless = true,
	menu = { @Menu(label = MenuPlace.PLUGINS, weight = MenuPlace.PLUGINS_WEIGHT),
		@Menu(label = MenuPlace.Z_IMAGE), @Menu(label = "Synthesize Dataset...", weight = 21) },
	attrs = { @Attr(name = MacroRecorder.ATTRIBUTE), @Attr(name = MacroRecorder.NOT_BY_FIJI) })
public class SynthesizeDataset extends CheckedDatasetDialog {

	private static final String TITLE = "Synthesize Dataset";

	@Parameter(type = ItemIO.OUTPUT, label = "Dataset")
	private String dataset;

	@Parameter(type = ItemIO.OUTPUT, label = "Quality report")
	private String report;

	@Parameter(type = ItemIO.OUTPUT, label = "Images made now")
	@SuppressWarnings("unused")
	private Integer made;

	@Parameter(type = ItemIO.OUTPUT, label = "Images in the dataset")
	private Integer accepted;

	@Parameter(type = ItemIO.OUTPUT, label = "Images rejected")
	private Integer rejected;

	@Parameter(type = ItemIO.OUTPUT, label = "Mean IoU with the labels")
	@SuppressWarnings("unused")
	private Double mean_iou;

	@Parameter(type = ItemIO.OUTPUT, label = "Plan")
	@SuppressWarnings("unused")
	private String plan;

	@Parameter(type = ItemIO.OUTPUT, label = "First pairs")
	@SuppressWarnings("unused")
	private ImagePlus first_pairs;

	@Parameter
	private StatusService status;

	@Parameter
	private PlatformService platform;

	@Override
	protected void work() {
		final Recipe recipe = recipe();
		settleModel();
		final DatasetMaker maker = new DatasetMaker(zimage, compute());
		switch (action) {
			case SHOW -> {
				save(recipe);
				plan = shown(recipe, progress -> String.join("\n", maker.plan(recipe, progress)) + "\n");
			}
			case SAVE -> {
				if (!ModelChoice.isFolder(recipe_file)) throw new InvalidInputException(
					"Name the recipe's file in recipe_file, such as nuclei.json.");
				save(recipe);
			}
			case MAKE -> make(recipe, maker);
			default -> throw new InvalidInputException("There is no action \"" + action +
				"\". Use one of: " + MAKE + ", " + SHOW + ", " + SAVE + ".");
		}
	}

	private void make(final Recipe recipe, final DatasetMaker maker) {
		if (!ModelChoice.isFolder(output))
			throw new InvalidInputException("Choose the output folder (output): a new or empty one.");
		final Path folder = output.toPath().toAbsolutePath().normalize();
		askToGoOn(maker, folder, recipe);
		save(recipe);
		try {
			tell(shown(recipe, progress -> maker.make(recipe, folder, resume, progress, this::caution)));
		}
		catch (final RunCanceledException e) {
			throw new RunCanceledException(maker.begun(folder, recipe)
				.map(begun -> "The run was cancelled. " + begun.done() + " of " + begun.items() +
					" images are done and kept in " + folder +
					". The same values and folder go on with them.")
				.orElse(e.getMessage()));
		}
		if (show_pairs) first_pairs = FirstPairs.of(folder, recipe);
		if (browse && HeadlessState.seesWindows(ui) && !IJ.isMacro())
			open(folder.resolve("report.html"));
	}

	/**
	 * What was begun is resumed only after a question; where none can be asked, the key resume says
	 * so.
	 */
	private void askToGoOn(final DatasetMaker maker, final Path folder, final Recipe recipe) {
		final Optional<BegunDataset> begun = maker.begun(folder, recipe);
		if (begun.isEmpty()) return;
		final String state = folder + " holds " + begun.get().done() + " of the " +
			begun.get().items() + " images of this dataset.";
		Confirmation.ask(ui, resume, state + "\nGo on with it?",
			state + " Nothing was made. Add resume to go on with it, or choose another folder.");
		// What the user has answered is part of what was done, and of the line that
		// does it again.
		resume = true;
	}

	private void save(final Recipe recipe) {
		if (!ModelChoice.isFolder(recipe_file)) return;
		final Path file = recipe_file.toPath().toAbsolutePath().normalize();
		final String text = RecipeWriter.write(recipe);
		try {
			if (Files.exists(file) && !Files.readString(file).equals(text))
				Confirmation.ask(ui, false, file + " exists and holds something else.\nReplace it?",
					file + " exists and holds something else. Nothing was written. Name another file.");
		}
		catch (final IOException e) {
			throw new InvalidInputException(
				file + " cannot be read: " + IOReason.of(e) + ". Name another file.", e);
		}
		AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
		log.info("The recipe is in " + file + ".");
	}

	private <T> T shown(final Recipe recipe, final Function<RunDisplay, T> job) {
		try (RunDisplay display = new RunDisplay(context(), TITLE, recipe.prompt().text(), this)) {
			return job.apply(display);
		}
	}

	private void tell(final DatasetSummary summary) {
		dataset = summary.folder().toString();
		report = summary.report().toString();
		made = summary.made();
		accepted = summary.accepted();
		rejected = summary.rejected();
		mean_iou = summary.meanIou();
		final String sentence = accepted + " images are in " + dataset + "; " + rejected +
			" were rejected. Report: " + report;
		log.info(sentence);
		status.showStatus(sentence);
	}

	private void open(final Path page) {
		try {
			platform.open(page.toUri().toURL());
		}
		catch (final IOException e) {
			caution("No browser opened " + page + ": " + IOReason.of(e) + ".");
		}
	}
}
