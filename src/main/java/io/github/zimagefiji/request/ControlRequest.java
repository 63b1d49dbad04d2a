
package io.github.zimagefiji.request;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.github.zimagefiji.error.InvalidInputException;

/**
 * A request whose composition follows a control picture: edges, label boundaries, filled labels,
 * depth, whatever the ControlNet (arXiv 2302.05543) was trained on. With {@code image} and
 * {@code mask} only the masked part is painted.
 *
 * @param text prompt and sampling; width and height null for the control picture's; no explicit
 *          latents
 * @param network the ControlNet: a folder with {@code config.json}, or a safetensors file
 * @param control the control picture
 * @param scale how strongly it is followed; 1 for as in training, 0 for not at all
 * @param image what is painted into; null for a new image
 * @param mask where, of the image's size, in the reference's mode of any size; null without
 *          {@code image}
 * @param feather pixels inside the mask's edge over which old and new are mixed
 * @param tiling how images beyond the model's size are computed
 * @param reference whether to do exactly what the reference's pipelines do: width and height are
 *          1024 unless given, all pictures are resized to them, and pixels outside the mask are not
 *          replaced by the image's own
 */
public record ControlRequest(TextToImageRequest text, Path network, InputImage control,
		double scale, @Nullable InputImage image, @Nullable InputMask mask, int feather, Tiling tiling,
		boolean reference) implements GenerationRequest
{

	/** What the reference uses. */
	public static final double DEFAULT_SCALE = 0.75;

	/**
	 * @throws InvalidInputException if a value is out of range, or pictures differ in size that must
	 *           not
	 */
	public ControlRequest {
		Objects.requireNonNull(network, "network");
		Objects.requireNonNull(control, "control");
		Objects.requireNonNull(tiling, "tiling");
		ImageToImageRequest.checkNoLatents(text);
		checkScale(scale);
		InpaintRequest.checkFeather(feather);
		if ((image == null) != (mask == null)) throw new InvalidInputException(image == null
			? "A mask is given without the image that it belongs to. Give the image too."
			: "An image is given without a mask that says where to paint. Give the mask too, or leave the image out.");
		if (image != null && mask != null) checkImage(text, control, image, mask, reference);
		if (reference) ImageToImageRequest.checkReference(tiling);
	}

	/**
	 * Refuses what is no scale.
	 *
	 * @throws InvalidInputException outside 0 to 10
	 */
	public static void checkScale(final double scale) {
		if (!Double.isFinite(scale) || scale < 0 || scale > 10) throw new InvalidInputException(
			"The control scale is " + scale + "; it must be between 0 and 10, such as 0.75.");
	}

	private static void checkImage(final TextToImageRequest text, final InputImage control,
		final InputImage image, final InputMask mask, final boolean reference)
	{
		if (reference) return;
		mask.checkFits(image);
		if (control.width() != image.width() || control.height() != image.height())
			throw new InvalidInputException("The control picture \"" + control.name() + "\" has " +
				control.width() + " × " + control.height() + " pixels, but the image \"" + image.name() +
				"\" has " + image.width() + " × " + image.height() + ". Both must have the same size.");
		if (text.width() != null || text.height() != null) throw new InvalidInputException(
			"A width or height is given, but the result has the size of the image. Leave them out, or resize the image.");
	}

	/** A request in the normal mode for a new image. */
	public ControlRequest(final TextToImageRequest text, final Path network, final InputImage control,
		final double scale)
	{
		this(text, network, control, scale, null, null, 0, Tiling.AUTO, false);
	}

	@Override
	public ControlRequest withText(final TextToImageRequest newText) {
		return new ControlRequest(newText, network, control, scale, image, mask, feather, tiling,
			reference);
	}

	@Override
	public List<String> cautions() {
		return mask == null ? List.of() : mask.cautions();
	}

	@Override
	public Task task() {
		return Task.CONTROL;
	}
}
