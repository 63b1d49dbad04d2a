
package io.github.zimagefiji.pipeline;

import java.util.ArrayList;
import java.util.List;

import io.github.zimagefiji.engine.TensorType;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.model.folder.ModelFolder;
import io.github.zimagefiji.model.transformer.ControlNet;
import io.github.zimagefiji.model.transformer.ControlNetFile;
import io.github.zimagefiji.request.ControlRequest;
import io.github.zimagefiji.request.GenerationRequest;
import io.github.zimagefiji.request.LoraChoice;
import io.github.zimagefiji.weights.loaded.LoadedWeights;
import io.github.zimagefiji.weights.lora.Adapter;
import io.github.zimagefiji.weights.lora.PlacedLora;

/**
 * Weights that a request adds to a model's own, opened and checked, but not loaded.
 *
 * @param control the ControlNet; null without one
 * @param adapters the LoRAs
 */
record Adapters(ControlNetFile control, List<Adapter> adapters) {

	/** Nothing. */
	static final Adapters NONE = new Adapters(null, List.of());

	/**
	 * Opens what a request names.
	 *
	 * @throws InvalidInputException if a file cannot be used, or was made for another model, or if
	 *           LoRAs do not go together
	 */
	static Adapters open(final ModelFolder model, final GenerationRequest request) {
		final List<Adapter> adapters = new ArrayList<>();
		for (final LoraChoice choice : request.text().loras()) {
			adapters.add(new Adapter(PlacedLora.of(choice, model.transformerWeights()), choice.scale()));
		}
		Adapter.checkTogether(adapters);
		return new Adapters(request instanceof ControlRequest r ? control(model, r) : null,
			List.copyOf(adapters));
	}

	private static ControlNetFile control(final ModelFolder model, final ControlRequest request) {
		if (model.canEdit()) throw new InvalidInputException("The model " + model.info().name() +
			" edits images; ControlNets work with text-to-image models. Choose another model, or Edit Image.");
		final ControlNetFile file = ControlNetFile.open(request.network(), model.transformer());
		if (request.reference() && request.image() != null &&
			file.config().channels() == model.transformer().channels())
			throw new InvalidInputException("The ControlNet " + request.network() + " takes " +
				file.config().channels() +
				" channels, with which the reference does not inpaint. Choose version 2.0 or later, or leave the reference mode.");
		return file;
	}

	/** Bytes that the ControlNet takes beyond mapped files. */
	long controlBytes(final TensorType type, final boolean mapped) {
		if (control == null) return 0;
		return mapped ? LoadedWeights.anonymousBytes(control.weights(), type) : control.weights()
			.entries().values().stream().mapToLong(e -> e.elementCount() * type.bytes()).sum();
	}

	/** Bytes that the LoRAs take. */
	long adapterBytes(final TensorType type) {
		return adapters.stream().mapToLong(adapter -> adapter.bytes(type)).sum();
	}

	/** Blocks that one evaluation runs beside the transformer's own. */
	int controlBlocks(final ModelFolder model) {
		return control == null ? 0 : ControlNet.blocks(control.config(), model.transformer());
	}
}
