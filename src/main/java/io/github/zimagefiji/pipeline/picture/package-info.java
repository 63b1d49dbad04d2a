
/**
 * Pictures and masks in the sizes that the networks need, and how results are pasted back.
 */

package io.github.zimagefiji.pipeline.picture;
