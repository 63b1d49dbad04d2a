
package io.github.zimagefiji.weights.loaded;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

import io.github.zimagefiji.engine.Tensor;
import io.github.zimagefiji.engine.TensorMap;
import io.github.zimagefiji.engine.TensorScope;
import io.github.zimagefiji.engine.TensorType;
import io.github.zimagefiji.engine.TorchEngine;
import io.github.zimagefiji.weights.Checkpoint;
import io.github.zimagefiji.weights.Float8;
import io.github.zimagefiji.weights.StoredType;
import io.github.zimagefiji.weights.TensorEntry;
import io.github.zimagefiji.weights.lora.Adapter;

/**
 * A component's weights as tensors of one type on the engine's device. What is stored in that type
 * already is seen where it lies, in the mapped file; the rest is converted one tensor at a time,
 * FP8 with its scale multiplied in. Adapters stand beside the weights of linear layers NAME as
 * NAME.lora_down and NAME.lora_up and the like (see {@link SidePaths}); only norms, biases and what
 * a file replaces are changed themselves.
 */
public final class LoadedWeights implements AutoCloseable {

	private final Checkpoint checkpoint;
	private final TensorScope scope;
	private final TensorType type;
	private final Runnable afterTensor;
	private final SidePaths sidePaths;
	private final List<TensorMap> maps = new ArrayList<>();

	/**
	 * @param checkpoint where the weights are
	 * @param scope owns the tensors; closed with this object
	 * @param type {@link TensorType#FLOAT32} or {@link TensorType#BFLOAT16}
	 */
	public LoadedWeights(final Checkpoint checkpoint, final TensorScope scope,
		final TensorType type)
	{
		this(checkpoint, scope, type, List.of(), () -> {});
	}

	private LoadedWeights(final Checkpoint checkpoint, final TensorScope scope, final TensorType type,
		final List<Adapter> adapters, final Runnable afterTensor)
	{
		this.checkpoint = checkpoint;
		this.scope = scope;
		this.type = type;
		this.afterTensor = afterTensor;
		sidePaths = new SidePaths(adapters, scope, type);
	}

	/**
	 * Builds a network of weights, which are released if that fails or is stopped half-way.
	 *
	 * @param checkpoint where the weights are
	 * @param engine in whose memory the tensors will lie
	 * @param type {@link TensorType#FLOAT32} or {@link TensorType#BFLOAT16}
	 * @param afterTensor called after each tensor; may throw to stop
	 * @param build takes the tensors that it needs; the network closes the weights
	 */
	public static <T> T build(final Checkpoint checkpoint, final TorchEngine engine,
		final TensorType type, final Runnable afterTensor, final Function<LoadedWeights, T> build)
	{
		return build(checkpoint, engine, type, List.of(), afterTensor, build);
	}

	/**
	 * Builds a network of weights with side paths.
	 *
	 * @param adapters placed in this checkpoint; see
	 *          {@link #build(Checkpoint, TorchEngine, TensorType, Runnable, Function)} for the rest
	 */
	public static <T> T build(final Checkpoint checkpoint, final TorchEngine engine,
		final TensorType type, final List<Adapter> adapters, final Runnable afterTensor,
		final Function<LoadedWeights, T> build)
	{
		final LoadedWeights weights =
			new LoadedWeights(checkpoint, engine.scope(), type, adapters, afterTensor);
		try {
			return build.apply(weights);
		}
		catch (final RuntimeException | Error e) {
			weights.close();
			throw e;
		}
	}

	/** The tensors whose names begin with a prefix, without it. */
	public TensorMap map(final String prefix) {
		final Map<String, Tensor> tensors = new LinkedHashMap<>();
		checkpoint.entries().forEach((name, entry) -> {
			if (name.startsWith(prefix) && entry.type().isSupportedWeight())
				put(tensors, entry, name.substring(prefix.length()));
		});
		return keep(new TensorMap(tensors));
	}

	/** Some tensors by their full names. */
	public TensorMap map(final List<String> names) {
		final Map<String, Tensor> tensors = new LinkedHashMap<>();
		names.forEach(name -> put(tensors, checkpoint.entry(name), name));
		return keep(new TensorMap(tensors));
	}

	/** The tensors of a row of blocks, whose names begin with PREFIX0., PREFIX1., …. */
	public List<TensorMap> blocks(final String prefix, final int count) {
		return IntStream.range(0, count).mapToObj(i -> map(prefix + i + ".")).toList();
	}

	private void put(final Map<String, Tensor> tensors, final TensorEntry entry, final String name) {
		tensors.put(name, sidePaths.changed(load(entry), entry.name()));
		sidePaths.add(tensors, entry.name(), name, checkpoint);
	}

	private TensorMap keep(final TensorMap map) {
		maps.add(map);
		return map;
	}

	private Tensor load(final TensorEntry entry) {
		final Tensor tensor = entry.type().isFloat8() ? widen(entry) : loadAsStored(entry);
		afterTensor.run();
		return tensor;
	}

	private Tensor loadAsStored(final TensorEntry entry) {
		final TensorType stored = entry.type().tensorType();
		final Tensor raw = scope.wrap(checkpoint.read(entry), stored, entry.shape());
		final Tensor tensor = stored == type ? raw : scope.convert(raw, type);
		if (tensor != raw) raw.close();
		return tensor;
	}

	/**
	 * FP8 to its own memory; every product of a number with the scale is rounded once to float32,
	 * then to the type.
	 */
	private Tensor widen(final TensorEntry entry) {
		try (TensorScope inner = scope.inner()) {
			final Tensor exact = inner.wrap(Float8.toBfloat16(entry, checkpoint.read(entry)),
				TensorType.BFLOAT16, entry.shape());
			return scope.moveHere(inner.convert(inner.scaled(exact, entry.scale()), type));
		}
	}

	/**
	 * Bytes of memory that belong to this process alone, once a component is loaded as a type.
	 */
	public static long anonymousBytes(final Checkpoint checkpoint, final TensorType type) {
		final boolean mapped = checkpoint.isMapped();
		return checkpoint.entries().values().stream()
			.filter(e -> !mapped || !isSeenInPlace(e.type(), type))
			.mapToLong(e -> e.elementCount() * type.bytes()).sum();
	}

	private static boolean isSeenInPlace(final StoredType stored, final TensorType type) {
		return stored == StoredType.F32 && type == TensorType.FLOAT32 ||
			stored == StoredType.BF16 && type == TensorType.BFLOAT16;
	}

	@Override
	public void close() {
		maps.forEach(TensorMap::close);
		scope.close();
	}
}
