
package io.github.zimagefiji.pipeline.sampling;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.github.zimagefiji.engine.Tensor;
import io.github.zimagefiji.engine.TensorScope;

/**
 * The last prompts' embeddings, so that a series with one prompt runs the text encoder once.
 */
public final class PromptEmbeddings {

	private static final int KEPT = 32;

	/**
	 * An encoded prompt.
	 *
	 * @param features (tokens, width), row-major
	 */
	public record Embedding(float[] features, int tokens, int width) {

		/** The features as the transformer takes them. */
		public Tensor tensor(final TensorScope scope) {
			return scope.floats(features, tokens, width);
		}
	}

	private final Map<List<Long>, Embedding> kept = new LinkedHashMap<>(16, 0.75f, true);

	/** Whether a prompt's embedding need not be made. */
	public boolean has(final long[] tokens) {
		return kept.containsKey(key(tokens));
	}

	/** The embedding of a prompt's tokens, made if it is not known. */
	public Embedding get(final long[] tokens, final Supplier<Embedding> encode) {
		final List<Long> key = key(tokens);
		final Embedding known = kept.get(key);
		if (known != null) return known;
		final Embedding made = encode.get();
		kept.put(key, made);
		if (kept.size() > KEPT) kept.remove(kept.keySet().iterator().next());
		return made;
	}

	private static List<Long> key(final long[] tokens) {
		return Arrays.stream(tokens).boxed().toList();
	}
}
