
package io.github.zimagefiji.model.transformer;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.zimagefiji.engine.Tensor;
import io.github.zimagefiji.engine.TensorScope;
import io.github.zimagefiji.engine.TensorType;
import io.github.zimagefiji.engine.TorchEngine;
import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.request.LoraChoice;
import io.github.zimagefiji.weights.Checkpoint;
import io.github.zimagefiji.weights.StoredType;
import io.github.zimagefiji.weights.TensorEntry;
import io.github.zimagefiji.weights.lora.Adapter;
import io.github.zimagefiji.weights.lora.PlacedLora;
import io.github.zimagefiji.weights.writer.FloatTensor;
import io.github.zimagefiji.weights.writer.SafetensorsWriter;

/**
 * The tiny transformer with a LoRA, and with weights to which the LoRA's change was added: the two
 * must predict the same.
 */
public final class LoraOnWeights {

	private final TransformerConfig config =
		TransformerConfig.read(Golden.path("model/transformer/config.json"));
	private final Checkpoint checkpoint = Checkpoint.open(Golden.path("model/transformer"));
	private final Golden golden = Golden.of("lora_scale1.0");
	private final TorchEngine engine;
	private final TensorScope scope;

	public LoraOnWeights(final TorchEngine engine, final TensorScope scope) {
		this.engine = engine;
		this.scope = scope;
	}

	Checkpoint checkpoint() {
		return checkpoint;
	}

	/** A tensor of the tiny model, which is stored as BF16 or F32. */
	public FloatTensor weight(final String name) {
		final TensorEntry entry = checkpoint.entry(name);
		final ByteBuffer bytes = checkpoint.read(entry);
		final float[] values = new float[(int) entry.elementCount()];
		for (int i = 0; i < values.length; i++) {
			values[i] = entry.type() == StoredType.BF16 ? Float.intBitsToFloat(bytes.getShort() << 16)
				: bytes.getFloat();
		}
		return new FloatTensor(entry.shape(), values);
	}

	/** The prediction with LoRAs. */
	public float[] with(final TensorType type, final LoraChoice... loras) {
		return predict(checkpoint, java.util.Arrays.stream(loras)
			.map(lora -> new Adapter(PlacedLora.of(lora, checkpoint), lora.scale())).toList(), type);
	}

	/**
	 * The prediction of a model whose weights are changed.
	 *
	 * @param folder for its file
	 * @param deltas what is added to each tensor, by its name; a bias may be new
	 */
	public float[] changed(final Path folder, final Map<String, float[]> deltas)
		throws java.io.IOException
	{
		final Map<String, FloatTensor> all = new LinkedHashMap<>();
		checkpoint.entries().keySet().forEach(name -> all.put(name, weight(name)));
		deltas.forEach((name, delta) -> {
			final FloatTensor old = all.getOrDefault(name,
				new FloatTensor(new long[] { delta.length }, new float[delta.length]));
			final float[] sum = new float[delta.length];
			for (int i = 0; i < sum.length; i++) {
				sum[i] = old.values()[i] + delta[i];
			}
			all.put(name, new FloatTensor(old.shape(), sum));
		});
		final Path file =
			Files.createTempDirectory(folder, "changed").resolve("diffusion_pytorch_model.safetensors");
		SafetensorsWriter.write(file, all, Map.of());
		return predict(Checkpoint.openFile(file), List.of(), TensorType.FLOAT32);
	}

	private float[] predict(final Checkpoint weights, final List<Adapter> adapters,
		final TensorType type)
	{
		try (Transformer transformer =
			Transformer.load(config, weights, adapters, engine, type, () -> {}))
		{
			final Tensor caption =
				transformer.refineCaption(scope, golden.tensor(scope, "forward.in.cap"), () -> {});
			final long[] shape = golden.shape("forward.in.x");
			final Tensor latents = golden.tensor(scope, "forward.in.x", 1, shape[0], shape[2], shape[3]);
			final Transformer.Sample sample =
				new Transformer.Sample(latents, caption, golden.floats("forward.in.t")[0]);
			return transformer.predict(scope, List.of(sample), () -> {}).get(0).toFloats();
		}
	}
}
