
/**
 * Safetensors files, written.
 */

package io.github.zimagefiji.weights.writer;
