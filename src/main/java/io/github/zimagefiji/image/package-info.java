/**
 * Images in and out: generated samples as images of ImgLib2 and ImageJ, PNG and TIFF files, and
 * where each image comes from, so that it can be made again.
 */

package io.github.zimagefiji.image;
