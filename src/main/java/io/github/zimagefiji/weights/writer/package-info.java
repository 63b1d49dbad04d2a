
/**
 * Safetensors files, written.
 */

@NullMarked
package io.github.zimagefiji.weights.writer;

import org.jspecify.annotations.NullMarked;
