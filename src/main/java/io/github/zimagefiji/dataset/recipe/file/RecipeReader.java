
package io.github.zimagefiji.dataset.recipe.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.zimagefiji.dataset.recipe.Camera;
import io.github.zimagefiji.dataset.recipe.ControlSettings;
import io.github.zimagefiji.dataset.recipe.ImageReading;
import io.github.zimagefiji.dataset.recipe.Look;
import io.github.zimagefiji.dataset.recipe.OutputFormat;
import io.github.zimagefiji.dataset.recipe.PixelKind;
import io.github.zimagefiji.dataset.recipe.PromptTemplate;
import io.github.zimagefiji.dataset.recipe.QualityLimits;
import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.dataset.recipe.RecipeBuilder;
import io.github.zimagefiji.dataset.recipe.RecipeValueException;
import io.github.zimagefiji.dataset.recipe.Sampling;
import io.github.zimagefiji.dataset.recipe.SegmentationCommand;
import io.github.zimagefiji.dataset.recipe.Splits;
import io.github.zimagefiji.dataset.recipe.Style;
import io.github.zimagefiji.dataset.recipe.Variation;
import io.github.zimagefiji.dataset.recipe.Workflow;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.fields.BoundedText;
import io.github.zimagefiji.fields.MalformedTextException;
import io.github.zimagefiji.io.IOReason;
import io.github.zimagefiji.request.LoraChoice;

/**
 * Reads a recipe's text: YAML 1.1, of which JSON is a part. Its keys are those of
 * {@code dataset-recipe.schema.json}. No objects are made of tags; whatever the text holds, only
 * {@link InvalidInputException} is thrown, with the line.
 */
public final class RecipeReader {

	/** Longer texts are something else. */
	private static final int MOST_BYTES = 2_000_000;

	private final Path base;
	private final RecipeNode top;

	private RecipeReader(final RecipeNode top, final Path base) {
		this.top = top;
		this.base = base;
	}

	/**
	 * Reads a file; paths in it are relative to its folder.
	 *
	 * @throws InvalidInputException if it cannot be read or is no recipe
	 */
	public static Recipe read(final Path file) {
		try {
			return read(BoundedText.read(file, MOST_BYTES), file.toAbsolutePath().getParent());
		}
		catch (final MalformedTextException e) {
			throw new InvalidInputException(
				"The recipe " + file + " cannot be used: " + e.reason() + ". Save it as UTF-8 text.", e);
		}
		catch (final IOException e) {
			throw new InvalidInputException(
				"The recipe " + file + " cannot be read: " + IOReason.of(e) + ". Check its name and place.",
				e);
		}
	}

	/**
	 * Reads a text.
	 *
	 * @param base what paths in it are relative to
	 * @throws InvalidInputException if it is no recipe
	 */
	public static Recipe read(final String text, final Path base) {
		final RecipeNode top =
			new RecipeNode(RecipeTree.parse(text), "the recipe", "name", "seed", "items", "variants",
				"workflow", "model", "control", "loras", "prompt", "size", "sampling", "labels", "look",
				"reading", "style", "variation", "splits", "outputs", "pixels", "camera", "quality");
		return top.make(new RecipeReader(top, base)::recipe);
	}

	private Recipe recipe() {
		final Workflow workflow = top.choice("workflow", Workflow.values(), Workflow.CONTROL);
		final RecipeBuilder builder =
			Recipe.builder(top.text("name")).seed(top.whole("seed", 0)).items(top.integer("items", 0))
				.variants(top.integer("variants", 1)).workflow(workflow).model(builtInOr(top, "model"))
				.loras(loras()).sampling(sampling()).splits(splits()).look(look()).quality(quality());
		final RecipeNode control = top.section("control", "network", "scale");
		if (control != null) builder.control(control
			.make(() -> new ControlSettings(builtInOr(control, "network"), control.number("scale", 1))));
		final RecipeNode style = top.section("style", "images", "as");
		if (style != null) builder.style(new Style(style.neededPath("images", base),
			style.choice("as", Style.Use.values(), Style.Use.COLOURS)));
		final RecipeNode variation = top.section("variation", "brightness");
		if (variation != null)
			builder.variation(variation.make(() -> new Variation(variation.range("brightness", null))));
		prompt(builder);
		if (top.has("labels")) builder.labels(new LabelReader(top.section("labels", "source", "objects",
			"folder", "images", "edits", "channel", "slice", "frame", "pieces"), base).read());
		final RecipeNode reading = top.section("reading", "intensity", "channel", "slice", "frame");
		if (reading != null) builder.reading(new ImageReading(reading.choice("intensity",
			ImageReading.Intensity.values(), ImageReading.Intensity.AUTOMATIC), reading.plane()));
		if (top.has("outputs"))
			builder.outputs(top.choices("outputs", OutputFormat.values()).toArray(OutputFormat[]::new));
		builder.pixels(top.choice("pixels", PixelKind.values(), null));
		final RecipeNode camera =
			top.section("camera", "blur", "photons", "background", "read-noise", "gain", "offset");
		if (camera != null) builder.camera(camera.make(() -> new Camera(camera.number("blur", 0),
			camera.number("photons", 1000), camera.number("background", 0),
			camera.number("read-noise", 2), camera.number("gain", 1), camera.number("offset", 100))));
		return builder.build();
	}

