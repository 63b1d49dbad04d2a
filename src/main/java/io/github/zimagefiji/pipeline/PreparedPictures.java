
package io.github.zimagefiji.pipeline;

import java.util.List;

import io.github.zimagefiji.model.vision.ByteImage;
import io.github.zimagefiji.model.vision.ResizeFilter;
import io.github.zimagefiji.pipeline.picture.Canvas;
import io.github.zimagefiji.pipeline.picture.ImageBytes;
import io.github.zimagefiji.pipeline.picture.PasteBack;
import io.github.zimagefiji.pipeline.picture.PixelMask;
import io.github.zimagefiji.pipeline.picture.PlanarImage;
import io.github.zimagefiji.pipeline.picture.ReferenceImage;
import io.github.zimagefiji.request.ControlRequest;
import io.github.zimagefiji.request.EditRequest;
import io.github.zimagefiji.request.GenerationRequest;
import io.github.zimagefiji.request.ImageToImageRequest;
import io.github.zimagefiji.request.InpaintRequest;
import io.github.zimagefiji.request.InputImage;

/**
 * The pictures of a request in the sizes that are computed.
 *
 * @param image what is changed; null without one
 * @param mask where; null for everywhere
 * @param control the control picture; null without one
 * @param references reference images
 * @param composition puts the result into the image; null where the result stands for itself
 */
record PreparedPictures(PlanarImage image, PixelMask mask, PlanarImage control,
		List<ReferenceImage> references, PasteBack composition)
{

	static PreparedPictures of(final RunOutline outline) {
		final Canvas canvas = outline.canvas();
		final GenerationRequest request = outline.request();
		if (request instanceof ImageToImageRequest r) return new PreparedPictures(
			r.reference() ? PlanarImage.fitted(ImageBytes.of(r.image())) : canvas.place(r.image()), null,
			null, List.of(), null);
		if (request instanceof InpaintRequest r) return r.reference()
			? new PreparedPictures(PlanarImage.fitted(ImageBytes.of(r.image())),
				PixelMask.of(ImageBytes.of(r.mask()), canvas.width(), canvas.height()), null, List.of(),
				null)
			: new PreparedPictures(canvas.place(r.image()), canvas.place(r.mask()), null, List.of(),
				PasteBack.of(r.image(), r.mask(), r.feather()));
		if (request instanceof ControlRequest r) return ofControl(r, canvas);
		if (request instanceof EditRequest r) {
			final long area = ReferenceImage.area(r.text());
			return new PreparedPictures(null, null, null,
				r.images().stream().map(ImageBytes::of).map(image -> r.reference()
					? ReferenceImage.of(image, area) : ReferenceImage.padded(image, area)).toList(),
				null);
		}
		return new PreparedPictures(null, null, null, List.of(), null);
	}

	private static PreparedPictures ofControl(final ControlRequest r, final Canvas canvas) {
		if (r.image() == null)
			return new PreparedPictures(null, null, fitted(r.control(), canvas), List.of(), null);
		if (r.reference()) return new PreparedPictures(fitted(r.image(), canvas),
			PixelMask.of(ImageBytes.of(r.mask()), canvas.width(), canvas.height()),
			fitted(r.control(), canvas), List.of(), null);
		return new PreparedPictures(canvas.place(r.image()), canvas.place(r.mask()),
			canvas.place(r.control()), List.of(), PasteBack.of(r.image(), r.mask(), r.feather()));
	}

	/**
	 * A picture on the canvas; one of another size is resized to it, as in the reference.
	 */
	private static PlanarImage fitted(final InputImage image, final Canvas canvas) {
		if (image.width() == canvas.wantedWidth() && image.height() == canvas.wantedHeight())
			return canvas.place(image);
		final ByteImage bytes = ImageBytes.of(image);
		return PlanarImage
			.of(bytes.resized(canvas.width(), canvas.height(), ResizeFilter.PILLOW_LANCZOS));
	}
}
