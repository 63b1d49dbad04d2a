
package io.github.zimagefiji.weights.lora;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.zimagefiji.weights.Checkpoint;
import io.github.zimagefiji.weights.TensorEntry;

/**
 * A transformer's layers under the names that LoRA files have for them: linear ones, norms and
 * single tensors.
 */
final class LinearLayers {

	private static final String WEIGHT = ".weight";
	private static final String BIAS = ".bias";

	/**
	 * The order of the rows of a fused matrix, whatever the order in the file.
	 */
	private static final Comparator<String> QKV =
		Comparator.comparing(layer -> "qkv".indexOf(layer.charAt(layer.length() - 1)));

	private final Map<String, TensorEntry> tensors;
	private final Map<String, String> own = new LinkedHashMap<>();
	private final Map<String, List<String>> others = new LinkedHashMap<>();

	LinearLayers(final Checkpoint transformer) {
		tensors = transformer.entries();
		tensors.keySet().forEach(name -> {
			if (name.endsWith(WEIGHT)) add(name.substring(0, name.length() - WEIGHT.length()));
			else if (!name.endsWith(BIAS)) add(name);
		});
	}

	private void add(final String layer) {
		own.put(LoraKey.module(layer), layer);
		// ComfyUI and the model's authors have one matrix for query, key and value,
		// and shorter names elsewhere.
		if (layer.matches(".*\\.attention\\.to_[qkv]"))
			alias(layer.substring(0, layer.lastIndexOf('.')) + ".qkv", layer);
		alias(layer.replace(".attention.to_out.0", ".attention.out"), layer);
		alias(layer.replace(".attention.to_out.0", ".attention.to_out"), layer);
		alias(layer.replaceFirst("\\.attention\\.norm_([qk])$", ".attention.$1_norm"), layer);
		alias(layer.replaceFirst("^all_(x_embedder|final_layer)\\.[0-9]+-[0-9]+", "$1"), layer);
	}

	private void alias(final String name, final String layer) {
		if (!name.equals(layer))
			others.computeIfAbsent(LoraKey.module(name), n -> new ArrayList<>()).add(layer);
	}

	/**
	 * The layers that a module of a LoRA file stands for.
	 *
	 * @param module see {@link LoraKey}
	 * @return names without {@code .weight}: one, or query, key and value of a fused matrix; empty if
	 *         there is none
	 */
	List<String> of(final String module) {
		final String layer = own.get(module);
		if (layer != null) return List.of(layer);
		final List<String> named = others.getOrDefault(module, List.of());
		return named.size() == 3 ? named.stream().sorted(QKV).toList() : named;
	}

	/** Whether a module bears the model's own name. */
	boolean isOwnName(final String module) {
		return own.containsKey(module);
	}

	/** Whether a layer multiplies by a matrix. */
	boolean isLinear(final String layer) {
		final TensorEntry weight = tensors.get(layer + WEIGHT);
		return weight != null && weight.shape().length == 2;
	}

	/** The tensor of a layer that a file may change or replace. */
	TensorEntry weight(final String layer) {
		final TensorEntry weight = tensors.get(layer + WEIGHT);
		return weight == null ? tensors.get(layer) : weight;
	}

	/** Shape of a layer's weight: (out, in) of a linear one. */
	long[] shape(final String layer) {
		return weight(layer).shape();
	}
}
