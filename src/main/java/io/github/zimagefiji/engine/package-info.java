
/**
 * The only package that touches DJL: programs, tensors, devices and precision.
 */

@NullMarked
package io.github.zimagefiji.engine;

import org.jspecify.annotations.NullMarked;
