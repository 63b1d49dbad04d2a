
/**
 * Weights in the memory of a device, with what LoRAs add to them.
 */

package io.github.zimagefiji.weights.loaded;
