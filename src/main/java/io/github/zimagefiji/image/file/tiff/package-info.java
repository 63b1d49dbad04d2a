
/**
 * TIFF files: their tags, layout, compression and axes.
 */

package io.github.zimagefiji.image.file.tiff;
