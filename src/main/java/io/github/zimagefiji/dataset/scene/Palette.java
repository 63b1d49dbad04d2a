
package io.github.zimagefiji.dataset.scene;

/**
 * Colours that labels are drawn in.
 *
 * @param objects red, green, blue, each 0 to 1; not copied
 * @param background red, green, blue, each 0 to 1; not copied
 */
public record Palette(double[] objects, double[] background) {}
