
package io.github.zimagefiji.command.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.github.zimagefiji.command.common.FieldException;
import io.github.zimagefiji.command.common.ModelChoice;
import io.github.zimagefiji.dataset.recipe.ControlSettings;
import io.github.zimagefiji.dataset.recipe.Edits;
import io.github.zimagefiji.dataset.recipe.ImageReading;
import io.github.zimagefiji.dataset.recipe.LabelSource;
import io.github.zimagefiji.dataset.recipe.OutputFormat;
import io.github.zimagefiji.dataset.recipe.PixelKind;
import io.github.zimagefiji.dataset.recipe.Population;
import io.github.zimagefiji.dataset.recipe.PromptTemplate;
import io.github.zimagefiji.dataset.recipe.QualityLimits;
import io.github.zimagefiji.dataset.recipe.Range;
import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.dataset.recipe.RecipeBuilder;
import io.github.zimagefiji.dataset.recipe.Sampling;
import io.github.zimagefiji.dataset.recipe.Style;
import io.github.zimagefiji.dataset.recipe.Variation;
import io.github.zimagefiji.dataset.recipe.Workflow;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.fields.Labelled;
import io.github.zimagefiji.fields.WrongValueException;
import io.github.zimagefiji.image.source.PlaneChoice;
import io.github.zimagefiji.request.LoraChoice;
import io.github.zimagefiji.service.LoraText;

/**
 * Makes a draft of a recipe from the dialog's values. Nothing is read; what is empty is the default
 * for the labels.
 */
final class RecipeFromInputs {

	/** Stands for a size that files will tell. */
	private static final int[] ANY_SIZE = { 16, 16 };

	private final DatasetInputs in;
	private final ModelChoice models;
	private final FieldException.Labels fields;

	RecipeFromInputs(final DatasetInputs in, final ModelChoice models,
		final FieldException.Labels fields)
	{
		this.in = in;
		this.models = models;
		this.fields = fields;
	}

	/**
	 * The draft of the values as they are now.
	 *
	 * @throws FieldException if one cannot be used
	 */
	RecipeDraft make() {
		final LabelChoice labels = read("labels", () -> LabelChoice.of(in.labels));
		if (labels == LabelChoice.RECIPE)
			return new RecipeDraft(source("Choose the recipe file."), null, true);
		try {
			return new RecipeDraft(null, recipe(labels), !isEmpty(in.image_size));
		}
		catch (final WrongValueException e) {
			throw FieldException.of(e, fields);
		}
	}

	private Recipe recipe(final LabelChoice labels) {
		final Workflow workflow = read("workflow", this::workflow);
		final boolean truth = workflow.hasLabels();
		final Path model = read("model", this::model);
		final RecipeBuilder builder = Recipe
			.builder(isEmpty(in.name) ? labels.prefix() : in.name.strip()).seed(in.seed).items(in.items)
			.variants(in.variants).workflow(workflow).model(model)
			.control(read("controlnet", () -> control(workflow, model))).loras(read("lora", this::loras))
			.sampling(sampling()).labels(truth ? source(labels, workflow) : null).style(style())
			.variation(variation()).splits(read("splits", () -> DatasetText.splits(in.splits)))
			.outputs(read("outputs", () -> DatasetText.outputs(in.outputs)).toArray(OutputFormat[]::new))
			.quality(truth ? quality(labels) : QualityLimits.NONE)
			.reading(read("real_intensity", this::reading));
		prompt(builder, labels);
		if (in.camera)
			builder.camera(read("camera_numbers", () -> DatasetText.camera(in.camera_numbers)));
		if (!DatasetInputs.AUTO.equals(in.pixels))
			builder.pixels(read("pixels", () -> one("pixels", in.pixels, PixelKind.values())));
		return builder.build();
	}

	private Workflow workflow() {
		return one("workflow", in.workflow, Workflow.values());
	}

	private static <E extends Labelled> E one(final String what, final String text, final E[] all) {
		return Labelled.find(all, text)
			.orElseThrow(() -> new InvalidInputException(
				"There is no " + what + " \"" + text + "\" here. Use one of: " +
					String.join(", ", Stream.of(all).map(Labelled::label).toList()) + "."));
	}

	/**
	 * Null for the built-in one, by which name recipes are good on every machine.
	 */
	private Path model() {
		final Path folder = absolute(models.folder(in.model, in.model_folder));
		return folder.equals(absolute(models.models().get(0).folder())) ? null : folder;
	}

