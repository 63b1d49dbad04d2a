
/**
 * LoRA files of all kinds: names, strengths, and the layers they change.
 */

package io.github.zimagefiji.weights.lora;
