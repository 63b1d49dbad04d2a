
package io.github.zimagefiji.dataset.quality;

/**
 * What a segmentation found in an image.
 *
 * @param foreground (height, width), row-major: which pixels belong to objects; not copied
 * @param labels of the same size: the number of each pixel's object, counted from 1, 0 beside;
 *          borders between touching objects and pieces that are too small to be objects may be 0
 *          and still be foreground; not copied
 * @param count how many objects there are
 */
public record FoundObjects(boolean[] foreground, int[] labels, int count) {}
