
/**
 * The autoencoder between pixels and latents, whole or in tiles.
 */

@NullMarked
package io.github.zimagefiji.model.autoencoder;

import org.jspecify.annotations.NullMarked;
