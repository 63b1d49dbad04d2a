
package io.github.zimagefiji.dataset.scene;

/** The form of one object. */
interface Shape {

	/**
	 * The pixels inside the image that it covers, as indices of rows of the given width; empty if
	 * there are none.
	 */
	int[] pixels(int width, int height);
}
