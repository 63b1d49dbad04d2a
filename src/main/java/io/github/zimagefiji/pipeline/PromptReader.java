
package io.github.zimagefiji.pipeline;

import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;

import io.github.zimagefiji.engine.Tensor;
import io.github.zimagefiji.engine.TensorScope;
import io.github.zimagefiji.model.text.TextEncoder;
import io.github.zimagefiji.pipeline.sampling.PromptEmbeddings.Embedding;
import io.github.zimagefiji.request.Stage;
import io.github.zimagefiji.request.TextToImageRequest;

/**
 * The prompt of a request and, with guidance, the negative one, each in one or more pieces: as
 * tokens, then as features.
 */
final class PromptReader {

	private final Pipeline pipeline;
	private final List<List<PromptTokenizer.Tokens>> prompts = new ArrayList<>();

	/** Tokenizes a request's prompts. */
	PromptReader(final Pipeline pipeline, final RunPlan plan) {
		this.pipeline = pipeline;
		final TextToImageRequest request = plan.text();
		prompts.add(tokenize(request.prompt(), plan));
		if (plan.guidance().isOn()) prompts.add(tokenize(request.negativePrompt(), plan));
	}

	private List<PromptTokenizer.Tokens> tokenize(final String prompt, final RunPlan plan) {
		final PromptTokenizer tokenizer = pipeline.components().tokenizer();
		final int limit = plan.text().maxTokens();
		if (plan.omni()) return tokenizer.encodePieces(prompt, plan.kind().references().size(), limit);
		return List.of(tokenizer.encode(prompt, limit));
	}

	/** Tokens of the longest prompt, all its pieces together. */
	int longest() {
		return prompts.stream().mapToInt(pieces -> pieces.stream().mapToInt(t -> t.ids().length).sum())
			.max().getAsInt();
	}

	/** Tokens of the prompt beyond the limit. */
	int dropped() {
		return prompts.get(0).stream().mapToInt(PromptTokenizer.Tokens::dropped).sum();
	}

	/**
	 * Tokens of each piece that earlier requests have not encoded; what occurs twice is encoded once.
	 */
	List<Integer> unknown() {
		return prompts.stream().flatMap(List::stream).map(t -> LongBuffer.wrap(t.ids())).distinct()
			.filter(ids -> !pipeline.embeddings().has(ids.array())).map(LongBuffer::capacity).toList();
	}

	/**
	 * Encodes what is not known yet.
	 *
	 * @return for each prompt its pieces
	 */
	List<List<Embedding>> encode(final RunProgress progress, final RunWork work) {
		progress.enter(Stage.ENCODE, prompts.size() > 1 ? "and the negative one" : "");
		return prompts.stream()
			.map(pieces -> pieces.stream().map(tokens -> encode(tokens.ids(), progress, work)).toList())
			.toList();
	}

	private Embedding encode(final long[] ids, final RunProgress progress, final RunWork work) {
		return pipeline.embeddings().get(ids, () -> {
			final TextEncoder encoder = pipeline.components().textEncoder(progress.work(0));
			try (TensorScope scope = pipeline.engine().scope()) {
				final Tensor features = encoder.encode(scope, ids,
					progress.work(ids.length * work.textToken(), pipeline.model().textEncoderWeights()));
				return new Embedding(features.toFloats(), ids.length, (int) features.size(1));
			}
		});
	}
}
