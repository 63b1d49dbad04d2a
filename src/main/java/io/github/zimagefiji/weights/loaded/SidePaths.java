
package io.github.zimagefiji.weights.loaded;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.zimagefiji.engine.Tensor;
import io.github.zimagefiji.engine.TensorScope;
import io.github.zimagefiji.engine.TensorType;
import io.github.zimagefiji.weights.Checkpoint;
import io.github.zimagefiji.weights.lora.Adapter;
import io.github.zimagefiji.weights.lora.LayerChange;
import io.github.zimagefiji.weights.lora.PlacedLora;

/**
 * What adapters add to linear layers, beside weights that stay as they are:
 * {@code x → base(x) + up(down(x)) + …}. A layer NAME has, where needed,
 *
 * <pre>
 * NAME.lora_down, NAME.lora_up            (rank, in), (out, rank): all LoRAs and LoHas of the layer, side by side along
 *                                         the rank, so that their sum costs no more than their ranks
 * NAME.kron_left.i, .kron_right.i         factors of a Kronecker product (LoKr), the right one perhaps as two:
 *         .kron_right.i, .kron_inner.i    (b, rank), (rank, d)
 *         .kron_gain.i                    by what the product's rows are multiplied
 * NAME.difference.i, .difference_scale.i  (out, in) as the file has it, and one number
 * NAME.gain                               by what the weight's own rows are multiplied (DoRA), (out)
 * NAME.input_gain                         the same of columns, less 1, (in)
 * </pre>
 *
 * Scales are part of {@code up} and {@code kron_left}. A small tensor (a norm, a bias) is changed
 * itself, as is one that a file replaces.
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
	SidePaths(final List<Adapter> adapters, final TensorScope scope, final TensorType type) {
		this.adapters = adapters.stream().filter(a -> a.scale() != 0).toList();
		this.scope = scope;
		this.type = type;
	}

	/** One tensor of a file that is added, or takes a place. */
	private record Share(Adapter adapter, PlacedLora.Plain plain) {

		double factor() {
			return plain.factor() * adapter.scale();
		}
	}

	/**
	 * A tensor with what adapters add to it or put in its place: the sum of all changes, so that
	 * their order means nothing.
	 *
	 * @param name in the checkpoint
	 * @return the tensor itself if nothing does; it is closed otherwise
	 */
	Tensor changed(final Tensor tensor, final String name) {
		final List<Share> shares = adapters.stream()
			.flatMap(
				adapter -> adapter.lora().plain(name).stream().map(plain -> new Share(adapter, plain)))
			.toList();
		if (shares.isEmpty()) return tensor;
		try (TensorScope inner = scope.inner(); Tensor base = tensor) {
			final Share first = shares.get(0);
			// A replacement adds its values, less the model's own.
			double own = 1;
			for (final Share share : shares) {
				if (share.plain().replaces()) own -= share.factor();
			}
			if (shares.size() == 1 && own == 0) return scope
				.moveHere(new AdapterTensors(first.adapter(), inner).typed(first.plain().values(), type));
			Tensor sum = base;
			double share = own;
			for (final Share each : shares) {
				sum = new AdapterTensors(each.adapter(), inner).mixed(sum, share, each.plain().values(),
					each.factor());
				share = 1;
			}
			return scope.moveHere(inner.convert(sum, type));
		}
	}

	/**
	 * Adds what stands beside a layer's weight, where there is anything, and a bias if the layer has
	 * none and is given one.
	 *
	 * @param tensors target, which holds the weight
	 * @param name of the weight in the checkpoint
	 * @param shorter its name in {@code tensors}
	 */
	void add(final Map<String, Tensor> tensors, final String name, final String shorter,
		final Checkpoint checkpoint)
	{
		if (adapters.isEmpty() || !name.endsWith(WEIGHT)) return;
		final String layer = name.substring(0, name.length() - WEIGHT.length());
		final String target = shorter.substring(0, shorter.length() - WEIGHT.length());
		addBias(tensors, layer + ".bias", target + ".bias", checkpoint);
		try (TensorScope inner = scope.inner()) {
			final Sum sum = new Sum(inner, tensors, target, tensors.get(shorter));
			for (final Adapter adapter : adapters) {
				adapter.lora().changes(layer)
					.forEach(change -> sum.add(new AdapterTensors(adapter, inner), change, adapter.scale()));
			}
			sum.finish();
		}
	}

	private void addBias(final Map<String, Tensor> tensors, final String name, final String shorter,
		final Checkpoint checkpoint)
	{
		if (checkpoint.has(name) || adapters.stream().allMatch(a -> a.lora().plain(name).isEmpty()))
			return;
		final long[] shape = adapters.stream().flatMap(a -> a.lora().plain(name).stream()).findFirst()
			.orElseThrow().values().shape();
		try (TensorScope inner = scope.inner()) {
			tensors.put(shorter, changed(
				scope.moveHere(inner.convert(inner.floats(new float[(int) shape[0]], shape), type)), name));
		}
	}

	/** The side paths of one layer, as they come together. */
	private final class Sum {

		private final TensorScope inner;
		private final Map<String, Tensor> tensors;
		private final String target;
		private final Tensor weight;
		private final List<Tensor> downs = new ArrayList<>();
		private final List<Tensor> ups = new ArrayList<>();
		private Tensor gain;
		private Tensor inputGain;
		private int products;
		private int differences;

		Sum(final TensorScope inner, final Map<String, Tensor> tensors, final String target,
			final Tensor weight)
		{
			this.inner = inner;
			this.tensors = tensors;
			this.target = target;
			this.weight = weight;
		}

		/**
		 * Adds one change. DoRA's weight is {@code g (W + change)} with a number g for each row (or
		 * column), so that {@code (g - 1) W} is added, and the change times g.
		 */
		void add(final AdapterTensors read, final PlacedLora.Change change, final double scale) {
			Tensor rows = null;
			Tensor columns = null;
			if (change.lengths() != null) {
				final Tensor own = read.gain(weight, change);
				final Tensor part = read.lessOne(own, scale);
				if (change.ofRows()) {
					rows = own;
					gain = gain == null ? part : read.sum(gain, part);
				}
				else {
					columns = own;
					inputGain = inputGain == null ? part : read.sum(inputGain, part);
				}
			}
			final double factor = change.factor() * scale;
			if (change.change() instanceof LayerChange.LowRank product)
				pair(read.number(product.down(), 1), read.number(product.up(), factor), read, rows,
					columns);
			else
				if (change.change() instanceof LayerChange.Hadamard product && product.isSmallAsFactors())
					pair(read.hadamardDown(product), read.hadamardUp(product, factor), read, rows, columns);
				else if (change.change() instanceof LayerChange.Kronecker product && product.isAligned() &&
					columns == null) product(product, factor, read, rows);
				else difference(change.change(), factor, read, rows, columns);
		}

		private void pair(final Tensor down, final Tensor up, final AdapterTensors read,
			final Tensor rows, final Tensor columns)
		{
			downs.add(columns == null ? down : read.timesColumns(down, columns));
			ups.add(rows == null ? up : read.timesRows(up, rows));
		}

		private void product(final LayerChange.Kronecker product, final double factor,
			final AdapterTensors read, final Tensor rows)
		{
			final int number = products++;
			put(".kron_left." + number, read.matrix(product.leftOfRows(), factor));
			final LayerChange.Matrix right = product.right();
			if (right.whole() != null) put(".kron_right." + number, read.number(right.whole(), 1));
			else {
				put(".kron_right." + number, read.number(right.product().up(), 1));
				put(".kron_inner." + number, read.number(right.product().down(), 1));
			}
			if (rows != null) tensors.put(target + ".kron_gain." + number, scope.moveHere(rows));
		}

		private void difference(final LayerChange change, final double factor,
			final AdapterTensors read, final Tensor rows, final Tensor columns)
		{
			final int number = differences++;
			if (change instanceof LayerChange.Difference own) {
				tensors.put(target + ".difference." + number, read.in(scope).typed(own.values(), type));
			}
			else {
				Tensor whole = read.whole(change);
				if (rows != null) whole = read.timesRows(whole, rows);
				if (columns != null) whole = read.timesColumns(whole, columns);
				put(".difference." + number, whole);
			}
			tensors.put(target + ".difference_scale." + number,
				scope.floats(new float[] { (float) factor }));
		}

		private void put(final String end, final Tensor tensor) {
			tensors.put(target + end, scope.moveHere(inner.convert(tensor, type)));
		}

		void finish() {
			if (!downs.isEmpty()) {
				put(".lora_down", inner.join(downs, 0));
				put(".lora_up", inner.join(ups, 1));
			}
			if (gain != null) tensors.put(target + ".gain",
				scope.moveHere(inner.engine().program("lora").run(inner, "plus_one", gain)));
			if (inputGain != null) tensors.put(target + ".input_gain", scope.moveHere(inputGain));
		}
	}
}
