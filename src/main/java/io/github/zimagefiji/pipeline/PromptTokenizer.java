
package io.github.zimagefiji.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.zimagefiji.engine.text.Tokenizer;

/**
 * Turns a prompt into the token numbers that the text encoder was trained with: Qwen3's chat
 * template, user turn only.
 */
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
		return cut(tokenizer.encode(template(prompt)), limit);
	}

	/**
	 * Tokenizes an instruction for an Omni model: the pieces around its reference images, each a
	 * separate sequence.
	 *
	 * @param references number of reference images
	 * @param limit longest piece
	 * @return two more than there are images; one without any
	 */
	public List<Tokens> encodePieces(final String instruction, final int references,
		final int limit)
	{
		return pieces(instruction, references).stream()
			.map(piece -> cut(tokenizer.encode(piece), limit)).toList();
	}

	private static Tokens cut(final long[] ids, final int limit) {
		return ids.length <= limit ? new Tokens(ids, 0)
			: new Tokens(Arrays.copyOf(ids, limit), ids.length - limit);
	}

	/**
	 * The text that is tokenized ({@code apply_chat_template} with {@code enable_thinking=True}).
	 */
	static String template(final String prompt) {
		return "<|im_start|>user\n" + prompt + "<|im_end|>\n<|im_start|>assistant\n";
	}

	/**
	 * What pipeline_z_image_omni.py puts together by itself; the images stand between the pieces.
	 */
	static List<String> pieces(final String instruction, final int references) {
		if (references == 0) return List.of(template(instruction));
		final List<String> pieces = new ArrayList<>();
		pieces.add("<|im_start|>user\n<|vision_start|>");
		for (int i = 1; i < references; i++) {
			pieces.add("<|vision_end|><|vision_start|>");
		}
		pieces
			.add("<|vision_end|>" + instruction + "<|im_end|>\n<|im_start|>assistant\n<|vision_start|>");
		pieces.add("<|vision_end|><|im_end|>");
		return pieces;
	}

	@Override
	public void close() {
		tokenizer.close();
	}
}
