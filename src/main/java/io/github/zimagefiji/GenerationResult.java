package io.github.zimagefiji;

import java.util.List;

/**
 * What a request gave.
 *
 * @param images one for each seed, in order
 * @param latents the final latents before the autoencoder's scaling: (images, 16, height / 8, width / 8), row-major
 * @param timings how long it took
 */
public record GenerationResult(List<GeneratedImage> images, float[] latents, Timings timings) {}
