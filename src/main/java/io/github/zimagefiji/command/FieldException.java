package io.github.zimagefiji.command;

import java.util.Map;
import java.util.function.Supplier;

import io.github.zimagefiji.InvalidInputException;
import io.github.zimagefiji.dataset.recipe.RecipeValueException;

/** A value of the dataset dialog cannot be used; the message begins with the field's label and its key in macros. */
final class FieldException extends InvalidInputException {

	private static final long serialVersionUID = 1L;

	/** Inputs by the recipe's keys, where these are not called the same. */
	private static final Map<String, String> INPUTS = Map.ofEntries(Map.entry("text", "prompt"), Map.entry("control",
		"controlnet"), Map.entry("network", "controlnet"), Map.entry("scale", "control_scale"), Map.entry("width",
			"image_size"), Map.entry("height", "image_size"), Map.entry("train", "splits"), Map.entry("val", "splits"), Map.entry(
				"test", "splits"), Map.entry("objects", "count"), Map.entry("quality", "min_iou"), Map.entry("min-iou",
					"min_iou"), Map.entry("max-count-error", "max_count_error"), Map.entry("blur", "camera_numbers"), Map.entry(
						"photons", "camera_numbers"), Map.entry("background", "camera_numbers"), Map.entry("read-noise",
							"camera_numbers"), Map.entry("gain", "camera_numbers"), Map.entry("offset", "camera_numbers"));

	private final String input;

	private FieldException(final String input, final String label, final InvalidInputException cause) {
		super(label + " (" + input + "): " + cause.getMessage(), cause);
		this.input = input;
	}

	/** The name of the input. */
	String input() {
		return input;
	}

	/** What says how a dialog calls an input. */
	interface Labels {

		/** The label of an input; null if there is no such input. */
		String of(String input);
	}

	/** Names the input that is wrong with what a recipe refuses. */
	static FieldException of(final RecipeValueException e, final Labels labels) {
		final String input = INPUTS.getOrDefault(e.key(), e.key());
		final String label = labels.of(input);
		return label == null ? new FieldException("values", labels.of("values"), e) : new FieldException(input, label, e);
	}

	/** Gives a value that is read from one input; what is refused is told with that input's name. */
	static <T> T in(final String input, final Labels labels, final Supplier<T> value) {
		try {
			return value.get();
		}
		catch (final FieldException e) {
			throw e;
		}
		catch (final InvalidInputException e) {
			throw new FieldException(input, labels.of(input), e);
		}
	}
}
