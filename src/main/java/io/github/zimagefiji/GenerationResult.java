
package io.github.zimagefiji;

import java.util.List;

import io.github.zimagefiji.request.GenerationRequest;

/**
 * What a request gave.
 *
 * @param images one for each seed, in order
 * @param latents the final latents before the autoencoder's scaling, row-major
 * @param latentShape of {@code latents}: (images, 16, height / 8, width / 8), where height and
 *          width are the image's, rounded up to multiples of 16
 * @param timings how long it took
 * @param cautions what the user should know of it, in whole sentences: those of the request
 *          ({@link GenerationRequest#cautions}), and what of its LoRAs was left out; mostly empty
 */
public record GenerationResult(List<GeneratedImage> images, float[] latents, long[] latentShape,
		Timings timings, List<String> cautions)
{}
