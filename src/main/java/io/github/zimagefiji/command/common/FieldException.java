
package io.github.zimagefiji.command.common;

import java.util.Map;
import java.util.function.Supplier;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.fields.WrongValueException;

/**
 * A value of the dataset dialog cannot be used; the message begins with the field's label and its
 * key in macros.
 */
public final class FieldException extends InvalidInputException {

	private static final long serialVersionUID = 1L;

	/** Inputs by the recipe's keys, where these are not called the same. */
	private static final Map<String, String> INPUTS =
		Map.of("text", "prompt", "control", "controlnet", "width", "image_size", "height", "image_size",
			"objects", "count", "quality", "min_iou", "variation", "brightness");

	private final String input;

	private FieldException(final String input, final String label,
		final InvalidInputException cause)
	{
		super(label + " (" + input + "): " + cause.getMessage(), cause);
		this.input = input;
	}

	/** The name of the input. */
	public String input() {
		return input;
	}

	/** What says how a dialog calls an input. */
	public interface Labels {

		/** The label of an input; null if there is no such input. */
		String of(String input);
	}

	/** Names the input that is wrong with what a recipe refuses. */
	public static FieldException of(final WrongValueException e, final Labels labels) {
		final String input = INPUTS.getOrDefault(e.key(), e.key().replace('-', '_'));
		final String label = labels.of(input);
		return label == null ? new FieldException("values", labels.of("values"), e)
			: new FieldException(input, label, e);
	}

	/**
	 * Gives a value that is read from one input; what is refused is told with that input's name.
	 */
	public static <T> T in(final String input, final Labels labels, final Supplier<T> value) {
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