	private ControlSettings control(final Workflow workflow, final Path model) {
		if (workflow != Workflow.CONTROL && workflow != Workflow.INPAINT) return null;
		final Path network =
			ModelChoice.isFolder(in.controlnet) ? absolute(in.controlnet.toPath()) : null;
		if (network != null || model == null)
			return read("control_scale", () -> new ControlSettings(network, in.control_scale));
		if (workflow == Workflow.INPAINT) return null;
		throw new InvalidInputException(
			"Choose a ControlNet that was made for this model, or another workflow.");
	}

	private List<LoraChoice> loras() {
		return LoraText.parse(in.lora).stream()
			.map(lora -> new LoraChoice(absolute(lora.file()), lora.scale(), lora.partial())).toList();
	}

	private Sampling sampling() {
		final int[] size =
			isEmpty(in.image_size) ? ANY_SIZE : read("image_size", () -> DatasetText.size(in.image_size));
		return new Sampling(size[0], size[1], in.steps == 0 ? null : (Integer) in.steps, null,
			in.strength, 0);
	}

	private LabelSource source(final LabelChoice labels, final Workflow workflow) {
		if (workflow == Workflow.REAL_EDIT) return read("labels", () -> {
			if (labels != LabelChoice.FOLDER) throw new InvalidInputException(
				"The workflow \"real-edit\" needs the labels of real images. Choose \"" +
					LabelChoice.IMAGES + "\", or another workflow.");
			return new LabelSource.RealImages(realImages(),
				source("Choose the folder of the real images' labels."), Edits.USUAL);
		});
		if (!labels.isDrawn())
			return new LabelSource.Folder(source("Choose the folder of the label images."));
		final Population p = labels.population(range("count", in.count), range("radius", in.radius));
		return new LabelSource.Scenes(List.of(new Population(p.kind(), p.className(), p.count(),
			p.radius(), p.elongation(), p.irregularity(), p.length(), p.bending(), in.clustering,
			in.overlap == DatasetInputs.UNSET ? p.overlap() : in.overlap, p.gap())));
	}

	private ImageReading reading() {
		return DatasetInputs.AUTO.equals(in.real_intensity) ? ImageReading.AUTOMATIC : new ImageReading(
			one("intensity", in.real_intensity, ImageReading.Intensity.values()), PlaneChoice.SHOWN);
	}

	private Path realImages() {
		return read("real_images", () -> {
			if (!ModelChoice.isFolder(in.real_images))
				throw new InvalidInputException("Choose the folder of real images.");
			return absolute(in.real_images.toPath());
		});
	}

	/** Null without one. */
	private Style style() {
		if (DatasetInputs.NO_STYLE.equals(in.style)) return null;
		final Style.Use use = read("style", () -> one("style", in.style, Style.Use.values()));
		return new Style(realImages(), use);
	}

	/** Null without one. */
	private Variation variation() {
		return isEmpty(in.brightness) ? null
			: read("brightness", () -> new Variation(DatasetText.range(in.brightness)));
	}

	/** Null for what is usual. */
	private Range range(final String input, final String text) {
		return isEmpty(text) ? null : read(input, () -> DatasetText.range(text));
	}

	private Path source(final String otherwise) {
		return read("source", () -> {
			if (!ModelChoice.isFolder(in.source)) throw new InvalidInputException(otherwise);
			return absolute(in.source.toPath());
		});
	}

	private QualityLimits quality(final LabelChoice labels) {
		final boolean usualError = in.max_count_error == DatasetInputs.UNSET;
		return new QualityLimits(in.min_iou == DatasetInputs.UNSET ? labels.minIou() : in.min_iou,
			usualError ? labels.maxCountError() : (Integer) in.max_count_error, in.retries, 1,
			ModelChoice.isFolder(in.real_images) ? realImages() : null);
	}

	private void prompt(final RecipeBuilder builder, final LabelChoice labels) {
		final String text = isEmpty(in.prompt) ? labels.prompt(in.workflow) : in.prompt.strip();
		final String avoid = in.avoid == null ? "" : in.avoid;
		final Map<String, List<String>> tables =
			read("values", () -> DatasetText.tables(in.values == null ? "" : in.values));
		builder.prompt(text).negative(avoid);
		tables.forEach(builder::values);
		try {
			// here it is known that a place's name is not that of a field
			new PromptTemplate(text, avoid, tables);
		}
		catch (final WrongValueException e) {
			read(e.key().equals("text") ? "prompt" : "values", () -> {
				throw e;
			});
		}
	}

	private <T> T read(final String input, final Supplier<T> value) {
		return FieldException.in(input, fields, value);
	}

	private static Path absolute(final Path path) {
		return path.toAbsolutePath().normalize();
	}

	/** Whether a dialog's text holds nothing. */
	static boolean isEmpty(final String text) {
		return text == null || text.isBlank();
	}
}
