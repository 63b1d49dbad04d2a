
package io.github.zimagefiji.weights.lora;

import java.util.List;
import java.util.Objects;

import io.github.zimagefiji.engine.TensorType;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.request.LoraChoice;

/**
 * A LoRA and how much of it is wanted.
 *
 * @param lora placed in the transformer that it is to change
 * @param scale 1 for as much as it was trained with; 0 for nothing; may be negative
 */
public record Adapter(PlacedLora lora, double scale) {

	/**
	 * @throws InvalidInputException if the scale is not a finite number, or too large
	 */
	public Adapter {
		Objects.requireNonNull(lora, "lora");
		LoraChoice.checkScale(lora.place(), scale);
	}

	/**
	 * Refuses LoRAs of one run that cannot be added up: one gives the rows or columns of a layer's
	 * weight lengths, which it learnt with the model's own weight, and another one replaces that
	 * weight.
	 *
	 * @throws InvalidInputException if there are such
	 */
	public static void checkTogether(final List<Adapter> adapters) {
		final List<Adapter> used = adapters.stream().filter(a -> a.scale() != 0).toList();
		for (final Adapter one : used) {
			for (final String layer : one.lora.measured()) {
				for (final Adapter other : used) {
					if (other.lora.isReplaced(layer)) throw new InvalidInputException("The LoRAs " +
						one.lora.place() + " and " + other.lora.place() +
						" do not go together: the first one is a DoRA, which was trained on the model's own weight of " +
						layer + ", and the second one replaces that weight. Use only one of them.");
				}
			}
		}
	}

	/** Bytes of memory that it takes beside weights of a type. */
	public long bytes(final TensorType type) {
		return scale == 0 ? 0 : lora.bytes(type);
	}
}
