
package io.github.zimagefiji.weights.lora;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.weights.Refusal;
import io.github.zimagefiji.weights.TensorEntry;
import io.github.zimagefiji.weights.lora.LoraKey.Part;

/** The tensors that a LoRA file has for one layer, under one name. */
final class LoraModule {

	private static final int MATRIX = 2;

	private final Path file;
	private final LoraKey key;
	private final Map<Part, TensorEntry> parts = new EnumMap<>(Part.class);

	LoraModule(final Path file, final LoraKey key) {
		this.file = file;
		this.key = key;
	}

	/** @throws InvalidInputException if another tensor means the same */
	void put(final Part part, final TensorEntry entry) {
		final TensorEntry other = parts.put(part, entry);
		if (other != null)
			throw new InvalidInputException("The LoRA " + file + " holds \"" + other.name() +
				"\" and \"" + entry.name() + "\", which mean the same. Use a file with one set of names.");
	}

	/** The layer's name in the file, without words for the transformer. */
	String path() {
		return key.path();
	}

	/** The same with each dot an underscore. */
	String module() {
		return key.module();
	}

	/** The tensor of that role, null if there is none. */
	TensorEntry part(final Part part) {
		return parts.get(part);
	}

	/** All tensors. */
	Collection<TensorEntry> entries() {
		return parts.values();
	}

	/** Whether this is more than tensors of an ordinary model. */
	boolean isChange() {
		return parts.keySet().stream().anyMatch(Part::isChange);
	}

	/**
	 * What is added to the weight.
	 *
	 * @return null if nothing is
	 * @throws InvalidInputException if tensors are missing, of another type, or do not fit each other
	 */
	LayerChange change() {
		if (parts.containsKey(Part.CORE)) throw new InvalidInputException("The LoRA " + file +
			" changes a convolution with a core tensor (\"" + part(Part.CORE).name() +
			"\"), and Z-Image has no such layer. Choose a LoRA made for Z-Image.");
		LayerChange change = null;
		change = one(change, product(Part.DOWN, Part.UP, true));
		final LayerChange.LowRank first = product(Part.HADA_W1_B, Part.HADA_W1_A, false);
		final LayerChange.LowRank second = product(Part.HADA_W2_B, Part.HADA_W2_A, false);
		if (first != null || second != null) change = one(change, hadamard(first, second));
		final LayerChange.Matrix left = matrix(Part.LOKR_W1, Part.LOKR_W1_A, Part.LOKR_W1_B);
		final LayerChange.Matrix right = matrix(Part.LOKR_W2, Part.LOKR_W2_A, Part.LOKR_W2_B);
		if (left != null || right != null) change = one(change, kronecker(left, right));
		return change;
	}

	private LayerChange one(final LayerChange some, final LayerChange other) {
		if (some == null || other == null) return some == null ? other : some;
		throw new InvalidInputException("The LoRA " + file + " changes " + path() + " in two ways (\"" +
			some.entries().get(0).name() + "\" and \"" + other.entries().get(0).name() +
			"\"), which cannot be understood. Use a file with one of them.");
	}

	/** (rank, in) and (out, rank), both or neither. */
	private LayerChange.LowRank product(final Part down, final Part up, final boolean convolution) {
		final TensorEntry a = part(down);
		final TensorEntry b = part(up);
		if (a == null && b == null) return null;
		if (a == null || b == null) throw Refusal.damaged(file,
			"the tensor \"" + (a == null ? b : a).name() + "\" has no counterpart");
		final TensorEntry flatA = convolution ? flat(a) : a;
		final TensorEntry flatB = convolution ? flat(b) : b;
		if (!isMatrix(flatA) || !isMatrix(flatB) || flatA.shape()[0] != flatB.shape()[1] ||
			flatA.shape()[0] == 0) throw misfit(a, b, "(rank, in) and (out, rank) are needed");
		checkType(a);
		checkType(b);
		return new LayerChange.LowRank(flatA, flatB);
	}

	private LayerChange hadamard(final LayerChange.LowRank first, final LayerChange.LowRank second) {
		if (first == null || second == null) throw Refusal.damaged(file,
			"the tensor \"" + (first == null ? second : first).down().name() + "\" has no counterpart");
		if (first.inputs() != second.inputs() || first.outputs() != second.outputs() ||
			!first.rank().equals(second.rank()))
			throw misfit(first.up(), second.up(), "both products must be of one size and rank");
		return new LayerChange.Hadamard(first, second);
	}

	private LayerChange.Matrix matrix(final Part whole, final Part a, final Part b) {
		final LayerChange.LowRank product = product(b, a, false);
		final TensorEntry entry = part(whole);
		if (entry == null) return product == null ? null : new LayerChange.Matrix(null, product);
		if (product != null) throw misfit(entry, product.up(), "one of them is one too many");
		if (!isMatrix(entry)) throw misfit(entry, entry, "a matrix is needed");
		checkType(entry);
		return new LayerChange.Matrix(entry, null);
	}

	private LayerChange kronecker(final LayerChange.Matrix left, final LayerChange.Matrix right) {
		if (left == null || right == null) throw Refusal.damaged(file, "the tensor \"" +
			(left == null ? right : left).entries().get(0).name() + "\" has no counterpart");
		if (left.whole() == null && right.whole() == null &&
			!left.product().rank().equals(right.product().rank()))
			throw misfit(left.product().up(), right.product().up(), "both must be of one rank");
		return new LayerChange.Kronecker(left, right);
	}

	/** Whether alpha over rank has no meaning: both factors are whole. */
	static boolean isWithoutRank(final LayerChange change) {
		return change instanceof LayerChange.Kronecker && change.rank() == null;
	}

	/** A tensor that stands for a whole one, or is added to it. */
	TensorEntry plain(final Part part) {
		final TensorEntry entry = part(part);
		if (entry != null) checkType(entry);
		return entry;
	}

	/** A convolution's factor of one pixel, as a matrix. */
	private static TensorEntry flat(final TensorEntry entry) {
		final long[] shape = entry.shape();
		if (shape.length <= MATRIX || Arrays.stream(shape).skip(MATRIX).anyMatch(extent -> extent != 1))
			return entry;
		return entry.shaped(shape[0], shape[1]);
	}

	private static boolean isMatrix(final TensorEntry entry) {
		return entry.shape().length == MATRIX && entry.elementCount() > 0;
	}

	private void checkType(final TensorEntry entry) {
		if (!entry.type().isSupportedWeight())
			throw new InvalidInputException("The tensor " + entry.name() + " of the LoRA " + file +
				" is stored as " + entry.type() + "; F32, F16, BF16 or FP8 is needed.");
	}

	private InvalidInputException misfit(final TensorEntry one, final TensorEntry other,
		final String needed)
	{
		return new InvalidInputException(
			"The LoRA " + file + " has factors that do not fit each other: " + one.name() + " is " +
				Arrays.toString(one.shape()) + ", " + other.name() + " is " +
				Arrays.toString(other.shape()) + "; " + needed + ". Choose another file.");
	}

	/** Names of all tensors. */
	List<String> names() {
		return parts.values().stream().map(TensorEntry::name).toList();
	}
}
