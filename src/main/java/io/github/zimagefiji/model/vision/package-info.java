
/**
 * The SigLIP 2 image encoder and the resizing before it.
 */

@NullMarked
package io.github.zimagefiji.model.vision;

import org.jspecify.annotations.NullMarked;
