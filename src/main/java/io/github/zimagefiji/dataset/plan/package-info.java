
/**
 * Which items a dataset has, with their seeds and the labels they start from; equal recipes give
 * equal plans.
 */

package io.github.zimagefiji.dataset.plan;
