
package io.github.zimagefiji.command;

import java.io.File;
import java.util.Set;

import org.scijava.ItemIO;
import org.scijava.ItemVisibility;
import org.scijava.object.ObjectService;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;

import ij.ImagePlus;
import ij.WindowManager;
import io.github.zimagefiji.command.common.Conversions;
import io.github.zimagefiji.command.common.MessageText;
import io.github.zimagefiji.command.common.ModelChoice;
import io.github.zimagefiji.command.common.OpenImage;
import io.github.zimagefiji.command.scijava.DialogOrder;
import io.github.zimagefiji.command.scijava.MacroKeys;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.error.ZImageException;
import io.github.zimagefiji.image.CarryOver;
import io.github.zimagefiji.image.SourceImage;
import io.github.zimagefiji.image.source.PlaneChoice;
import io.github.zimagefiji.request.InputImage;
import io.github.zimagefiji.request.IntensityMapping;
import io.github.zimagefiji.request.IntensityRange;
import io.github.zimagefiji.service.LoraText;

/**
 * What commands ask for that start from the active image. The image itself is never changed.
 */
abstract class PictureInputs extends RunCommand {

	/** Stands for any image where another value is checked by itself. */
	static final InputImage PIXEL = new InputImage("any", 1, 1, new float[3], IntensityMapping.RGB);

	/** Of the message about the picture. */
	static final int PICTURE_LINES = 2;

	/** A dialog with everything would not fit on a small screen. */
	private static final Set<String> RARE = Set.of("intensity", "image_count", "steps", "guidance",
		"lora_file", "tile", "tile_overlap", "mask_from", "label");

	// Not required, because what SciJava says of a missing image does not tell
	// what to do. Not remembered, because SciJava
	// would make an empty image of the last one's name.
	@Parameter(label = "Image", required = false, persist = false,
		description = "The image to start from. In macros: its title; the active image if there is none.")
	ImagePlus image;

	@Parameter(label = "Image", visibility = ItemVisibility.MESSAGE, required = false,
		persist = false, description = "Which image is used, and how its values are read.")
	String picture = "";

	@Parameter(label = "Channel", persist = false, callback = "requestChanged",
		validater = "channelProblem",
		description = "Of a multi-channel image, the one to use; 0: up to three channels as red, green and blue.")
	int channel;

	@Parameter(label = "Intensities", choices = { "display", "percentiles", "full" }, persist = false,
		callback = "requestChanged",
		description = "Which values become black and full: the limits of the display (Brightness/Contrast), the 0.35th and " +
			"99.65th percentiles, or all that the pixels can hold (floating point: all that there is). Results have the image's " +
			"type and scale.")
	String intensity = "display";

	@Parameter(label = "Add a LoRA file", style = "extensions:safetensors", required = false,
		persist = false, callback = "loraChosen",
		attrs = { @Attr(name = DialogOrder.NAME, value = DialogOrder.SAMPLING),
			@Attr(name = MacroKeys.DIALOG_ONLY) },
		description = "Adds a file to the LoRAs above.")
	File lora_file;

	@Parameter(type = ItemIO.OUTPUT, label = "Result")
	ImagePlus result;

	@Parameter
	private ObjectService objects;

	private SourceImage basis;
	private final Conversions conversions = new Conversions();

	/** How the image's values are read. */
	IntensityRange range() {
		return IntensityRange.of(intensity);
	}

	/** Which plane is used. */
	PlaneChoice plane() {
		return PlaneChoice.ofChannel(channel);
	}

	/**
	 * The image to start from.
	 *
	 * @throws InvalidInputException if none is open
	 */
	ImagePlus image() {
		if (image == null) throw new InvalidInputException(
			"No image is open. Open the image to start from, then choose " + task().title() +
				"... once more.");
		return image;
	}

	/**
	 * The image that results are like, as a request takes it; {@link #basis()} remembers it.
	 */
	SourceImage basis(final ImagePlus chosen) {
		basis = source(chosen);
		return basis;
	}

	/**
	 * What the last request was made of: the image may have been changed since.
	 */
	SourceImage basis() {
		return basis;
	}

	/** An image, read in the same way. */
	SourceImage source(final ImagePlus other) {
		return conversions.of(SourceImage.class, other,
			() -> SourceImage.of(other, range(), other == image ? plane() : PlaneChoice.SHOWN), range(),
			other == image ? channel : 0);
	}

	/** What was made of images, and is not made twice for one dialog. */
	Conversions conversions() {
		return conversions;
	}

	/** Gives the result what it inherits of its source. */
	void show(final ImagePlus made, final ImagePlus source) {
		CarryOver.between(source, made).forEach(this::caution);
		result = made;
	}

	@Override
	protected boolean isTold(final String sentence) {
		return super.isTold(sentence) || isDialog() && MessageText.says(picture, sentence);
	}

	@Override
	protected void work() {
		conversions.forget();
		try {
			super.work();
		}
		finally {
			conversions.forget();
		}
	}

	@Override
	void complete() {
		if (image == null) image = WindowManager.getCurrentImage();
	}

	@Override
	void completeDialog() {
		image();
		objects.getObjects(OpenImage.class).forEach(objects::removeObject);
		objects.addObject(OpenImage.NONE);
		OpenImage.all().stream().filter(each -> each != image)
			.forEach(each -> objects.addObject(new OpenImage(each)));
	}

	@Override
	public boolean isShown(final String name) {
		final boolean colour = image != null && image.getBitDepth() == 24;
		return super.isShown(name) && switch (name) {
			case "image" -> false;
			case "channel" -> image != null && image.getNChannels() > 1 && !colour;
			case "intensity" -> !colour || areOthersOpen();
			default -> true;
		};
	}

	@Override
	boolean isRare(final String name) {
		return super.isRare(name) || RARE.contains(name);
	}

	/** Whether another image could be chosen. */
	boolean areOthersOpen() {
		return OpenImage.all().stream().anyMatch(each -> each != image);
	}

	@Override
	void tellMore() {
		picture = MessageText.wrapped(aboutPicture(), PICTURE_LINES);
	}

	private String aboutPicture() {
		try {
			return PictureText.of(image(), source(image).input());
		}
		catch (final ZImageException e) {
			return e.getMessage();
		}
	}

	@SuppressWarnings("unused")
	private void loraChosen() {
		if (ModelChoice.isFolder(lora_file)) lora = LoraText.with(lora, lora_file.getPath());
		lora_file = null;
		requestChanged();
	}

	@SuppressWarnings("unused")
	private String channelProblem() {
		return image == null ? "" : problemOf(() -> source(image));
	}
}
