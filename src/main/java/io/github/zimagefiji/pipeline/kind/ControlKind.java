
package io.github.zimagefiji.pipeline.kind;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.github.zimagefiji.engine.Tensor;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.model.folder.ModelFolder;
import io.github.zimagefiji.model.transformer.ControlNet;
import io.github.zimagefiji.model.transformer.ControlNetFile;
import io.github.zimagefiji.model.transformer.TransformerConfig;
import io.github.zimagefiji.model.vision.ByteImage;
import io.github.zimagefiji.model.vision.ResizeFilter;
import io.github.zimagefiji.pipeline.picture.Canvas;
import io.github.zimagefiji.pipeline.picture.ImageBytes;
import io.github.zimagefiji.pipeline.picture.PasteBack;
import io.github.zimagefiji.pipeline.picture.PixelMask;
import io.github.zimagefiji.pipeline.picture.PlanarImage;
import io.github.zimagefiji.pipeline.sampling.ControlLatents;
import io.github.zimagefiji.pipeline.sampling.ImageLatents;
import io.github.zimagefiji.request.Conditions;
import io.github.zimagefiji.request.ControlRequest;
import io.github.zimagefiji.request.InputImage;
import io.github.zimagefiji.request.Tiling;
import io.github.zimagefiji.weights.Fingerprint;

/**
 * An image that follows the lines of a control picture, and may be painted into another.
 *
 * @param controlNet that the request names
 * @param transformer of the model
 */
record ControlKind(ControlRequest request, ControlNetFile controlNet, TransformerConfig transformer)
		implements Kind
{

	/**
	 * Width and height of control runs in the reference, whatever the control picture's.
	 */
	private static final int REFERENCE_SIDE = 1024;

	/** For the picture, its hints and the copy that a ControlNet carries along. */
	private static final long BYTES_OF_TOKEN = 24;

	ControlKind(final ModelFolder model, final ControlRequest request) {
		this(request, open(model, request), model.transformer());
	}

	private static ControlNetFile open(final ModelFolder model, final ControlRequest request) {
		if (model.canEdit()) throw new InvalidInputException("The model " + model.info().name() +
			" edits images; ControlNets work with text-to-image models. Choose another model, or Edit Image.");
		final ControlNetFile file = ControlNetFile.open(request.network(), model.transformer());
		if (request.reference() && request.image() != null &&
			file.config().channels() == model.transformer().channels())
			throw new InvalidInputException("The ControlNet " + request.network() + " takes " +
				file.config().channels() +
				" channels, with which the reference does not inpaint. Choose version 2.0 or later, or leave the reference mode.");
		return file;
	}

	@Override
	public Canvas canvas() {
		final Canvas own = request.reference() ? Canvas.exact(REFERENCE_SIDE, REFERENCE_SIDE)
			: Canvas.padded(request.control().width(), request.control().height());
		return own.resized(request.text().width(), request.text().height());
	}

	@Override
	public Tiling tiling() {
		return request.reference() ? Tiling.OFF : request.tiling();
	}

	@Override
	public List<Part> parts() {
		return List.of(new Part(Part.Role.CONTROL_NET, controlNet.weights()));
	}

	@Override
	public List<Canvas> pictures() {
		return Collections.nCopies(request.image() == null ? 1 : 2, canvas());
	}

	@Override
	public int blocksOfEvaluation() {
		return ControlNet.blocks(controlNet.config(), transformer);
	}

	@Override
	public long bytesOfToken() {
		return BYTES_OF_TOKEN;
	}

	@Override
	public Encoded encode(final Encoder encoder) {
		final Canvas canvas = canvas();
		final int channels = controlNet.config().channels();
		final ControlLatents latents = encoder.control(channels);
		final PlanarImage control = request.image() != null && !request.reference()
			? canvas.place(request.control()) : fitted(request.control(), canvas);
		if (request.image() == null) return encoded(null, null, latents.of(encoder.scope(), control));
		final PlanarImage image =
			request.reference() ? fitted(request.image(), canvas) : canvas.place(request.image());
		final PixelMask mask = request.reference()
			? PixelMask.of(ImageBytes.of(request.mask()), canvas.width(), canvas.height())
			: canvas.place(request.mask());
		if (channels > transformer.channels())
			return encoded(null, null, latents.ofInpainting(encoder.scope(), control, image, mask));
		// A ControlNet that knows no masks goes along with inpainting by blending
		// latents.
		final ImageLatents changed = encoder.latents(image);
		return encoded(changed, mask.covering(changed.shape()), latents.of(encoder.scope(), control));
	}

	private Encoded encoded(final ImageLatents image, final float[] mask, final Tensor control) {
		return new Encoded(image, mask, control, request.scale(), List.of());
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

	@Override
	public PasteBack pasteBack() {
		return request.image() == null || request.reference() ? null
			: PasteBack.of(request.image(), request.mask(), request.feather());
	}

	@Override
	public Conditions conditions(final String tiles, final List<Conditions.Lora> loras) {
		final List<Conditions.Input> inputs =
			new ArrayList<>(List.of(Conditions.Input.of("control", request.control())));
		if (request.image() != null) inputs.add(Conditions.Input.of("image", request.image()));
		if (request.mask() != null) inputs.add(Conditions.Input.of(request.mask()));
		return new Conditions(request.task(), inputs, null,
			request.mask() == null ? null : request.feather(), List.of(), tiles, request.reference(),
			new Conditions.Control(Conditions.name(request.network()),
				Fingerprint.ofTensors(controlNet.weights()), request.scale()),
			loras);
	}
}
