
package io.github.zimagefiji.command.dataset;

import java.util.Arrays;

import io.github.zimagefiji.dataset.recipe.ObjectKind;
import io.github.zimagefiji.dataset.recipe.Population;
import io.github.zimagefiji.dataset.recipe.Range;
import io.github.zimagefiji.error.InvalidInputException;

/**
 * Where the labels of a dataset come from, as the dialog offers it, and the defaults of each.
 * Sizes, prompts and limits are those that the built-in model can follow; docs/dataset-measured.md
 * has the measurements.
 */
enum LabelChoice {

		NUCLEI(LabelChoice.N, ObjectKind.NUCLEI, "nucleus", "1-6", "8-13", 0.6,
			"{count} {shape} {colour} nuclei on a {background} background"),
		CELLS(LabelChoice.C, ObjectKind.CELLS, "cell", "1-4", "12-18", 0.6,
			"{count} {shape} {colour} nuclei on a {background} background"),
		FILAMENTS(LabelChoice.F, ObjectKind.FILAMENTS, "filament", "2-5", "2-3", 0.5,
			"{count} {colour} filaments on a {background} background"),
		SPOTS(LabelChoice.S, ObjectKind.SPOTS, "spot", "4-12", "3-5", 0.5,
			"{count} {colour} spots on a {background} background"),
		TISSUE(LabelChoice.T, ObjectKind.TISSUE, "cell", "6-12", "", 0,
			"many {colour} nuclei on a {background} background"),
		FOLDER(LabelChoice.IMAGES, null, "", "", "", 0.5,
			"many {shape} {colour} nuclei on a {background} background"),
		RECIPE(LabelChoice.FILE, null, "", "", "", 0, "");

	static final String N = "nuclei";
	static final String C = "cells";
	static final String F = "filaments";
	static final String S = "spots";
	static final String T = "tissue";
	static final String IMAGES = "folder of label images";
	static final String FILE = "recipe file";

	/**
	 * What the usual prompts' places may hold; the built-in model knows these words.
	 */
	static final String VALUES =
		"shape=round, elongated; colour=green, blue, red, white; background=dark, hazy";

	private static final String INSTRUCTION = "make the nuclei {colour}";
	private static final String GAPS = "dark background";

	private final String label;
	private final ObjectKind kind;
	private final String className;
	private final String count;
	private final String radius;
	private final double minIou;
	private final String prompt;

	LabelChoice(final String label, final ObjectKind kind, final String className, final String count,
		final String radius, final double minIou, final String prompt)
	{
		this.label = label;
		this.kind = kind;
		this.className = className;
		this.count = count;
		this.radius = radius;
		this.minIou = minIou;
		this.prompt = prompt;
	}

	/**
	 * The choice of a name.
	 *
	 * @throws InvalidInputException if there is none
	 */
	static LabelChoice of(final String label) {
		return Arrays.stream(values()).filter(each -> each.label.equals(label)).findFirst().orElseThrow(
			() -> new InvalidInputException("There are no labels \"" + label + "\". Use one of: " +
				String.join(", ", Arrays.stream(values()).map(each -> each.label).toList()) + "."));
	}

	/** Whether the program draws them. */
	boolean isDrawn() {
		return kind != null;
	}

	/** What a file's name begins with. */
	String prefix() {
		return isDrawn() ? label : "images";
	}

	/**
	 * Objects of this kind with its defaults.
	 *
	 * @param objects how many; null: the default
	 * @param size their radius; null: the default
	 */
	Population population(final Range objects, final Range size) {
		final Population p =
			Population.of(kind, className, objects == null ? DatasetText.range(count) : objects);
		final Range usual = radius.isEmpty() ? p.radius() : DatasetText.range(radius);
		return new Population(p.kind(), p.className(), p.count(), size == null ? usual : size,
			p.elongation(), p.irregularity(), p.length(), p.bending(), p.clustering(), p.overlap(),
			p.gap());
	}

	/**
	 * Usual number of objects, as {@link DatasetText#range} reads it; empty where nothing is drawn.
	 */
	String count() {
		return count;
	}

	/** Usual radius; empty where there is none. */
	String radius() {
		return radius;
	}

	/** Usual limit of the IoU. */
	double minIou() {
		return minIou;
	}

	/** Usual limit of the count error; null for any. */
	Integer maxCountError() {
		return this == NUCLEI || this == CELLS || this == SPOTS ? (Integer) 1 : null;
	}

	/**
	 * A prompt that suits.
	 *
	 * @param workflow only some can tell the number of objects; one takes an instruction, and one
	 *          tells what fills gaps
	 */
	String prompt(final String workflow) {
		return switch (workflow) {
			case DatasetInputs.STYLE_EDIT -> INSTRUCTION;
			case DatasetInputs.REAL_EDIT -> GAPS;
			case DatasetInputs.TEXT_ONLY -> FOLDER.prompt;
			default -> prompt;
		};
	}

	/** Whether a prompt is empty, or what suits one of the kinds. */
	static boolean isUsualPrompt(final String text) {
		return RecipeFromInputs.isEmpty(text) || text.equals(INSTRUCTION) || text.equals(GAPS) ||
			Arrays.stream(values()).anyMatch(each -> each.prompt.equals(text));
	}
}