	private void prompt(final RecipeBuilder builder) {
		final RecipeNode prompt = top.section("prompt", "text", "negative", "values");
		if (prompt == null)
			throw new RecipeValueException("prompt", "The section \"prompt\" is missing.");
		builder.prompt(prompt.text("text")).negative(prompt.text("negative", ""));
		final RecipeNode tables = prompt.section("values");
		if (tables != null) {
			for (final String place : tables.keys())
				builder.values(place,
					tables.make(() -> PromptTemplate.checkTable(place, tables.texts(place))));
		}
		// checked here for the sake of the line; the recipe checks again
		prompt.make(builder::promptTemplate);
	}

	private Path builtInOr(final RecipeNode section, final String key) {
		return section.text(key, "built-in").equals("built-in") ? null : section.path(key, base);
	}

	private List<LoraChoice> loras() {
		final List<LoraChoice> loras = new ArrayList<>();
		if (!top.has("loras")) return loras;
		for (final RecipeNode lora : top.sections("loras", "file", "scale", "partial")) {
			lora.text("file");
			loras.add(new LoraChoice(lora.path("file", base), lora.number("scale", 1),
				lora.flag("partial", false)));
		}
		return loras;
	}

	private Sampling sampling() {
		final RecipeNode size = top.section("size", "width", "height");
		final RecipeNode settings = top.section("sampling", "steps", "guidance", "strength", "feather");
		final int width = size == null ? 128 : size.integer("width", 128);
		final int height = size == null ? 128 : size.integer("height", 128);
		if (size != null) size.make(() -> new Sampling(width, height, null, null, 1, 0));
		if (settings == null) return new Sampling(width, height, null, null, 0.6, 0);
		return settings.make(() -> new Sampling(width, height, settings.integerOrNull("steps"),
			settings.numberOrNull("guidance"), settings.number("strength", 0.6),
			settings.integer("feather", 0)));
	}

	private Splits splits() {
		final RecipeNode splits = top.section("splits", "train", "val", "test");
		return splits == null ? Splits.DEFAULT : splits.make(() -> new Splits(splits.number("train", 0),
			splits.number("val", 0), splits.number("test", 0)));
	}

	private Look look() {
		final RecipeNode look =
			top.section("look", "colour", "brightness", "background", "backgrounds");
		return look == null ? Look.DEFAULT
			: look.make(() -> new Look(look.text("colour", Look.DEFAULT.colour()),
				look.range("brightness", Look.DEFAULT.brightness()),
				look.number("background", Look.DEFAULT.background()), look.path("backgrounds", base)));
	}

	private QualityLimits quality() {
		final RecipeNode quality = top.section("quality", "min-iou", "max-count-error", "retries",
			"smoothing", "real-images", "segmentation");
		return quality == null ? QualityLimits.NONE
			: quality.make(() -> new QualityLimits(quality.number("min-iou", 0),
				quality.integerOrNull("max-count-error"), quality.integer("retries", 0),
				quality.number("smoothing", 1), quality.path("real-images", base), segmentation(quality)));
	}

	private SegmentationCommand segmentation(final RecipeNode quality) {
		final RecipeNode section = quality.section("segmentation", "command", "timeout");
		// here and not later, as a dataset's own recipe lies elsewhere
		return section == null ? null
			: section.make(() -> new SegmentationCommand(
				section.texts("command").stream()
					.map(word -> word.replace(SegmentationCommand.RECIPE, base.toString())).toList(),
				section.integer("timeout", SegmentationCommand.USUAL_TIMEOUT)));
	}
}
