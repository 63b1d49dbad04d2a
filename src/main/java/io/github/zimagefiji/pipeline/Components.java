
package io.github.zimagefiji.pipeline;

import java.util.List;

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
import io.github.zimagefiji.weights.Fingerprint;
import io.github.zimagefiji.weights.lora.Adapter;

/**
 * The networks of one model that are in memory now; each is loaded when it is asked for and kept
 * until released.
 */
final class Components implements AutoCloseable {

	private final ModelFolder model;
	private final TorchEngine engine;
	private final TensorType type;
	private PromptTokenizer tokenizer;
	private TextEncoder textEncoder;
	private Transformer transformer;
	private Autoencoder autoencoder;
	private ImageEncoder imageEncoder;
	private ControlNet controlNet;
	/** What is loaded beside the model's own weights. */
	private Adapters added = Adapters.NONE;
	private double secondsToLoad;

	Components(final ModelFolder model, final TorchEngine engine, final TensorType type) {
		this.model = model;
		this.engine = engine;
		this.type = type;
	}

	/** Seconds spent with loading, in all. */
	double secondsToLoad() {
		return secondsToLoad;
	}

	/** Bytes of weights that are in memory now, beyond mapped files. */
	long bytesHeld(final MemoryNeeds needs) {
		return (textEncoder == null ? 0 : needs.textEncoder()) +
			(transformer == null ? 0 : needs.transformer()) +
			(autoencoder == null ? 0 : needs.autoencoder()) + added.adapterBytes(type) +
			added.controlBytes(type, engine.device().isProcessor());
	}

	PromptTokenizer tokenizer() {
		final long start = System.nanoTime();
		if (tokenizer == null) tokenizer = new PromptTokenizer(model.tokenizer());
		count(start);
		return tokenizer;
	}

	/**
	 * @param afterTensor called after each tensor that is loaded; may throw to stop
	 */
	TextEncoder textEncoder(final Runnable afterTensor) {
		final long start = System.nanoTime();
		if (textEncoder == null) textEncoder =
			TextEncoder.load(model.textEncoder(), model.textEncoderWeights(), engine, type, afterTensor);
		model.textEncoderWeights().checkUnchanged();
		count(start);
		return textEncoder;
	}

	/** The transformer without LoRAs. */
	Transformer transformer(final Runnable afterTensor) {
		return transformer(List.of(), afterTensor);
	}

	/**
	 * The transformer; with other LoRAs than before it is loaded anew, which for mapped weights means
	 * the LoRAs' alone.
	 *
	 * @param adapters LoRAs that change it
	 * @param afterTensor called after each tensor that is loaded; may throw to stop
	 */
	Transformer transformer(final List<Adapter> adapters, final Runnable afterTensor) {
		final long start = System.nanoTime();
		if (transformer != null && !isSame(adapters, added.adapters())) releaseTransformer();
		if (transformer == null) {
			transformer = Transformer.load(model.transformer(), model.transformerWeights(), adapters,
				engine, type, afterTensor);
			added = new Adapters(added.control(), adapters);
		}
		model.transformerWeights().checkUnchanged();
		count(start);
		return transformer;
	}

	/**
	 * @param afterTensor called after each tensor that is loaded; may throw to stop
	 */
	Autoencoder autoencoder(final Runnable afterTensor) {
		final long start = System.nanoTime();
		if (autoencoder == null) autoencoder =
			Autoencoder.load(model.autoencoder(), model.autoencoderWeights(), engine, type, afterTensor);
		model.autoencoderWeights().checkUnchanged();
		count(start);
		return autoencoder;
	}

	/**
	 * @param afterTensor called after each tensor that is loaded; may throw to stop
	 * @throws io.github.zimagefiji.error.InvalidInputException if the model cannot edit
	 */
	ImageEncoder imageEncoder(final Runnable afterTensor) {
		final long start = System.nanoTime();
		final EditPart part = model.editPart();
		if (imageEncoder == null)
			imageEncoder = ImageEncoder.load(part.encoder(), part.weights(), engine, type, afterTensor);
		part.weights().checkUnchanged();
		count(start);
		return imageEncoder;
	}

	private static boolean isSame(final List<Adapter> some, final List<Adapter> others) {
		return keys(some).equals(keys(others));
	}

	private static List<String> keys(final List<Adapter> adapters) {
		return adapters.stream().map(adapter -> adapter.scale() + " " + adapter.lora().identity())
			.toList();
	}

	/**
	 * A ControlNet; the one that was loaded before makes room for another.
	 *
	 * @param afterTensor called after each tensor that is loaded; may throw to stop
	 */
	ControlNet controlNet(final ControlNetFile file, final Runnable afterTensor) {
		final long start = System.nanoTime();
		if (controlNet != null && !Fingerprint.ofTensors(file.weights())
			.equals(Fingerprint.ofTensors(added.control().weights()))) releaseControlNet();
		if (controlNet == null) {
			controlNet = ControlNet.load(file.config(), file.weights(), engine, type, afterTensor);
			added = new Adapters(file, added.adapters());
		}
		added.control().weights().checkUnchanged();
		count(start);
		return controlNet;
	}

	private void count(final long start) {
		secondsToLoad += (System.nanoTime() - start) / 1e9;
	}

	void releaseTextEncoder() {
		if (textEncoder != null) textEncoder.close();
		textEncoder = null;
	}

	void releaseTransformer() {
		if (transformer != null) transformer.close();
		transformer = null;
		added = new Adapters(added.control(), List.of());
	}

	void releaseAutoencoder() {
		if (autoencoder != null) autoencoder.close();
		autoencoder = null;
	}

	void releaseImageEncoder() {
		if (imageEncoder != null) imageEncoder.close();
		imageEncoder = null;
	}

	void releaseControlNet() {
		if (controlNet != null) controlNet.close();
		controlNet = null;
		added = new Adapters(null, added.adapters());
	}

	@Override
	public void close() {
		releaseTextEncoder();
		releaseTransformer();
		releaseAutoencoder();
		releaseImageEncoder();
		releaseControlNet();
		if (tokenizer != null) tokenizer.close();
		tokenizer = null;
	}
}
