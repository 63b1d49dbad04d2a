
/**
 * The Qwen3 text encoder.
 */

@NullMarked
package io.github.zimagefiji.model.text;

import org.jspecify.annotations.NullMarked;
