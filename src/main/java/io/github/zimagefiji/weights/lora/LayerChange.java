
package io.github.zimagefiji.weights.lora;

import java.util.List;
import java.util.stream.Stream;

import io.github.zimagefiji.weights.TensorEntry;

/**
 * What is added to the weight of a linear layer, (out, in), as a file holds it. Nothing is read
 * here.
 */
public sealed interface LayerChange {

	/** Rows of the weight that is changed. */
	long outputs();

	/** Columns of the weight that is changed. */
	long inputs();

	/** The rank that the tensors say; null if they do not. */
	Long rank();

	/** The same for some of the weight's rows. */
	LayerChange rows(long first, long count);

	/** Numbers that stand beside the weight once it is loaded. */
	long elementCount();

	/** The tensors, in a fixed order. */
	List<TensorEntry> entries();

	/**
	 * LoRA: {@code up down}.
	 *
	 * @param down (rank, in)
	 * @param up (out, rank)
	 */
	record LowRank(TensorEntry down, TensorEntry up) implements LayerChange {

		@Override
		public long outputs() {
			return up.shape()[0];
		}

		@Override
		public long inputs() {
			return down.shape()[1];
		}

		@Override
		public Long rank() {
			return down.shape()[0];
		}

		@Override
		public LayerChange rows(final long first, final long count) {
			return new LowRank(down, up.rows(first, count));
		}

		@Override
		public long elementCount() {
			return down.elementCount() + up.elementCount();
		}

		@Override
		public List<TensorEntry> entries() {
			return List.of(down, up);
		}
	}

	/**
	 * LoHa (arXiv 2108.06098): the products {@code first} and {@code second} multiplied number by
	 * number, which is a product of the square of the rank.
	 */
	record Hadamard(LowRank first, LowRank second) implements LayerChange {

		@Override
		public long outputs() {
			return first.outputs();
		}

		@Override
		public long inputs() {
			return first.inputs();
		}

		@Override
		public Long rank() {
			return first.rank();
		}

		@Override
		public LayerChange rows(final long begin, final long count) {
			return new Hadamard((LowRank) first.rows(begin, count), (LowRank) second.rows(begin, count));
		}

		/** Whether two factors are smaller than the whole change. */
		public boolean isSmallAsFactors() {
			return factorNumbers() < outputs() * inputs();
		}

		private long factorNumbers() {
			return first.rank() * second.rank() * (outputs() + inputs());
		}

		@Override
		public long elementCount() {
			return Math.min(factorNumbers(), outputs() * inputs());
		}

		@Override
		public List<TensorEntry> entries() {
			return Stream.concat(first.entries().stream(), second.entries().stream()).toList();
		}
	}

	/** A matrix as it is, or as a product. */
	record Matrix(TensorEntry whole, LowRank product) {

		long rows() {
			return whole != null ? whole.shape()[0] : product.outputs();
		}

		long columns() {
			return whole != null ? whole.shape()[1] : product.inputs();
		}

		Matrix rows(final long first, final long count) {
			return whole != null ? new Matrix(whole.rows(first, count), null)
				: new Matrix(null, (LowRank) product.rows(first, count));
		}

		List<TensorEntry> entries() {
			return whole != null ? List.of(whole) : product.entries();
		}
	}

	/**
	 * LoKr (arXiv 2309.14859): some rows of the Kronecker product of two matrices.
	 */
	record Kronecker(Matrix left, Matrix right, long first, long count) implements LayerChange {

		Kronecker(final Matrix left, final Matrix right) {
			this(left, right, 0, left.rows() * right.rows());
		}

		@Override
		public long outputs() {
			return count;
		}

		@Override
		public long inputs() {
			return left.columns() * right.columns();
		}

		@Override
		public Long rank() {
			if (right.whole() == null) return right.product().rank();
			return left.whole() == null ? left.product().rank() : null;
		}

		/** Whether the rows are those of a Kronecker product again. */
		public boolean isAligned() {
			return first % right.rows() == 0 && count % right.rows() == 0;
		}

		/** The left matrix that belongs to the rows, if they are aligned. */
		public Matrix leftOfRows() {
			return left.rows(first / right.rows(), count / right.rows());
		}

		@Override
		public LayerChange rows(final long begin, final long some) {
			return new Kronecker(left, right, first + begin, some);
		}

		@Override
		public long elementCount() {
			return isAligned() ? left.rows() * left.columns() + right.rows() * right.columns()
				: outputs() * inputs();
		}

		@Override
		public List<TensorEntry> entries() {
			return Stream.concat(left.entries().stream(), right.entries().stream()).toList();
		}
	}

	/** The change itself, (out, in). */
	record Difference(TensorEntry values) implements LayerChange {

		@Override
		public long outputs() {
			return values.shape()[0];
		}

		@Override
		public long inputs() {
			return values.shape()[1];
		}

		@Override
		public Long rank() {
			return null;
		}

		@Override
		public LayerChange rows(final long first, final long count) {
			return new Difference(values.rows(first, count));
		}

		@Override
		public long elementCount() {
			return values.elementCount();
		}

		@Override
		public List<TensorEntry> entries() {
			return List.of(values);
		}
	}
}
