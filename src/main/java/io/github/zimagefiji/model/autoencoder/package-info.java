
/**
 * The autoencoder between pixels and latents, whole or in tiles.
 */

package io.github.zimagefiji.model.autoencoder;
