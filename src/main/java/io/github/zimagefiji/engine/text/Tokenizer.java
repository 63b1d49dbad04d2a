
package io.github.zimagefiji.engine.text;

import java.nio.file.Path;

import io.github.zimagefiji.engine.library.EngineStart;
import io.github.zimagefiji.error.EngineFailedException;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.request.TextToImageRequest;

/**
 * Qwen2's byte-pair tokenizer in Hugging Face's {@code tokenizer.json} form.
 */
public final class Tokenizer implements AutoCloseable {

	/**
	 * The native library ends the process on texts of millions of characters: the longest prompt, and
	 * room for what stands around it.
	 */
	private static final int MAX_LENGTH = TextToImageRequest.MAX_PROMPT_LENGTH + 1024;

	private final SharedTokenizer shared;
	private boolean closed;

	private Tokenizer(final SharedTokenizer shared) {
		this.shared = shared;
	}

	/**
	 * Opens {@code tokenizer.json}, which is checked before the native library gets to know it.
	 *
	 * @throws InvalidInputException if it is missing, malformed, or not Qwen2's byte-level BPE
	 * @throws EngineFailedException if the native library cannot be loaded
	 */
	public static Tokenizer open(final Path file) {
		EngineStart.silence();
		return new Tokenizer(SharedTokenizer.take(file));
	}

	/**
	 * Token numbers of a text, in which the names of special tokens count as those tokens.
	 *
	 * @param text at most {@value #MAX_LENGTH} characters
	 * @throws InvalidInputException if it is longer, or cannot be tokenized
	 */
	public long[] encode(final String text) {
		if (text.length() > MAX_LENGTH)
			throw new InvalidInputException("The text to be tokenized has " + text.length() +
				" characters, but at most " + MAX_LENGTH + " are taken. Shorten it.");
		try {
			return shared.encode(text);
		}
		catch (final RuntimeException e) {
			throw new InvalidInputException(
				"The prompt cannot be tokenized: " + e.getMessage() + ". Write it in other words.", e);
		}
	}

	@Override
	public synchronized void close() {
		if (!closed) shared.giveBack();
		closed = true;
	}
}
