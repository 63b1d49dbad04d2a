
/**
 * Names of tensors in files of other programs.
 */

@NullMarked
package io.github.zimagefiji.weights.singlefile;

import org.jspecify.annotations.NullMarked;
