
/**
 * The S3-DiT transformer, its Omni form, and ControlNets.
 */

package io.github.zimagefiji.model.transformer;
