
package io.github.zimagefiji.hub.catalogue;

import java.util.Locale;
import java.util.Optional;

/** What an entry of the catalogue is. */
public enum ModelKind {

		/** A whole model in the layout of diffusers. */
		MODEL,
		/** A single file with the weights of a transformer. */
		TRANSFORMER,
		/** A single file with the weights of a text encoder. */
		TEXT_ENCODER,
		/** A single file with the weights of an autoencoder. */
		AUTOENCODER,
		/**
		 * The file with the words of a text encoder, which single files of weights do not hold.
		 */
		TOKENIZER,
		/** A single file with the weights of a ControlNet. */
		CONTROLNET,
		/** A single file with a LoRA. */
		LORA;

	/** What the catalogue calls it, such as {@code text-encoder}. */
	public String id() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/** Finds a kind by its {@link #id}. */
	static Optional<ModelKind> named(final String id) {
		for (final ModelKind each : values()) {
			if (each.id().equals(id)) return Optional.of(each);
		}
		return Optional.empty();
	}
}
