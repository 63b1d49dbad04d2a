
package io.github.zimagefiji.weights.singlefile;

import java.util.List;
import java.util.regex.Pattern;

import io.github.zimagefiji.weights.TensorEntry;

/**
 * The names of a Qwen3 text encoder, which are those of diffusers; files may hold more.
 */
final class TextEncoderNames implements TensorNames {

	private static final Pattern KNOWN =
		Pattern.compile("(model\\.)?(layers\\.\\d+\\..+|embed_tokens\\.weight|norm\\.weight)");
	private static final Pattern NEEDLESS = Pattern.compile(
		"(model\\.)?(lm_head\\.weight|logit_scale|spiece_model|tekken_model|tokenizer_json|layers\\.\\d+\\.self_attn\\.rotary_emb\\.inv_freq)");

	@Override
	public boolean isNeedless(final String name) {
		return NEEDLESS.matcher(name).matches();
	}

	@Override
	public List<TensorEntry> translate(final String name, final TensorEntry entry) {
		return KNOWN.matcher(name).matches() ? List.of(entry.named(name)) : List.of();
	}
}
