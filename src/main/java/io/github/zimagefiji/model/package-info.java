
/**
 * Networks: what their configurations and weights have in common.
 */

package io.github.zimagefiji.model;
