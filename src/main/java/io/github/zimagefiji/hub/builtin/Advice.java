
package io.github.zimagefiji.hub.builtin;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import io.github.zimagefiji.ModelInfo;
import io.github.zimagefiji.ModelVariant;
import io.github.zimagefiji.request.TextToImageRequest;

/**
 * What the user should know about a request that can be run, but may not give what they hope for.
 */
public final class Advice {

	private static final int MOST_WORDS = 8;

	private Advice() {
		// only static methods
	}

	/**
	 * Looks at a request.
	 *
	 * @param model the model that it will run on
	 * @return one sentence or two for each thing to know; empty if there is none
	 */
	public static List<String> on(final ModelInfo model, final TextToImageRequest request) {
		return on(model, request, aboutPrompt(request.prompt()));
	}

	/**
	 * Looks at a request whose prompt is being typed: a last word that may become one that the model
	 * knows is not spoken of yet.
	 *
	 * @param model the model that it will run on
	 * @return as {@link #on}
	 */
	public static List<String> whileTyped(final ModelInfo model, final TextToImageRequest request) {
		return on(model, request, aboutPrompt(PromptVocabulary.builtIn().finished(request.prompt())));
	}

	private static List<String> on(final ModelInfo model, final TextToImageRequest request,
		final Optional<String> aboutPrompt)
	{
		final List<String> result = new ArrayList<>();
		if (model.variant() != ModelVariant.BUILT_IN) return result;
		aboutPrompt.ifPresent(result::add);
		final int side = model.variant().defaultSide();
		if (isOther(request.width(), side) || isOther(request.height(), side))
			result.add("The built-in demo model was trained on pictures of " + side + " × " + side +
				" pixels only; in other sizes objects may be malformed.");
		return result;
	}

	/**
	 * Looks at a prompt for the built-in model.
	 *
	 * @return a hint that names the words that it does not know and says what it does, or nothing
	 */
	public static Optional<String> aboutPrompt(final String prompt) {
		final List<String> unknown = PromptVocabulary.builtIn().unknown(prompt);
		if (unknown.isEmpty()) return Optional.empty();
		final String words = unknown.stream().limit(MOST_WORDS).map(word -> "\"" + word + "\"")
			.collect(Collectors.joining(", ")) + (unknown.size() > MOST_WORDS ? ", …" : "");
		return Optional.of("The built-in demo model does not know " + words + ". " +
			BuiltInModel.UNDERSTANDS + " For other pictures choose a Z-Image model.");
	}

	private static boolean isOther(final Integer pixels, final int side) {
		return pixels != null && pixels != side;
	}
}
