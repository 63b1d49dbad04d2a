
package io.github.zimagefiji.request.setting;

import java.nio.file.Path;
import java.util.List;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.request.InputImage;
import io.github.zimagefiji.request.InputMask;

/**
 * The pictures of a request, wherever they come from. All methods throw
 * {@link InvalidInputException} if a picture cannot be used.
 */
public interface RequestPictures {

	/**
	 * The image that is changed or painted into.
	 *
	 * @param needed whether there must be one
	 * @return null if there need not be one, and is none
	 * @throws InvalidInputException if one is needed and missing
	 */
	InputImage image(boolean needed);

	/** Those that an instruction speaks of, in order. */
	List<InputImage> images();

	/**
	 * Where to paint.
	 *
	 * @param needed whether there must be a mask
	 * @return null if there need not be one, and is none
	 * @throws InvalidInputException if one is needed and missing
	 */
	InputMask mask(boolean needed);

	/** What the composition follows. */
	InputImage control();

	/**
	 * The ControlNet.
	 *
	 * @throws InvalidInputException if none is given, and the built-in one does not go with the model
	 */
	Path controlNet();
}
