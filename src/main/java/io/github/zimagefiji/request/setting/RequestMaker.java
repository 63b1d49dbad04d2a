
package io.github.zimagefiji.request.setting;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.request.ComputeOptions;
import io.github.zimagefiji.request.ControlRequest;
import io.github.zimagefiji.request.EditRequest;
import io.github.zimagefiji.request.GenerationRequest;
import io.github.zimagefiji.request.ImageToImageRequest;
import io.github.zimagefiji.request.InpaintRequest;
import io.github.zimagefiji.request.InputImage;
import io.github.zimagefiji.request.OutpaintRequest;
import io.github.zimagefiji.request.Task;
import io.github.zimagefiji.request.TextToImageRequest;
import io.github.zimagefiji.request.Tiling;

/** Makes requests of values by name. */
public final class RequestMaker {

	private RequestMaker() {
		// only static methods
	}

	/**
	 * Makes a request.
	 *
	 * @param text prompt and sampling
	 * @throws InvalidInputException if a value or a picture is missing or cannot be used
	 */
	public static GenerationRequest make(final Task task, final TextToImageRequest text,
		final SettingValues values, final RequestPictures pictures)
	{
		final boolean reference = values.get(Settings.REFERENCE);
		return switch (task) {
			case TEXT_TO_IMAGE -> text;
			case IMAGE_TO_IMAGE -> new ImageToImageRequest(text, pictures.image(true),
				values.find(Settings.STRENGTH).orElse(ImageToImageRequest.DEFAULT_STRENGTH), tiling(values),
				reference);
			case INPAINT -> new InpaintRequest(text, pictures.image(true), pictures.mask(true),
				values.find(Settings.STRENGTH).orElse(InpaintRequest.DEFAULT_STRENGTH),
				values.get(Settings.FEATHER), tiling(values), reference);
			case OUTPAINT -> new OutpaintRequest(text, pictures.image(true), values.get(Settings.LEFT),
				values.get(Settings.RIGHT), values.get(Settings.TOP), values.get(Settings.BOTTOM),
				tiling(values), reference);
			case CONTROL -> {
				final InputImage image = pictures.image(false);
				yield new ControlRequest(text, pictures.controlNet(), pictures.control(),
					values.get(Settings.CONTROL_SCALE), image, pictures.mask(image != null),
					values.get(Settings.FEATHER), tiling(values), reference);
			}
			case EDIT -> new EditRequest(text, pictures.images(), reference);
		};
	}

	/**
	 * How images beyond the model's size are computed.
	 *
	 * @throws InvalidInputException if a number is not possible
	 */
	public static Tiling tiling(final SettingValues values) {
		return Settings.tiling(values.get(Settings.TILE), values.get(Settings.TILE_OVERLAP));
	}

	/**
	 * On what a request is computed.
	 *
	 * @throws InvalidInputException if a value is not known
	 */
	public static ComputeOptions compute(final SettingValues values) {
		return new ComputeOptions(values.get(Settings.DEVICE), values.get(Settings.PRECISION),
			values.get(Settings.THREADS));
	}
}
