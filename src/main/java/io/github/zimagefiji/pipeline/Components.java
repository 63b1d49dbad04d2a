
package io.github.zimagefiji.pipeline;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.github.zimagefiji.engine.TensorType;
import io.github.zimagefiji.engine.TorchEngine;
import io.github.zimagefiji.model.autoencoder.Autoencoder;
import io.github.zimagefiji.model.folder.EditPart;
import io.github.zimagefiji.model.folder.ModelFolder;
import io.github.zimagefiji.model.text.TextEncoder;
import io.github.zimagefiji.model.transformer.ControlNet;
import io.github.zimagefiji.model.transformer.ControlNetFile;
import io.github.zimagefiji.model.transformer.Transformer;
import io.github.zimagefiji.model.vision.ImageEncoder;
import io.github.zimagefiji.pipeline.kind.Part;
import io.github.zimagefiji.pipeline.kind.Part.Role;
import io.github.zimagefiji.request.Stage;
import io.github.zimagefiji.weights.lora.Adapter;

/**
 * The networks of one model that are in memory now; each is loaded when it is asked for and kept
 * until released.
 */
final class Components implements AutoCloseable {

	private final ModelFolder model;
	private final TorchEngine engine;
	private final TensorType type;
	private final List<Slot<?>> slots = new ArrayList<>();
	private final Slot<TextEncoder> textEncoder = slot(Role.TEXT_ENCODER, TextEncoder::close);
	private final Slot<Transformer> transformer = slot(Role.TRANSFORMER, Transformer::close);
	private final Slot<Autoencoder> autoencoder = slot(Role.AUTOENCODER, Autoencoder::close);
	private final Slot<ImageEncoder> imageEncoder = slot(Role.IMAGE_ENCODER, ImageEncoder::close);
	private final Slot<ControlNet> controlNet = slot(Role.CONTROL_NET, ControlNet::close);
	private PromptTokenizer tokenizer;
	private double secondsToLoad;

	Components(final ModelFolder model, final TorchEngine engine, final TensorType type) {
		this.model = model;
		this.engine = engine;
		this.type = type;
	}

	private <T> Slot<T> slot(final Role role, final Consumer<T> close) {
		final Slot<T> slot = new Slot<>(role, close);
		slots.add(slot);
		return slot;
	}

	/** Seconds spent with loading, in all. */
	double secondsToLoad() {
		return secondsToLoad;
	}

	/** Whether no network is in memory. */
	boolean isEmpty() {
		return slots.stream().allMatch(Slot::isEmpty);
	}

	/** Bytes of weights that are in memory now, beyond mapped files. */
	long bytesHeld() {
		return slots.stream().mapToLong(slot -> slot.bytes(type, engine.device().isProcessor())).sum();
	}

	PromptTokenizer tokenizer() {
		return timed(() -> {
			if (tokenizer == null) tokenizer = new PromptTokenizer(model.tokenizer());
			return tokenizer;
		});
	}

	/**
	 * @param afterTensor called after each tensor that is loaded; may throw to stop
	 */
	TextEncoder textEncoder(final Runnable afterTensor) {
		return timed(() -> textEncoder.get(new Part(Role.TEXT_ENCODER, model.textEncoderWeights()),
			() -> TextEncoder.load(model.textEncoder(), model.textEncoderWeights(), engine, type,
				afterTensor)));
	}

	/**
	 * The transformer; with other LoRAs than before it is loaded anew, which for mapped weights means
	 * the LoRAs' alone.
	 *
	 * @param adapters LoRAs that change it
	 * @param afterTensor called after each tensor that is loaded; may throw to stop
	 */
	Transformer transformer(final List<Adapter> adapters, final Runnable afterTensor) {
		return timed(
			() -> transformer.get(new Part(Role.TRANSFORMER, model.transformerWeights(), adapters),
				() -> Transformer.load(model.transformer(), model.transformerWeights(), adapters, engine,
					type, afterTensor)));
	}

	/**
	 * @param afterTensor called after each tensor that is loaded; may throw to stop
	 */
	Autoencoder autoencoder(final Runnable afterTensor) {
		return timed(() -> autoencoder.get(new Part(Role.AUTOENCODER, model.autoencoderWeights()),
			() -> Autoencoder.load(model.autoencoder(), model.autoencoderWeights(), engine, type,
				afterTensor)));
	}

	/**
	 * @param afterTensor called after each tensor that is loaded; may throw to stop
	 * @throws io.github.zimagefiji.error.InvalidInputException if the model cannot edit
	 */
	ImageEncoder imageEncoder(final Runnable afterTensor) {
		final EditPart part = model.editPart();
		return timed(() -> imageEncoder.get(new Part(Role.IMAGE_ENCODER, part.weights()),
			() -> ImageEncoder.load(part.encoder(), part.weights(), engine, type, afterTensor)));
	}

	/**
	 * A ControlNet; the one that was loaded before makes room for another.
	 *
	 * @param afterTensor called after each tensor that is loaded; may throw to stop
	 */
	ControlNet controlNet(final ControlNetFile file, final Runnable afterTensor) {
		return timed(() -> controlNet.get(new Part(Role.CONTROL_NET, file.weights()),
			() -> ControlNet.load(file.config(), file.weights(), engine, type, afterTensor)));
	}

	private <T> T timed(final Supplier<T> load) {
		final long start = System.nanoTime();
		final T loaded = load.get();
		secondsToLoad += (System.nanoTime() - start) / 1e9;
		return loaded;
	}

	/** Releases the networks that are used in a stage. */
	void release(final Stage stage) {
		slots.stream().filter(slot -> slot.role().isUsedIn(stage)).forEach(Slot::release);
	}

	/** Releases the networks that a run does not need. */
	void keepOnly(final Collection<Part> parts) {
		final List<Role> needed = parts.stream().map(Part::role).toList();
		slots.stream().filter(slot -> !needed.contains(slot.role())).forEach(Slot::release);
	}

	@Override
	public void close() {
		slots.forEach(Slot::release);
		if (tokenizer != null) tokenizer.close();
		tokenizer = null;
	}
}
