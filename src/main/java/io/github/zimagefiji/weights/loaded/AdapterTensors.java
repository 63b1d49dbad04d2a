
package io.github.zimagefiji.weights.loaded;

import io.github.zimagefiji.engine.Program;
import io.github.zimagefiji.engine.Tensor;
import io.github.zimagefiji.engine.TensorScope;
import io.github.zimagefiji.engine.TensorType;
import io.github.zimagefiji.weights.Checkpoint;
import io.github.zimagefiji.weights.Float8;
import io.github.zimagefiji.weights.TensorEntry;
import io.github.zimagefiji.weights.lora.Adapter;
import io.github.zimagefiji.weights.lora.LayerChange;
import io.github.zimagefiji.weights.lora.PlacedLora;

/**
 * Reads the tensors of one LoRA, and computes with them in float32 on the engine's device; see
 * {@code lora.py}.
 */
final class AdapterTensors {

	private final Adapter adapter;
	private final TensorScope scope;
	private final Program program;

	/** @param scope owns all results */
	AdapterTensors(final Adapter adapter, final TensorScope scope) {
		this.adapter = adapter;
		this.scope = scope;
		program = scope.engine().program("lora");
	}

	/** The same with results that another scope owns. */
	AdapterTensors in(final TensorScope other) {
		return new AdapterTensors(adapter, other);
	}

	/**
	 * A tensor as it is stored, in the processor's memory; FP8 becomes float32.
	 */
	Tensor stored(final TensorEntry entry) {
		final Checkpoint file = adapter.lora().checkpoint();
		if (!entry.type().isFloat8())
			return scope.wrap(file.read(entry), entry.type().tensorType(), entry.shape());
		return scope.scaled(
			scope.wrap(Float8.toBfloat16(entry, file.read(entry)), TensorType.BFLOAT16, entry.shape()),
			entry.scale());
	}

	/**
	 * A tensor in a type; the mapped file itself where it is stored in that type.
	 */
	Tensor typed(final TensorEntry entry, final TensorType type) {
		final Tensor stored = stored(entry);
		final TensorType own = entry.type().isFloat8() ? TensorType.FLOAT32 : entry.type().tensorType();
		if (own == type) return stored;
		try (stored) {
			return scope.convert(stored, type);
		}
	}

	/** A tensor times a factor. */
	Tensor number(final TensorEntry entry, final double factor) {
		return scope.scaled(scope.convert(stored(entry), TensorType.FLOAT32), factor);
	}

	/** The product of two factors, (out, in). */
	private Tensor product(final LayerChange.LowRank product, final double factor) {
		return program.run(scope, "product", number(product.up(), factor), number(product.down(), 1));
	}

	/** A matrix times a factor. */
	Tensor matrix(final LayerChange.Matrix matrix, final double factor) {
		return matrix.whole() != null ? number(matrix.whole(), factor)
			: product(matrix.product(), factor);
	}

	/** The first of two factors of a LoHa, (rank², in). */
	Tensor hadamardDown(final LayerChange.Hadamard product) {
		return program.run(scope, "products_of_rows", number(product.first().down(), 1),
			number(product.second().down(), 1));
	}

	/** The second of two factors of a LoHa times a factor, (out, rank²). */
	Tensor hadamardUp(final LayerChange.Hadamard product, final double factor) {
		return program.run(scope, "products_of_columns", number(product.first().up(), factor),
			number(product.second().up(), 1));
	}

	/** A change as a matrix, (out, in), without its factor. */
	Tensor whole(final LayerChange change) {
		if (change instanceof LayerChange.LowRank product) return product(product, 1);
		if (change instanceof LayerChange.Hadamard product) return program.run(scope, "multiplied",
			product(product.first(), 1), product(product.second(), 1));
		if (change instanceof LayerChange.Kronecker product) return program.run(scope, "kronecker_rows",
			matrix(product.left(), 1), matrix(product.right(), 1), product.first(), product.count());
		return number(((LayerChange.Difference) change).values(), 1);
	}

	/**
	 * By what rows or columns of the changed weight are multiplied so that they get the lengths that
	 * the file says (DoRA, arXiv 2402.09353, formula 5).
	 */
	Tensor gain(final Tensor weight, final PlacedLora.Change change) {
		try (TensorScope inner = scope.inner()) {
			final AdapterTensors brief = in(inner);
			return scope.moveHere(program.run(inner, "gain", weight, brief.whole(change.change()),
				change.factor(), brief.number(change.lengths(), 1), change.ofRows() ? 1L : 0L));
		}
	}

	/** (gain - 1) times a factor. */
	Tensor lessOne(final Tensor gain, final double factor) {
		return program.run(scope, "less_one", gain, factor);
	}

	/** The sum of two tensors. */
	Tensor sum(final Tensor one, final Tensor other) {
		return program.run(scope, "mixed", one, 1.0, other, 1.0);
	}

	/** {@code base·share + entry·otherShare}. */
	Tensor mixed(final Tensor base, final double share, final TensorEntry entry,
		final double otherShare)
	{
		return program.run(scope, "mixed", base, share, number(entry, 1), otherShare);
	}

	/** Each row times its own number. */
	Tensor timesRows(final Tensor matrix, final Tensor numbers) {
		return program.run(scope, "times_rows", matrix, numbers);
	}

	/** Each column times its own number. */
	Tensor timesColumns(final Tensor matrix, final Tensor numbers) {
		return program.run(scope, "times_columns", matrix, numbers);
	}
}
