
/**
 * The SigLIP 2 image encoder and the resizing before it.
 */

package io.github.zimagefiji.model.vision;
