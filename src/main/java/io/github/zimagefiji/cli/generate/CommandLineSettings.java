
package io.github.zimagefiji.cli.generate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.zimagefiji.request.ImageToImageRequest;
import io.github.zimagefiji.request.InpaintRequest;
import io.github.zimagefiji.request.Task;
import io.github.zimagefiji.request.setting.Setting;
import io.github.zimagefiji.request.setting.Settings;
import io.github.zimagefiji.request.setting.ValueType;

/**
 * Which {@link Setting}s a subcommand has, in the order of its help, and those that only the
 * command line has.
 */
final class CommandLineSettings {

	static final Setting<Path> PROMPT_FILE = Setting.of("prompt_file", ValueType.FILE, "FILE",
		"A text file (UTF-8) that holds the prompt; safe on systems whose command line cannot carry every letter, " +
			"such as Windows.");
	static final Setting<List<Object>> EDITED = Setting.of("image", ValueType.PICTURES, "FILE",
		"The image; sides of at least 64 pixels. May be given several times, in the order in which the instruction " +
			"counts them; the result has the size, and as TIFF the type and scale, of the last.");
	static final Setting<Integer> SLICE =
		Setting.of("slice", ValueType.WHOLE, "N", "The slice of a stack to take, from 1.").otherwise(0,
			"the only one");
	static final Setting<Integer> FRAME =
		Setting.of("frame", ValueType.WHOLE, "N", "The frame of a time series to take, from 1.")
			.otherwise(0, "the only one");
	static final Setting<Boolean> MASK_LABELS = Setting.of("mask_labels", ValueType.TRUTH, "",
		"The mask is a label image: every pixel above 0 is painted. Otherwise what is bright is painted.");
	static final Setting<Integer> LABEL = Setting.of("label", ValueType.WHOLE, "N",
		"The mask is a label image: only the pixels of label N are painted.");
	static final Setting<Integer> MASK_CHANNEL =
		Setting.of("mask_channel", ValueType.WHOLE, "N", "The channel of the mask to take, from 1.")
			.otherwise(0, "the only one");
	static final Setting<Integer> MASK_SLICE =
		Setting.of("mask_slice", ValueType.WHOLE, "N", "The slice of the mask to take, from 1.")
			.otherwise(null, "that of the image");
	static final Setting<Path> OUTPUT = Setting.of("output", ValueType.FILE, "FILE",
		"The image: .png (8-bit colour), .tif or .tiff (8-bit colour, or the type and scale of the image that was " +
			"given). Several images become FILE-0.png, FILE-1.png, … An existing file is replaced.");
	static final Setting<Path> SAVE_LATENTS = Setting.of("save_latents", ValueType.FILE, "FILE",
		"Also write the final latents: a safetensors file with one float32 tensor, latents, of shape (count, 16, " +
			"height/8, width/8).");
	static final Setting<Path> TIMINGS = Setting.of("timings", ValueType.FILE, "FILE",
		"Also write how long each part took (seconds) and the peak memory (bytes), as JSON.");
	static final Setting<Boolean> QUIET =
		Setting.of("quiet", ValueType.TRUTH, "", "Print nothing but warnings and errors.");
	/** Read by the program's handler of errors. */
	static final Setting<Boolean> DEBUG = Setting.of("debug", ValueType.TRUTH, "",
		"After an error, print where in the program it happened.");

	/** What only means something with a mask, beside {@link Settings#FEATHER}. */
	static final List<Setting<?>> OF_MASKS = List.of(MASK_LABELS, LABEL, MASK_CHANNEL, MASK_SLICE);

	private CommandLineSettings() {
		// only constants
	}

	/**
	 * What a subcommand has before that which all of them have: the settings of its kind, and how the
	 * files of its pictures are read.
	 */
	static List<Setting<?>> own(final Task task) {
		final List<Setting<?>> own = new ArrayList<>();
		for (final Setting<?> each : Settings.of(task)) {
			if (!each.equals(Settings.IMAGES)) own.add(here(task, each));
			if (each.equals(Settings.MASK)) own.addAll(OF_MASKS);
			if (each.equals(Settings.CHANNEL)) own.addAll(List.of(SLICE, FRAME));
		}
		return own;
	}

	/** A setting as a subcommand explains it. */
	private static Setting<?> here(final Task task, final Setting<?> setting) {
		if (setting.equals(Settings.TILE))
			return setting.saying("Compute in tiles of N × N pixels, a multiple of 16; 0 for one piece.");
		if (setting.equals(Settings.STRENGTH)) return Settings.STRENGTH.otherwise(task == Task.INPAINT
			? InpaintRequest.DEFAULT_STRENGTH : ImageToImageRequest.DEFAULT_STRENGTH);
		if (setting.equals(Settings.MASK) && task == Task.CONTROL)
			return setting.saying("Where to paint in the image.");
		if (!setting.equals(Settings.IMAGE)) return setting;
		return switch (task) {
			case EDIT -> EDITED;
			case OUTPAINT -> setting
				.saying("The image: TIFF, PNG, JPEG, GIF, BMP, DICOM, FITS or PGM; of any size.");
			case CONTROL -> setting
				.saying("An image of the control picture's size to paint into; needs --mask.");
			default -> setting;
		};
	}

	/** What all subcommands have, beside the prompt. */
	static List<Setting<?>> common() {
		final List<Setting<?>> common = new ArrayList<>(Settings.TEXT);
		common.removeAll(List.of(Settings.PROMPT, Settings.WIDTH, Settings.HEIGHT, Settings.SEED));
		common.add(common.indexOf(Settings.COUNT), Settings.SEED.otherwise(null, "drawn and printed"));
		common.addAll(Settings.MODEL_AND_COMPUTE);
		common.removeAll(List.of(Settings.LORA, Settings.LORAS));
		common.add(common.indexOf(Settings.MODEL),
			Settings.LORA.saying(Settings.LORA.help() + " May be given several times."));
		common.addAll(List.of(OUTPUT, SAVE_LATENTS, TIMINGS, QUIET, DEBUG));
		return common;
	}

	/** Whether a subcommand does nothing without it. */
	static boolean isRequired(final Task task, final Setting<?> setting) {
		return switch (setting.name()) {
			case "output", "control_image" -> true;
			case "image", "mask" -> task != Task.CONTROL;
			default -> false;
		};
	}
}
