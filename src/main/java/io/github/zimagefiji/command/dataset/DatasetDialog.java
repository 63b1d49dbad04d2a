
package io.github.zimagefiji.command.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import org.scijava.command.CommandService;
import org.scijava.module.ModuleItem;
import org.scijava.object.ObjectService;
import org.scijava.plugin.Parameter;
import org.scijava.thread.ThreadService;

import io.github.zimagefiji.command.common.BackgroundCache;
import io.github.zimagefiji.command.common.Checked;
import io.github.zimagefiji.command.common.DialogFacts;
import io.github.zimagefiji.command.common.FieldException;
import io.github.zimagefiji.command.common.MessageText;
import io.github.zimagefiji.command.common.ModelChoice;
import io.github.zimagefiji.command.common.ModelName;
import io.github.zimagefiji.command.common.Prepared;
import io.github.zimagefiji.command.common.Waiting;
import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.error.ZImageException;
import io.github.zimagefiji.request.ComputeOptions;
import io.github.zimagefiji.request.Precision;
import io.github.zimagefiji.service.ZImageService;

/**
 * The dialog of the command that makes datasets: which values it opens with, how they follow each
 * other, what it says.
 */
abstract class DatasetDialog extends DatasetInputs implements Prepared, Checked, Waiting {

	private static final String UNREAD = "The model's folder or the labels are still being read.";
	private static final int KEPT = 4;
	/** With everything, the dialog would not fit on a small screen. */
	private static final Set<String> RARE = Set.of("real_images", "real_intensity", "radius",
		"overlap", "clustering", "style", "brightness", "controlnet", "control_scale", "values",
		"avoid", "lora", "steps", "strength", "image_size", "variants", "splits", "seed", "add_layout",
		"pixels", "camera", "camera_numbers", "min_iou", "max_count_error", "retries", "name",
		"precision", "device", "threads", "show_pairs", "browse");

	@Parameter
	ZImageService zimage;

	@Parameter
	private ThreadService background;

	@Parameter
	private ObjectService objects;

	@Parameter
	private CommandService commands;

	private boolean dialog;
	/** What can be chosen; a dialog keeps to what it offered. */
	private ModelChoice models;
	/** The labels whose usual values are shown. */
	private LabelChoice shown;
	private BackgroundCache<DatasetPreview.Question, DatasetPreview> outlooks;

	/**
	 * The recipe that the values describe; files are read.
	 *
	 * @throws InvalidInputException if one cannot be used
	 */
	Recipe recipe() {
		return draft().finish(zimage);
	}

	/**
	 * From here on the model is one that others find: by a name, or by its folder.
	 */
	void settleModel() {
		if (models().isInstalled(model) || model == null && !ModelChoice.isFolder(model_folder)) return;
		model_folder = models().folder(model, model_folder).toFile();
		model = null;
	}

	/**
	 * How to compute it.
	 *
	 * @throws InvalidInputException if a value is not known
	 */
	ComputeOptions compute() {
		return new ComputeOptions(device,
			FieldException.in("precision", this::label, () -> Precision.of(precision)), threads);
	}

	private RecipeDraft draft() {
		return new RecipeFromInputs(this, models(), this::label).make();
	}

	private ModelChoice models() {
		if (models == null) models = new ModelChoice(zimage.models());
		return models;
	}

	private String label(final String input) {
		final ModuleItem<?> item = commands.getCommand(getClass()).getInput(input);
		return item == null ? null : item.getLabel();
	}

	// -- opening --

	@Override
	public void prepare(final Predicate<String> given, final boolean opens) {
		// Of a remembered pair, what is given now replaces both.
		if (given.test("model_folder") && !given.test("model")) model = null;
		if (given.test("model") && !given.test("model_folder")) model_folder = null;
		if (!opens) return;
		dialog = true;
		objects.getObjects(ModelName.class).forEach(objects::removeObject);
		models().names().forEach(objects::addObject);
		openModel();
		follow(LabelChoice.of(labels));
		tell(DialogFacts.PATIENT);
	}

	/**
	 * Of a folder that was used last, the name is shown; one that is no longer there gives way to the
	 * built-in model.
	 */
	private void openModel() {
		if (ModelChoice.isName(model) && models().find(model).isPresent()) model_folder = null;
		else if (!ModelChoice.isFolder(model_folder)) model = models().first();
		else {
			final Path folder = model_folder.toPath();
			final Optional<ModelName> known =
				models().models().stream().filter(each -> each.folder().equals(folder))
					.map(each -> new ModelName(each.name())).findFirst();
			model = known.orElse(Files.isDirectory(folder) ? ModelChoice.OTHER : models().first());
			if (!model.equals(ModelChoice.OTHER)) model_folder = null;
		}
	}

	@Override
	public boolean isShown(final String input) {
		return more_fields || switch (input) {
			case "model_folder" -> ModelChoice.OTHER.equals(model);
			case "recipe_file" -> SAVE.equals(action);
			case "output" -> !SAVE.equals(action);
			default -> !RARE.contains(input);
		};
	}

