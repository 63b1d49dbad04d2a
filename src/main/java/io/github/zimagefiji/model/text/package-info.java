
/**
 * The Qwen3 text encoder.
 */

package io.github.zimagefiji.model.text;
