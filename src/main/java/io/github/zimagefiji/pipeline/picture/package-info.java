
/**
 * Pictures and masks in the sizes that the networks need, and how results are pasted back.
 */

@NullMarked
package io.github.zimagefiji.pipeline.picture;

import org.jspecify.annotations.NullMarked;
