
package io.github.zimagefiji.service;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import ij.ImagePlus;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.hub.builtin.BuiltInModel;
import io.github.zimagefiji.image.ControlPreprocessor;
import io.github.zimagefiji.image.source.MaskSource;
import io.github.zimagefiji.image.source.PlaneChoice;
import io.github.zimagefiji.request.ControlRequest;
import io.github.zimagefiji.request.EditRequest;
import io.github.zimagefiji.request.GenerationRequest;
import io.github.zimagefiji.request.ImageToImageRequest;
import io.github.zimagefiji.request.InpaintRequest;
import io.github.zimagefiji.request.InputImage;
import io.github.zimagefiji.request.InputMask;
import io.github.zimagefiji.request.IntensityRange;
import io.github.zimagefiji.request.OutpaintRequest;
import io.github.zimagefiji.request.Task;
import io.github.zimagefiji.request.TextToImageRequest;
import io.github.zimagefiji.request.Tiling;

/**
 * Makes a request of a script's values; {@link ScriptTask} says of which kind.
 */
final class ScriptRequest {

	private final NamedValues values;
	private final TextToImageRequest text;
	private final Task task;
	private final boolean reference;

	ScriptRequest(final NamedValues values, final TextToImageRequest text) {
		this.values = values;
		this.text = text;
		task = ScriptTask.of(values);
		reference = values.truth("reference").orElse(false);
	}

	/** @throws InvalidInputException if a value is missing or cannot be used */
	GenerationRequest request() {
		return switch (task) {
			case TEXT_TO_IMAGE -> text;
			case IMAGE_TO_IMAGE -> new ImageToImageRequest(text, image(),
				values.decimal("strength").orElse(ImageToImageRequest.DEFAULT_STRENGTH), tiling(),
				reference);
			case INPAINT -> new InpaintRequest(text, image(), mask(),
				values.decimal("strength").orElse(InpaintRequest.DEFAULT_STRENGTH), whole("feather"),
				tiling(), reference);
			case OUTPAINT -> new OutpaintRequest(text, image(), whole("left"), whole("right"),
				whole("top"), whole("bottom"), tiling(), reference);
			case CONTROL -> control();
			case EDIT -> new EditRequest(text, images(), reference);
		};
	}

	/** The model for those who name none. */
	static Path builtInModel(final GenerationRequest request) {
		return request.task() == Task.EDIT ? BuiltInModel.editModel() : BuiltInModel.folder();
	}

	private ControlRequest control() {
		final boolean painting = values.has("image");
		return new ControlRequest(text, network(),
			picture("control_image", needed("control_image")).control(
				values.text("preprocessor").map(ControlPreprocessor::of).orElse(ControlPreprocessor.NONE)),
			values.decimal("control_scale").orElse(ControlRequest.DEFAULT_SCALE),
			painting ? image() : null, painting || values.has("mask") ? mask() : null, whole("feather"),
			tiling(), reference);
	}

	private Path network() {
		return values.file("control_model").orElseGet(() -> {
			if (values.file("model").isPresent()) throw new InvalidInputException(
				"A model is given without control_model, the ControlNet that goes with it. Give a folder or a safetensors file.");
			return BuiltInModel.controlNet();
		});
	}

	private InputImage image() {
		return picture("image", needed("image")).input();
	}

	private List<InputImage> images() {
		final List<InputImage> result = new ArrayList<>();
		if (values.has("image")) result.add(image());
		for (final Object each : values.list("images"))
			result.add(picture("images", each).input());
		return result;
	}

	private InputMask mask() {
		if (values.has("mask")) return picture("mask", needed("mask")).mask();
		if (needed("image") instanceof ImagePlus image) return MaskSource.ofSelection(image);
		throw new InvalidInputException(
			"There is no mask. Give one, or an ImagePlus with a selection as the image.");
	}

	private ScriptPicture picture(final String name, final Object value) {
		final IntensityRange range =
			values.text("intensity").map(IntensityRange::of).orElse(IntensityRange.DISPLAY);
		return new ScriptPicture(name, value, range, PlaneChoice.ofChannel(whole("channel")));
	}

	private Object needed(final String name) {
		return values.any(name)
			.orElseThrow(() -> new InvalidInputException("The value " + name + " is missing, which " +
				task.label() + " starts from. Give an ImagePlus, an image of ImgLib2 or a file."));
	}

	private int whole(final String name) {
		return values.integer(name).orElse(0);
	}

	/** A side of 0 or nothing is automatic and -1 never, as in the dialogs. */
	private Tiling tiling() {
		final int side = whole("tile");
		final int overlap = whole("tile_overlap");
		return new Tiling(side == 0 ? null : (Integer) Math.max(side, 0),
			overlap == 0 ? null : (Integer) overlap);
	}
}
