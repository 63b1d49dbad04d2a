
/**
 * The built-in model, and hints for prompts.
 */

package io.github.zimagefiji.hub.builtin;