	/** Shows the defaults of these labels, where nothing else was typed. */
	private void follow(final LabelChoice next) {
		if (next == LabelChoice.RECIPE) return;
		if (isUsual(count, shown == null ? null : shown.count())) count = next.count();
		if (isUsual(radius, shown == null ? null : shown.radius())) radius = next.radius();
		if (LabelChoice.isUsualPrompt(prompt)) prompt = next.prompt(workflow);
		if (min_iou == UNSET || shown != null && min_iou == shown.minIou()) min_iou = next.minIou();
		if (overlap == UNSET || shown != null && overlap == overlap(shown)) overlap = overlap(next);
		shown = next;
	}

	private static boolean isUsual(final String text, final String usual) {
		return RecipeFromInputs.isEmpty(text) || text.equals(usual);
	}

	private static double overlap(final LabelChoice labels) {
		return labels.isDrawn() ? labels.population(null, null).overlap() : 0;
	}

	// -- callbacks: what changes with a value --

	@SuppressWarnings("unused")
	private void labelsChosen() {
		follow(LabelChoice.of(labels));
		valueChanged();
	}

	@SuppressWarnings("unused")
	private void sourceChosen() {
		if (ModelChoice.isFolder(source)) labels =
			source.getName().matches("(?i).*\\.(ya?ml|json)") ? LabelChoice.FILE : LabelChoice.IMAGES;
		labelsChosen();
	}

	@SuppressWarnings("unused")
	private void workflowChosen() {
		if (LabelChoice.isUsualPrompt(prompt)) prompt = LabelChoice.of(labels).prompt(workflow);
		valueChanged();
	}

	@SuppressWarnings("unused")
	private void modelChosen() {
		if (ModelChoice.isName(model)) model_folder = null;
		valueChanged();
	}

	@SuppressWarnings("unused")
	private void folderChosen() {
		if (ModelChoice.isFolder(model_folder)) model = ModelChoice.OTHER;
		valueChanged();
	}

	@SuppressWarnings("unused")
	private void layoutChosen() {
		final List<String> layouts = new ArrayList<>(Arrays.asList(outputs.strip().split("\\s*,\\s*")));
		if (!NOTHING_MORE.equals(add_layout) && !layouts.contains(add_layout)) layouts.add(add_layout);
		layouts.removeIf(String::isEmpty);
		outputs = String.join(", ", layouts);
		add_layout = NOTHING_MORE;
		valueChanged();
	}

	private void valueChanged() {
		tell(DialogFacts.BRIEF);
	}

	// -- messages --

	@Override
	protected boolean isTold(final String sentence) {
		return dialog && MessageText.says(estimate, sentence);
	}

	@Override
	public boolean isAnswered() {
		if (!isTold(UNREAD)) return false;
		tell(0);
		return !isTold(UNREAD);
	}

	private void tell(final long millis) {
		try {
			estimate = outlook(millis).map(each -> MessageText.lines(each.lines(), MessageText.LINES))
				.orElse(MessageText.wrapped(UNREAD, MessageText.LINES));
		}
		catch (final ZImageException e) {
			estimate = MessageText.wrapped(e.getMessage(), MessageText.LINES);
		}
	}

	/** Nothing yet if files are too slow. */
	private Optional<DatasetPreview> outlook(final long millis) {
		if (outlooks == null) outlooks =
			new BackgroundCache<>(KEPT, background, question -> DatasetPreview.of(question, zimage));
		final Path folder =
			MAKE.equals(action) && ModelChoice.isFolder(output) ? output.toPath() : null;
		return outlooks.get(new DatasetPreview.Question(draft(), compute(), folder), millis);
	}

	/** What the run itself would find before it computes anything. */
	@Override
	public void check() {
		if (!dialog) return;
		final String problem =
			outlook(DialogFacts.patience()).map(DatasetPreview::folderProblem).orElse("");
		if (!problem.isEmpty()) throw new InvalidInputException(problem);
	}

	/** What is wrong with an input by itself; empty if nothing is. */
	String problem(final String... inputs) {
		try {
			draft();
			compute();
			return "";
		}
		catch (final FieldException e) {
			return Arrays.asList(inputs).contains(e.input()) ? e.getMessage() : "";
		}
		catch (final InvalidInputException e) {
			return "";
		}
	}

	/** What is wrong with an input, or with what is found where it leads. */
	String problemFound(final String input, final boolean leads) {
		final String own = problem(input);
		if (!own.isEmpty() || !leads || !dialog) return own;
		try {
			outlook(DialogFacts.BRIEF);
			return "";
		}
		catch (final FieldException e) {
			return "";
		}
		catch (final ZImageException e) {
			return e.getMessage();
		}
	}

	/**
	 * What is wrong with the output folder; asked in a dialog only, because a run says it itself.
	 */
	String problemOfOutput() {
		if (!dialog || !MAKE.equals(action)) return "";
		if (!ModelChoice.isFolder(output)) return "Choose a new or empty folder.";
		try {
			return outlook(DialogFacts.BRIEF).map(DatasetPreview::folderProblem).orElse("");
		}
		catch (final ZImageException e) {
			return "";
		}
	}

	/** What is wrong with the recipe's file. */
	String problemOfFile() {
		return dialog && SAVE.equals(action) && !ModelChoice.isFolder(recipe_file)
			? "Name a file, such as nuclei.json." : "";
	}
}
