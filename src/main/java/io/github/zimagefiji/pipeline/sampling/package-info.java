
/**
 * Noise, schedule, guidance and the denoising loop, for whole images and for tiles.
 */

package io.github.zimagefiji.pipeline.sampling;
