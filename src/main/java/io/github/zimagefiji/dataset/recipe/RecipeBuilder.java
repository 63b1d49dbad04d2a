
package io.github.zimagefiji.dataset.recipe;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.zimagefiji.fields.WrongValueException;
import io.github.zimagefiji.request.LoraChoice;

/**
 * Collects a recipe's values in Java or Groovy; see the components of {@link Recipe}. In Groovy:
 *
 * <pre>
 * recipe = Recipe.builder("nuclei").items(200).prompt("{count} round {colour} nuclei")
 * 	.values("colour", "green", "blue")
 * 	.objects(Population.of(ObjectKind.NUCLEI, "nucleus", new Range(3, 6))).build()
 * </pre>
 */
public final class RecipeBuilder {

	private final String name;
	private long seed;
	private int items = 1;
	private int variants = 1;
	private Workflow workflow = Workflow.CONTROL;
	private Path model;
	private ControlSettings control;
	private List<LoraChoice> loras = List.of();
	private String text = "";
	private String negative = "";
	private final Map<String, List<String>> values = new LinkedHashMap<>();
	private Sampling sampling = new Sampling(128, 128, null, null, 0.6, 0);
	private LabelSource labels;
	private Look look = Look.DEFAULT;
	private Style style;
	private Variation variation;
	private Splits splits = Splits.DEFAULT;
	private List<OutputFormat> outputs = List.of(OutputFormat.TIFF);
	private PixelKind pixels;
	private Camera camera;
	private QualityLimits quality = QualityLimits.NONE;
	private ImageReading reading = ImageReading.AUTOMATIC;

	RecipeBuilder(final String name) {
		this.name = name;
	}

	/** Sets the seed of everything that is drawn. */
	public RecipeBuilder seed(final long value) {
		seed = value;
		return this;
	}

	/** Sets how many images are made. */
	public RecipeBuilder items(final int value) {
		items = value;
		return this;
	}

	/** Sets how many images each scene gives. */
	public RecipeBuilder variants(final int value) {
		variants = value;
		return this;
	}

	/** Sets how labels become images. */
	public RecipeBuilder workflow(final Workflow value) {
		workflow = value;
		return this;
	}

	/** Sets the model's folder; null for the built-in one. */
	public RecipeBuilder model(final Path value) {
		model = value;
		return this;
	}

	/** Sets the ControlNet; null for none. */
	public RecipeBuilder control(final ControlSettings value) {
		control = value;
		return this;
	}

	/** Sets what changes the model. */
	public RecipeBuilder loras(final List<LoraChoice> value) {
		loras = value;
		return this;
	}

	/** Sets the prompt. */
	public RecipeBuilder prompt(final String value) {
		text = value;
		return this;
	}

	/** Sets what to avoid. */
	public RecipeBuilder negative(final String value) {
		negative = value;
		return this;
	}

	/** Sets what a place of the prompt may hold. */
	public RecipeBuilder values(final String place, final String... choices) {
		return values(place, List.of(choices));
	}

	/** Sets what a place of the prompt may hold. */
	public RecipeBuilder values(final String place, final List<String> choices) {
		values.put(place, new ArrayList<>(choices));
		return this;
	}

	/** Sets size and settings. */
	public RecipeBuilder sampling(final Sampling value) {
		sampling = value;
		return this;
	}

	/** Sets where labels come from. */
	public RecipeBuilder labels(final LabelSource value) {
		labels = value;
		return this;
	}

	/** Sets procedural scenes of some objects. */
	public RecipeBuilder objects(final Population... objects) {
		return labels(new LabelSource.Scenes(List.of(objects)));
	}

	/** Sets how labels are drawn plainly. */
	public RecipeBuilder look(final Look value) {
		look = value;
		return this;
	}

	/** Sets what is taken over from real images; null for nothing. */
	public RecipeBuilder style(final Style value) {
		style = value;
		return this;
	}

	/** Sets what is varied between an image's objects; null for nothing. */
	public RecipeBuilder variation(final Variation value) {
		variation = value;
		return this;
	}

	/** Sets the shares of the splits. */
	public RecipeBuilder splits(final Splits value) {
		splits = value;
		return this;
	}

	/** Sets the layouts to write. */
	public RecipeBuilder outputs(final OutputFormat... value) {
		outputs = List.of(value);
		return this;
	}

	/** Sets what the images' pixels are. */
	public RecipeBuilder pixels(final PixelKind value) {
		pixels = value;
		return this;
	}

	/** Sets optics and noise; null for none. */
	public RecipeBuilder camera(final Camera value) {
		camera = value;
		return this;
	}

	/** Sets what images must reach. */
	public RecipeBuilder quality(final QualityLimits value) {
		quality = value;
		return this;
	}

	/** Sets how the files of real images are read. */
	public RecipeBuilder reading(final ImageReading value) {
		reading = value;
		return this;
	}

	/**
	 * Makes the recipe.
	 *
	 * @throws WrongValueException if values are out of range or do not go together
	 */
	public Recipe build() {
		return new Recipe(name, seed, items, variants, workflow, model, control, loras,
			new PromptTemplate(text, negative, values), sampling, labels, look, reading, style, variation,
			splits, outputs, pixels, camera, quality);
	}
}
