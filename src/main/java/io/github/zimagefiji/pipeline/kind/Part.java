
package io.github.zimagefiji.pipeline.kind;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.zimagefiji.engine.TensorType;
import io.github.zimagefiji.request.Stage;
import io.github.zimagefiji.weights.Checkpoint;
import io.github.zimagefiji.weights.Fingerprint;
import io.github.zimagefiji.weights.loaded.LoadedWeights;
import io.github.zimagefiji.weights.lora.Adapter;

/**
 * A network that a run needs, as weights that are opened and checked, but not loaded.
 *
 * @param role in the run
 * @param weights of the network
 * @param adapters LoRAs that change it
 */
public record Part(Role role, Checkpoint weights, List<Adapter> adapters) {

	/** What a network does in a run, and when. */
	public enum Role {

			/** Prompts to features. */
			TEXT_ENCODER(Stage.ENCODE),
			/** Pictures to latents and back. */
			AUTOENCODER(Stage.SEE, Stage.DECODE),
			/** Reference images to features. */
			IMAGE_ENCODER(Stage.SEE),
			/** Latents and features to velocities. */
			TRANSFORMER(Stage.DENOISE),
			/** Adds to the transformer what a control picture shows. */
			CONTROL_NET(Stage.DENOISE);

		private final Set<Stage> stages;

		Role(final Stage... stages) {
			this.stages = Set.of(stages);
		}

		/** Whether the network is used in a stage of a run. */
		public boolean isUsedIn(final Stage stage) {
			return stages.contains(stage);
		}
	}

	/** A network without LoRAs. */
	public Part(final Role role, final Checkpoint weights) {
		this(role, weights, List.of());
	}

	/**
	 * What tells it from another network of its role in the same model: whatever a request chooses.
	 *
	 * @throws io.github.zimagefiji.error.InvalidInputException if a file cannot be read
	 */
	public String identity() {
		if (role == Role.CONTROL_NET) return Fingerprint.ofTensors(weights);
		return adapters.stream().map(each -> each.scale() + " " + each.lora().identity())
			.collect(Collectors.joining("\n"));
	}

	/**
	 * Bytes that it takes once it is loaded.
	 *
	 * @param type of the loaded weights
	 * @param mapped whether files are mapped where they can be, and then take nothing
	 */
	public long bytes(final TensorType type, final boolean mapped) {
		final long own = mapped ? LoadedWeights.anonymousBytes(weights, type)
			: weights.entries().values().stream().mapToLong(e -> e.elementCount() * type.bytes()).sum();
		return own + adapters.stream().mapToLong(adapter -> adapter.bytes(type)).sum();
	}
}
