
/**
 * Names of tensors in files of other programs.
 */

package io.github.zimagefiji.weights.singlefile;
