
package io.github.zimagefiji;

import java.util.List;

import io.github.zimagefiji.request.Conditions;
import io.github.zimagefiji.request.TextToImageRequest;

/**
 * Where an image comes from: enough to make it again.
 *
 * @param request prompt and sampling of this one image: count 1, its own seed, size, steps and
 *          guidance as used, no explicit latents, no LoRAs (which are among the conditions)
 * @param conditions what it was made from beside the prompt
 * @param explicitLatents whether the starting noise was given instead of drawn from the seed; such
 *          an image cannot be made again from this record alone
 * @param model the model used
 * @param sigmas the noise levels of each step as used, after the shift, with the final 0
 * @param precision number format of weights and linear layers: {@code float32} or {@code bfloat16}
 * @param device {@code cpu}, {@code cuda:N} or {@code mps}
 * @param threads processor threads of one operation
 * @param decoding how the autoencoder ran: {@code whole} or {@code tiles of N} (pixels)
 * @param droppedTokens tokens of the prompt beyond the limit, which had no effect
 * @param pluginVersion version of this program
 * @param engineVersion version of the computing engine, such as {@code DJL 0.35.1, libtorch 2.7.1}
 */
public record Provenance(TextToImageRequest request, Conditions conditions, boolean explicitLatents,
		ModelInfo model, List<Double> sigmas, String precision, String device, int threads,
		String decoding, int droppedTokens, String pluginVersion, String engineVersion)
{}
