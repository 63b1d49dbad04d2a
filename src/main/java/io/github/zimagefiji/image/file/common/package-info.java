
/**
 * What the readers of several picture formats share.
 */

package io.github.zimagefiji.image.file.common;
