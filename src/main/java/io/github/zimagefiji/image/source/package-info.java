
/**
 * Images, masks and labels of the user, as the samples that a request needs.
 */

package io.github.zimagefiji.image.source;
