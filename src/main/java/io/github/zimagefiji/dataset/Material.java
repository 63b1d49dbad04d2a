
package io.github.zimagefiji.dataset;

import io.github.zimagefiji.GenerationRequest;
import io.github.zimagefiji.InputImage;
import io.github.zimagefiji.InputMask;
import io.github.zimagefiji.dataset.scene.Scene;

/**
 * What an image is made from.
 *
 * @param scene the ground truth; null for images from text alone
 * @param picture where the image starts from; null for noise alone
 * @param mask where it is painted; null for everywhere
 * @param style a real image that the model sees beside {@code picture}; null for none
 * @see GenerationRequest
 */
record Material(Scene scene, InputImage picture, InputMask mask, InputImage style) {

	/** Neither labels nor a picture. */
	static final Material NONE = new Material(null, null, null);

	/** Without a real image. */
	Material(final Scene scene, final InputImage picture, final InputMask mask) {
		this(scene, picture, mask, null);
	}
}
