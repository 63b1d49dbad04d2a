package io.github.zimagefiji.pipeline;

import io.github.zimagefiji.engine.Tokenizer;

import java.nio.file.Path;
import java.util.Arrays;

/** Turns a prompt into the token numbers that the text encoder was trained with: Qwen3's chat template, user turn only. */
public final class PromptTokenizer implements AutoCloseable {

	private final Tokenizer tokenizer;

	/** @param file {@code tokenizer.json} */
	public PromptTokenizer(final Path file) {
		tokenizer = Tokenizer.open(file);
	}

	/**
	 * A tokenized prompt.
	 *
	 * @param ids token numbers, template included
	 * @param dropped tokens beyond the limit, cut off at the end
	 */
	public record Tokens(long[] ids, int dropped) {}

	/**
	 * Tokenizes a prompt; an empty one gives the template's 8 tokens.
	 *
	 * @param limit longest result. As in the reference a cut takes away the end of the template too
	 */
	public Tokens encode(final String prompt, final int limit) {
		final long[] ids = tokenizer.encode(template(prompt));
		return ids.length <= limit ? new Tokens(ids, 0) : new Tokens(Arrays.copyOf(ids, limit), ids.length - limit);
	}

	/** The text that is tokenized ({@code apply_chat_template} with {@code enable_thinking=True}). */
	static String template(final String prompt) {
		return "<|im_start|>user\n" + prompt + "<|im_end|>\n<|im_start|>assistant\n";
	}

	@Override
	public void close() {
		tokenizer.close();
	}
}
