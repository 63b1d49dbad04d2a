
package io.github.zimagefiji.engine;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;

import io.github.zimagefiji.InvalidInputException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A byte-pair tokenizer in Hugging Face's {@code tokenizer.json} form. */
public final class Tokenizer implements AutoCloseable {

	private final HuggingFaceTokenizer tokenizer;

	private Tokenizer(final HuggingFaceTokenizer tokenizer) {
		this.tokenizer = tokenizer;
	}

	/**
	 * Opens {@code tokenizer.json}.
	 *
	 * @throws InvalidInputException if it is missing or malformed
	 */
	public static Tokenizer open(final Path file) {
		EngineStart.silence();
		if (!Files.isRegularFile(file)) throw new InvalidInputException(
			"The model folder has no " + file +
				". Download the model's tokenizer folder again.");
		try {
			return new Tokenizer(HuggingFaceTokenizer.builder().optTokenizerPath(file)
				.optAddSpecialTokens(false).optTruncation(false).optPadding(false)
				.build());
		}
		catch (final IOException | RuntimeException exc) {
			throw new InvalidInputException("The tokenizer " + file +
				" cannot be used (" + exc.getMessage() + "). Download it again.", exc);
		}
	}

	/**
	 * Token numbers of a text, in which the names of special tokens count as
	 * those tokens.
	 */
	public long[] encode(final String text) {
		return tokenizer.encode(text, false, false).getIds();
	}

	@Override
	public void close() {
		tokenizer.close();
	}
}
