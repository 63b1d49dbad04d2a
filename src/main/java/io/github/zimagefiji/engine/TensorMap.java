
package io.github.zimagefiji.engine;

import java.util.LinkedHashMap;
import java.util.Map;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;

/**
 * Named tensors as one argument of a program: a layer's weights. Built once and used for many
 * calls.
 */
public final class TensorMap implements AutoCloseable {

	private final Map<String, Tensor> tensors;
	private final IValue dictionary;

	/** @param tensors the tensors by name; they must live as long as this map */
	public TensorMap(final Map<String, Tensor> tensors) {
		this.tensors = Map.copyOf(tensors);
		final Map<String, PtNDArray> arrays = new LinkedHashMap<>();
		this.tensors.forEach((name, tensor) -> arrays.put(name, tensor.array()));
		dictionary = IValue.stringMapFrom(arrays);
	}

	/** The tensors by name. */
	public Map<String, Tensor> tensors() {
		return tensors;
	}

	IValue dictionary() {
		return dictionary;
	}

	/** Releases the dictionary and its tensors. */
	@Override
	public void close() {
		dictionary.close();
		tensors.values().forEach(Tensor::close);
	}
}
