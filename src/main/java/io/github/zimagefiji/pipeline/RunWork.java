package io.github.zimagefiji.pipeline;

import io.github.zimagefiji.TextToImageRequest;
import io.github.zimagefiji.model.TextEncoder;
import io.github.zimagefiji.model.Transformer;

/**
 * The work of a request in the rough units of {@link WorkEstimate}, known before anything is loaded. A prompt counts as if
 * each character were a token; words have fewer, some rare signs have more.
 *
 * @param tokens of the longest prompt, about
 * @param encode all prompts in the text encoder
 * @param steps all steps of all images in the transformer
 * @param decode all images in the autoencoder
 */
record RunWork(int tokens, double encode, double steps, double decode) {

	/** Tokens that the chat template puts around a prompt, rounded up. */
	private static final int TEMPLATE = 16;

	/** @param request with the model's own values filled in */
	static RunWork of(final ModelFolder model, final TextToImageRequest request) {
		final LatentShape shape = LatentShape.of(model, request.width(), request.height());
		final boolean guided = request.guidance() > 0;
		final int prompt = tokens(request.prompt(), request.maxTokens());
		final int negative = guided ? tokens(request.negativePrompt(), request.maxTokens()) : 0;
		final int longest = Math.max(prompt, negative);
		final WorkEstimate work = WorkEstimate.of(model, shape.patches(), longest, 1);
		final double perToken = TextEncoder.blocks(model.textEncoder()) * work.textBlock() / longest;
		final double evaluation = Transformer.blocks(model.transformer()) * work.imageBlock();
		return new RunWork(longest, (prompt + negative) * perToken, request.count() * request.steps() * (guided ? 2
			: 1) * evaluation, request.count() * work.decoderBlock());
	}

	private static int tokens(final String prompt, final int most) {
		return Math.min(most, prompt.codePointCount(0, prompt.length()) + TEMPLATE);
	}
}
