
package io.github.zimagefiji.pipeline.kind;

import java.util.ArrayList;
import java.util.List;

import io.github.zimagefiji.model.folder.EditPart;
import io.github.zimagefiji.model.folder.ModelFolder;
import io.github.zimagefiji.model.transformer.OmniTransformer;
import io.github.zimagefiji.model.vision.ByteImage;
import io.github.zimagefiji.model.vision.ImageEncoder;
import io.github.zimagefiji.pipeline.picture.Canvas;
import io.github.zimagefiji.pipeline.picture.ImageBytes;
import io.github.zimagefiji.pipeline.picture.PlanarImage;
import io.github.zimagefiji.pipeline.picture.ReferenceImage;
import io.github.zimagefiji.request.Conditions;
import io.github.zimagefiji.request.EditRequest;
import io.github.zimagefiji.request.InputImage;

/**
 * An image made after an instruction that speaks of reference images.
 *
 * @param part of the model
 * @param references what is computed of each reference image
 */
public record EditKind(EditRequest request, EditPart part, List<Canvas> references)
		implements Kind
{

	EditKind(final ModelFolder model, final EditRequest request) {
		this(request, model.editPart(), canvases(request));
	}

	private static List<Canvas> canvases(final EditRequest request) {
		final List<Canvas> result = new ArrayList<>();
		request.images().forEach(image -> {
			ReferenceImage.check(image.width(), image.height());
			final int[] size =
				ReferenceImage.size(image.width(), image.height(), ReferenceImage.area(request.text()));
			result.add(Canvas.of(size[0], size[1], request.reference()));
		});
		return result;
	}

	@Override
	public Canvas canvas() {
		return references.get(references.size() - 1).resized(request.text().width(),
			request.text().height());
	}

	@Override
	public List<Part> parts() {
		return List.of(new Part(Part.Role.IMAGE_ENCODER, part.weights()));
	}

	@Override
	public List<Canvas> pictures() {
		return references;
	}

	@Override
	public int blocksOfPicture() {
		return ImageEncoder.blocks(part.encoder());
	}

	/** Those of the reference images, and of what the image encoder sees of them. */
	@Override
	public int tokens() {
		final int seen = part.processor().maxPatches();
		return references.stream()
			.mapToInt(r -> r.width() / PlanarImage.MULTIPLE * (r.height() / PlanarImage.MULTIPLE) + seen)
			.sum();
	}

	/** A reference image in the size that is computed. */
	public ReferenceImage reference(final InputImage image) {
		final long area = ReferenceImage.area(request.text());
		final ByteImage bytes = ImageBytes.of(image);
		return request.reference() ? ReferenceImage.of(bytes, area)
			: ReferenceImage.padded(bytes, area);
	}

	@Override
	public Encoded encode(final Encoder encoder) {
		final List<OmniTransformer.Reference> encoded = new ArrayList<>();
		final int count = request.images().size();
		for (final InputImage image : request.images()) {
			encoded.add(encoder.reference(reference(image),
				count > 1 ? "image " + (encoded.size() + 1) + " of " + count : ""));
		}
		return new Encoded(null, null, null, 0, encoded);
	}

	@Override
	public Conditions conditions(final String tiles, final List<Conditions.Lora> loras) {
		return new Conditions(request.task(),
			request.images().stream().map(image -> Conditions.Input.of("reference", image)).toList(),
			null, null, List.of(), tiles, request.reference(), null, loras);
	}
}
