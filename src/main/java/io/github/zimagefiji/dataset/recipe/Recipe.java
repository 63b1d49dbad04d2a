
package io.github.zimagefiji.dataset.recipe;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;

import io.github.zimagefiji.fields.Key;
import io.github.zimagefiji.fields.RecordCodec;
import io.github.zimagefiji.fields.WrongValueException;
import io.github.zimagefiji.request.LoraChoice;

/**
 * All that a dataset is made by, as plain data.
 *
 * @param name the beginning of every file's name
 * @param seed of everything that is drawn
 * @param items how many images
 * @param variants images of each scene or, with sources, of each turn of a source
 * @param workflow how labels become images
 * @param model folder of the model; null for the built-in one
 * @param control the ControlNet; null without one, or for the built-in one where the workflow needs
 *          one
 * @param loras what changes the model, such as a style learnt from real images
 * @param prompt what images show
 * @param sampling size and settings
 * @param labels where labels come from; null for {@link Workflow#TEXT_ONLY}
 * @param look how labels are drawn plainly
 * @param reading how the files of real images are read
 * @param style what is taken over from real images; null for nothing
 * @param variation what is varied between an image's objects; null for nothing
 * @param splits shares of train, val and test
 * @param outputs layouts to write
 * @param pixels what the images' pixels are; null for what the camera gives, or colour
 * @param camera optics and noise; null without
 * @param quality what images must reach
 */
public record Recipe(String name, @Key(usual = "0") long seed,
		@Key(usual = "0", least = 1, most = 10_000_000) int items,
		@Key(usual = "1", least = 1, most = 10_000_000) int variants,
		@Key(usual = "control") Workflow workflow, @Key(usual = "built-in") Path model,
		@Key(usual = Key.NOTHING) ControlSettings control, @Key(usual = "[]") List<LoraChoice> loras,
		PromptTemplate prompt, @Key(Key.FLAT) Sampling sampling,
		@Key(usual = Key.NOTHING) LabelSource labels, @Key(usual = "{}") Look look,
		@Key(usual = "{}") ImageReading reading, @Key(usual = Key.NOTHING) Style style,
		@Key(usual = Key.NOTHING) Variation variation,
		@Key(usual = "{train: 0.8, val: 0.1, test: 0.1}") Splits splits,
		@Key(usual = "[tiff]") List<OutputFormat> outputs, @Key(usual = Key.NOTHING) PixelKind pixels,
		@Key(usual = Key.NOTHING) Camera camera, @Key(usual = "{}") QualityLimits quality)
{

	/**
	 * @throws WrongValueException if values are out of range or do not go together
	 */
	public Recipe {
		Objects.requireNonNull(workflow, "workflow");
		Objects.requireNonNull(prompt, "prompt");
		Objects.requireNonNull(look, "look");
		Objects.requireNonNull(reading, "reading");
		loras = List.copyOf(loras);
		outputs = List.copyOf(EnumSet.copyOf(checkOutputs(workflow, outputs)));
		if (!name.matches("[A-Za-z0-9][A-Za-z0-9_-]{0,79}"))
			throw new WrongValueException("name", "The name \"" + name +
				"\" must have 1 to 80 letters (A to Z), digits, hyphens or underscores, because files begin with it.");
		if (control == null && workflow == Workflow.CONTROL) control = ControlSettings.BUILT_IN;
		if (pixels == null) pixels = camera == null ? PixelKind.RGB8 : PixelKind.GREY16;
		if (items == 0)
			throw new WrongValueException("items", "The dataset has 0 items. Ask for at least one.");
		RecordCodec.check(Recipe.class, name, seed, items);
		WrongValueException.check("variants", variants, 1, items);
		checkLabels(workflow, labels, prompt, quality);
		if (control != null && workflow != Workflow.CONTROL && workflow != Workflow.INPAINT)
			throw new WrongValueException("control", "The workflow \"" + workflow.label() +
				"\" uses no ControlNet. Leave the section \"control\" out.");
		if (style != null) style.check(workflow);
		if (variation != null) variation.check(workflow);
		for (final String place : Template.of(look.colour()).places()) {
			if (!prompt.values().containsKey(place)) throw new WrongValueException("look",
				"The colour has the placeholder {" + place + "}, but \"values\" has no table \"" + place +
					"\". Add one under \"prompt\", or remove the braces.");
		}
		if (camera != null && pixels != PixelKind.GREY16) throw new WrongValueException("pixels",
			"A camera gives grey values of 16 bits. Set pixels to grey16, or leave the camera out.");
		if (labels == null || labels.isDrawn()) {
			for (final Split split : Split.values())
				splits.groups(split, groups(items, variants));
		}
	}

	/** How many groups of variants there are. */
	public int groups() {
		return groups(items, variants);
	}

	/** The same with images of another size. */
	public Recipe withSize(final int width, final int height) {
		final Sampling s = sampling;
		return new Recipe(name, seed, items, variants, workflow, model, control, loras, prompt,
			new Sampling(width, height, s.steps(), s.guidance(), s.strength(), s.feather()), labels, look,
			reading, style, variation, splits, outputs, pixels, camera, quality);
	}

	/** A builder with the usual values: control of the built-in model. */
	public static RecipeBuilder builder(final String name) {
		return new RecipeBuilder(name);
	}

	private static int groups(final int items, final int variants) {
		return (items + variants - 1) / variants;
	}

	private static List<OutputFormat> checkOutputs(final Workflow workflow,
		final List<OutputFormat> outputs)
	{
		if (outputs.isEmpty()) throw new WrongValueException("outputs",
			"No output is named. Name at least one, such as tiff.");
		for (final OutputFormat output : outputs) {
			if (output.needsLabels() && !workflow.hasLabels())
				throw new WrongValueException("outputs", "The output \"" + output.label() +
					"\" needs labels, but images made from text alone have no ground truth. Use tiff, ome-tiff or ome-zarr.");
		}
		return outputs;
	}

	private static void checkLabels(final Workflow workflow, final LabelSource labels,
		final PromptTemplate prompt, final QualityLimits quality)
	{
		if (!workflow.hasLabels()) {
			if (labels != null) throw new WrongValueException("labels",
				"The workflow \"text-only\" has no ground truth. Leave the section \"labels\" out, or choose another workflow.");
			if (quality.minIou() > 0 || quality.maxCountError() != null || quality.segmentation() != null)
				throw new WrongValueException("quality",
					"Images made from text alone have no labels to be compared with. Leave " +
						"min-iou, max-count-error and segmentation out.");
		}
		else if (labels == null) throw new WrongValueException("labels",
			"The workflow \"" + workflow.label() + "\" needs the section \"labels\".");
		if (labels != null && !labels.suits(workflow)) throw new WrongValueException("labels",
			"The workflow \"real-edit\" and the label source \"real\" belong together.");
		if (prompt.usesCount() && (labels == null || !labels.isDrawn()))
			throw new WrongValueException("text",
				"The placeholder {count} is known only for procedural scenes (source: scenes).");
	}
}
