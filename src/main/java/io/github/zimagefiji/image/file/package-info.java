
/**
 * Files of images, read without trust: every size that a file states is compared with what it
 * holds, and with the memory that is left, before anything is allocated.
 */

package io.github.zimagefiji.image.file;
