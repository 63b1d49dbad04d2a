
package io.github.zimagefiji.dataset.plan;

import io.github.zimagefiji.dataset.scene.Scene;
import io.github.zimagefiji.request.GenerationRequest;
import io.github.zimagefiji.request.InputImage;
import io.github.zimagefiji.request.InputMask;

/**
 * What an image is made from.
 *
 * @param scene the ground truth; null for images from text alone
 * @param picture where the image starts from; null for noise alone
 * @param mask where it is painted; null for everywhere
 * @param style a real image that the model sees beside {@code picture}; null for none
 * @see GenerationRequest
 */
public record ItemInput(Scene scene, InputImage picture, InputMask mask, InputImage style) {

	/** Neither labels nor a picture. */
	public static final ItemInput NONE = new ItemInput(null, null, null);

	/** Without a real image. */
	public ItemInput(final Scene scene, final InputImage picture, final InputMask mask) {
		this(scene, picture, mask, null);
	}
}
