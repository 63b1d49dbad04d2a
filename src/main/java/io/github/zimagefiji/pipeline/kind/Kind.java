
package io.github.zimagefiji.pipeline.kind;

import java.util.List;

import io.github.zimagefiji.engine.Tensor;
import io.github.zimagefiji.engine.TensorScope;
import io.github.zimagefiji.model.folder.ModelFolder;
import io.github.zimagefiji.model.transformer.ControlNetFile;
import io.github.zimagefiji.model.transformer.OmniTransformer;
import io.github.zimagefiji.pipeline.picture.Canvas;
import io.github.zimagefiji.pipeline.picture.PasteBack;
import io.github.zimagefiji.pipeline.picture.PlanarImage;
import io.github.zimagefiji.pipeline.picture.ReferenceImage;
import io.github.zimagefiji.pipeline.sampling.ControlLatents;
import io.github.zimagefiji.pipeline.sampling.ImageLatents;
import io.github.zimagefiji.pipeline.sampling.Schedule;
import io.github.zimagefiji.request.Conditions;
import io.github.zimagefiji.request.ControlRequest;
import io.github.zimagefiji.request.EditRequest;
import io.github.zimagefiji.request.GenerationRequest;
import io.github.zimagefiji.request.ImageToImageRequest;
import io.github.zimagefiji.request.InpaintRequest;
import io.github.zimagefiji.request.OutpaintRequest;
import io.github.zimagefiji.request.TextToImageRequest;
import io.github.zimagefiji.request.Tiling;

/**
 * What sets one kind of request apart in a run, for one request. What it does not say is as in text
 * to image.
 */
public interface Kind {

	/**
	 * The kind of a request.
	 *
	 * @throws io.github.zimagefiji.error.InvalidInputException if the model cannot do it, or a
	 *           picture or a file cannot be used
	 */
	static Kind of(final ModelFolder model, final GenerationRequest request) {
		return switch (request.task()) {
			case TEXT_TO_IMAGE -> new TextKind((TextToImageRequest) request,
				model.info().variant().defaultSide());
			case IMAGE_TO_IMAGE -> new ImageKind((ImageToImageRequest) request);
			case INPAINT -> new InpaintKind((InpaintRequest) request);
			case OUTPAINT -> new InpaintKind((OutpaintRequest) request);
			case CONTROL -> new ControlKind(model, (ControlRequest) request);
			case EDIT -> new EditKind(model, (EditRequest) request);
		};
	}

	/** The request. */
	GenerationRequest request();

	/** The size of the result. */
	Canvas canvas();

	/**
	 * What a result is made from beside its prompt, for the record.
	 *
	 * @param tiles in which the transformer runs
	 */
	Conditions conditions(String tiles, List<Conditions.Lora> loras);

	/** How images beyond the model's size are computed. */
	default Tiling tiling() {
		return Tiling.OFF;
	}

	/** The part of a schedule that is run. */
	default Schedule part(final Schedule whole) {
		return whole;
	}

	/** Networks that a run needs beside the model's text encoder, transformer and autoencoder. */
	default List<Part> parts() {
		return List.of();
	}

	/** The ControlNet that is followed; null for none. */
	default ControlNetFile controlNet() {
		return null;
	}

	/** Reference images of the Omni form, as they are computed. */
	default List<Canvas> references() {
		return List.of();
	}

	/** Pictures that pass the autoencoder's encoder. */
	default List<Canvas> pictures() {
		return List.of();
	}

	/** Blocks of other networks that each of {@link #pictures} passes. */
	default int blocksOfPicture() {
		return 0;
	}

	/** Blocks that one evaluation runs beside the transformer's own. */
	default int blocksOfEvaluation() {
		return 0;
	}

	/** Tokens that pictures add to those of image and caption. */
	default int tokens() {
		return 0;
	}

	/**
	 * Bytes for each token and each number of its width that an evaluation takes beside the
	 * transformer's.
	 */
	default long bytesOfToken() {
		return 0;
	}

	/** Encodes the pictures. */
	default Encoded encode(final Encoder encoder) {
		return Encoded.NOTHING;
	}

	/** What puts a result into the image; null where the result stands for itself. */
	default PasteBack pasteBack() {
		return null;
	}

	/**
	 * Encoded pictures.
	 *
	 * @param image latents of the image that is changed; null to begin with noise
	 * @param mask (rows, columns): 1 where something new comes; null for everywhere
	 * @param control (1, channels of the ControlNet, rows, columns); null without one
	 * @param scale how strongly the ControlNet is followed
	 * @param references reference images
	 */
	record Encoded(ImageLatents image, float[] mask, Tensor control, double scale,
			List<OmniTransformer.Reference> references)
	{

		static final Encoded NOTHING = new Encoded(null, null, null, 0, List.of());

		/** An image to be changed. */
		static Encoded image(final ImageLatents image, final float[] mask) {
			return new Encoded(image, mask, null, 0, List.of());
		}
	}

	/** Encodes pictures by a run's networks. */
	interface Encoder {

		/** Owns what is encoded. */
		TensorScope scope();

		/** What the autoencoder makes of a picture. */
		ImageLatents latents(PlanarImage picture);

		/**
		 * Makes what a ControlNet takes in.
		 *
		 * @param channels that the ControlNet takes
		 */
		ControlLatents control(int channels);

		/**
		 * What the autoencoder and the image encoder make of a reference image.
		 *
		 * @param which of how many, for a status line; may be empty
		 */
		OmniTransformer.Reference reference(ReferenceImage image, String which);
	}
}
