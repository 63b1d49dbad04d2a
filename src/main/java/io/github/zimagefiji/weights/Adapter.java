
package io.github.zimagefiji.weights;

import io.github.zimagefiji.LoraChoice;
import io.github.zimagefiji.engine.TensorType;

import java.util.Objects;

/**
 * A LoRA and how much of it is wanted.
 *
 * @param lora placed in the transformer that it is to change
 * @param scale 1 for as much as it was trained with; 0 for nothing; may be
 *          negative
 */
public record Adapter(PlacedLora lora, double scale) {

	/**
	 * @throws io.github.zimagefiji.InvalidInputException if the scale is not a
	 *           finite number, or too large
	 */
	public Adapter {
		Objects.requireNonNull(lora, "lora");
		LoraChoice.checkScale(lora.place(), scale);
	}

	/** Bytes of memory that it takes beside weights of a type. */
	public long bytes(final TensorType type) {
		return scale == 0 ? 0 : lora.bytes(type);
	}
}
