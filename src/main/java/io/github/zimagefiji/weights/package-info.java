
/**
 * Safetensors files: headers, checkpoints, fingerprints, types of numbers.
 */

package io.github.zimagefiji.weights;
