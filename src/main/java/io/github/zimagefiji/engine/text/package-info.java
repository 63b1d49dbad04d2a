
/**
 * The tokenizer, and the check of its files before native code sees them.
 */

package io.github.zimagefiji.engine.text;
