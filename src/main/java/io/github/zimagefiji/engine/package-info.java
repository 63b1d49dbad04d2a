
/**
 * The only package that touches DJL: programs, tensors, devices and precision.
 */

package io.github.zimagefiji.engine;
