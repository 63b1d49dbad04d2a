
package io.github.zimagefiji.weights;

import io.github.zimagefiji.engine.Tensor;
import io.github.zimagefiji.engine.TensorScope;
import io.github.zimagefiji.engine.TensorType;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/**
 * What adapters add to linear layers: {@code x → base(x) + up(down(x))}.
 * Several adapters of a layer make one pair of factors, side by side along the
 * rank, so that their sum costs no more than their ranks; scales are part of
 * {@code up}.
 */
final class SidePaths {

	private static final String WEIGHT = ".weight";

	private final List<Adapter> adapters;
	private final TensorScope scope;
	private final TensorType type;

	/**
	 * @param scope owns the tensors
	 * @param type of the tensors, as of the weights beside them
	 */
	SidePaths(final List<Adapter> adapters, final TensorScope scope,
		final TensorType type)
	{
		this.adapters = adapters.stream().filter(a -> a.scale() != 0).toList();
		this.scope = scope;
		this.type = type;
	}

	/**
	 * Adds a layer's two factors where there are any.
	 *
	 * @param tensors target
	 * @param name of the weight in the checkpoint
	 * @param shorter its name in {@code tensors}
	 */
	void add(final Map<String, Tensor> tensors, final String name,
		final String shorter)
	{
		if (adapters.isEmpty() || !name.endsWith(WEIGHT)) return;
		final String layer = name.substring(0, name.length() - WEIGHT.length());
		final List<Adapter> mine = adapters.stream().filter(a -> a.lora().factors(
			layer) != null).toList();
		if (mine.isEmpty()) return;
		final String target = shorter.substring(0, shorter.length() - WEIGHT
			.length());
		try (TensorScope inner = scope.inner()) {
			tensors.put(target + ".lora_down", join(inner, mine.stream().map(
				a -> load(inner, a, a.lora().factors(layer).down(), 1)).toList(), 0));
			tensors.put(target + ".lora_up", join(inner, mine.stream().map(a -> load(
				inner, a, a.lora().factors(layer).up(), a.lora().factors(layer)
					.factor() * a.scale())).toList(), 1));
		}
	}

	private static Tensor load(final TensorScope inner, final Adapter adapter,
		final TensorEntry entry, final double factor)
	{
		final ByteBuffer bytes = adapter.lora().checkpoint().read(entry);
		return inner.scaled(inner.wrap(bytes, entry.type().tensorType(), entry
			.shape()), factor);
	}

	private Tensor join(final TensorScope inner, final List<Tensor> parts,
		final int axis)
	{
		return scope.moveHere(inner.convert(inner.join(parts, axis), type));
	}
}
