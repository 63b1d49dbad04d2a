
package io.github.zimagefiji.request.setting;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;

import io.github.zimagefiji.request.ComputeOptions;
import io.github.zimagefiji.request.ControlRequest;
import io.github.zimagefiji.request.ImageToImageRequest;
import io.github.zimagefiji.request.InpaintRequest;
import io.github.zimagefiji.request.IntensityRange;
import io.github.zimagefiji.request.OutpaintRequest;
import io.github.zimagefiji.request.Precision;
import io.github.zimagefiji.request.Sampler;
import io.github.zimagefiji.request.Task;
import io.github.zimagefiji.request.TextToImageRequest;
import io.github.zimagefiji.request.TextToImageRequest.Builder;
import io.github.zimagefiji.request.Tiling;

/** All {@link Setting}s, and which of them a kind of request has. */
public final class Settings {

	// -- prompt and sampling, in the order of provenance --

	public static final Setting<String> PROMPT =
		Setting.of("prompt", ValueType.TEXT, "TEXT", "What to show; may be empty (\"\").").otherwise("")
			.in(TextToImageRequest::prompt, Builder::prompt);
	public static final Setting<String> NEGATIVE_PROMPT = Setting
		.of("negative_prompt", ValueType.TEXT, "TEXT",
			"What to avoid; has an effect only with guidance above 0.")
		.also("negative", "avoid").otherwise("")
		.in(TextToImageRequest::negativePrompt, Builder::negativePrompt);
	public static final Setting<Integer> WIDTH =
		side("width", TextToImageRequest::width, "Pixels, a multiple of 16.", Builder::width);
	public static final Setting<Integer> HEIGHT =
		side("height", TextToImageRequest::height, "Pixels, a multiple of 16.", Builder::height);
	public static final Setting<Integer> STEPS =
		Setting.of("steps", ValueType.WHOLE, "N", "Sampling steps, 1 to 1000.")
			.otherwise(null, "as the model needs (Turbo 8, base 50, built-in demo 16)")
			.in(TextToImageRequest::steps, Builder::steps);
	public static final Setting<Double> GUIDANCE =
		Setting.of("guidance", ValueType.NUMBER, "X", "Guidance scale; 0 is off.")
			.otherwise(null,
				"as the model needs (Turbo 0, base 4, built-in demo 1, for control and editing 0)")
			.in(TextToImageRequest::guidance, Builder::guidance);
	public static final Setting<Double> CFG_NORMALIZATION = Setting
		.of("cfg_normalization", ValueType.NUMBER, "X",
			"Largest norm of the guided prediction relative to the unguided one; 0 is off.")
		.otherwise(0.0).in(TextToImageRequest::cfgNormalization, Builder::cfgNormalization);
	public static final Setting<Double> CFG_TRUNCATION = Setting
		.of("cfg_truncation", ValueType.NUMBER, "X",
			"Normalized time (0 to 1) after which guidance is dropped.")
		.otherwise(1.0, "1 (never)").in(TextToImageRequest::cfgTruncation, Builder::cfgTruncation);
	public static final Setting<List<Double>> SIGMAS = Setting
		.of("sigmas", ValueType.NUMBERS, "a,b,…",
			"Noise levels before the scheduler's shift, decreasing within (0, 1]; one step for each.")
		.otherwise(List.of(), "evenly spaced").in(TextToImageRequest::sigmas, Builder::sigmas);
	public static final Setting<Integer> MAX_TOKENS = Setting
		.of("max_tokens", ValueType.WHOLE, "N", "Longest prompt in tokens; what is beyond is dropped.")
		.otherwise(TextToImageRequest.DEFAULT_MAX_TOKENS)
		.in(TextToImageRequest::maxTokens, Builder::maxTokens);
	public static final Setting<Sampler> SAMPLER = Setting.of("sampler",
		ValueType.named(Sampler.class, Sampler::of), "NAME",
		"How a step goes to the next noise level: euler (one evaluation of the transformer), or heun (two, except " +
			"in the last step: nearer to the limit of many steps, in nearly twice the time).")
		.otherwise(Sampler.EULER, "euler").in(TextToImageRequest::sampler, Builder::sampler)
		.sinceLater();
	public static final Setting<Long> SEED =
		Setting.of("seed", ValueType.LONG, "N", "Seed of the first image; the next ones use N + 1, …")
			.otherwise(0L).in(TextToImageRequest::seed, Builder::seed);
	public static final Setting<Integer> COUNT =
		Setting.of("count", ValueType.WHOLE, "N", "Number of images.").also("image_count").otherwise(1)
			.in(TextToImageRequest::count, Builder::count);

	/** Those of prompt and sampling that few requests set. */
	public static final List<Setting<?>> RARE =
		List.of(CFG_NORMALIZATION, CFG_TRUNCATION, SIGMAS, MAX_TOKENS, SAMPLER);

	/** Prompt and sampling, in the order of provenance. */
	public static final List<Setting<?>> TEXT = list(
		List.of(PROMPT, NEGATIVE_PROMPT, WIDTH, HEIGHT, STEPS, GUIDANCE), RARE, List.of(SEED, COUNT));

	// -- the model, and on what it is computed --

	public static final Setting<List<Object>> LORA =
		Setting.of("lora", ValueType.LORAS, "FILE[:X][:partial]",
			"A LoRA (.safetensors) and how much of it to add, -100 to 100, 1 if not said. A file of " +
				"which only a part fits the model is refused, unless :partial is written behind it.");
	public static final Setting<List<Object>> LORAS =
		Setting.of("loras", ValueType.LORAS, "FILES", "Several of them, as a list.");
	public static final Setting<Path> MODEL = Setting
		.of("model", ValueType.FILE, "DIR",
			"The model's folder, as downloaded (the layout of Hugging Face diffusers).")
		.otherwise(null, "the built-in demo model (microscopy, 128 px)");
	public static final Setting<Precision> PRECISION =
		Setting
			.of("precision", ValueType.named(Precision.class, Precision::of), "NAME",
				"Number format of the weights: float32, bfloat16 or auto.")
			.otherwise(Precision.AUTO, "auto");
	public static final Setting<String> DEVICE =
		Setting.of("device", ValueType.TEXT, "NAME", "cpu, cuda:N (N counts from 0), mps, or auto.")
			.otherwise("auto").checked(value -> new ComputeOptions(value, Precision.AUTO, 0));
	public static final Setting<Integer> THREADS =
		Setting.of("threads", ValueType.WHOLE, "N", "Processor threads; 0 for automatic.").otherwise(0)
			.checked(value -> new ComputeOptions("auto", Precision.AUTO, value));

	/** Which model is used, and on what it is computed. */
	public static final List<Setting<?>> MODEL_AND_COMPUTE =
		List.of(LORA, LORAS, MODEL, PRECISION, DEVICE, THREADS);

	// -- pictures --

	public static final Setting<Object> IMAGE = Setting.of("image", ValueType.PICTURE, "FILE",
		"The image: TIFF, PNG, JPEG, GIF, BMP, DICOM, FITS or PGM; of any size. The result has its size.");
	public static final Setting<List<Object>> IMAGES = Setting.of("images", ValueType.PICTURES,
		"FILE", "The images, in the order of the instruction.");
	public static final Setting<Object> MASK = Setting.of("mask", ValueType.PICTURE, "FILE",
		"Where to paint, of the image's size: bright is painted. With --mask-labels or --label a label image.");
	public static final Setting<Object> CONTROL_IMAGE = Setting.of("control_image", ValueType.PICTURE,
		"FILE", "The control picture, or what it is made of.");
	public static final Setting<Path> CONTROL_MODEL = Setting
		.of("control_model", ValueType.FILE, "DIR|FILE",
			"The ControlNet: a folder with config.json and weights, or a safetensors file.")
		.otherwise(null, "the built-in model's, which follows masks and label images");
	public static final Setting<String> PREPROCESSOR = Setting
		.of("preprocessor", ValueType.TEXT, "NAME",
			"How the control picture is made: none (it is one already), edges, label-boundaries or " +
				"filled-labels (of a label image), mask, depth, inverted-depth (bright is far).")
		.also("control_from").otherwise("none");
	public static final Setting<IntensityRange> INTENSITY =
		Setting.of("intensity", ValueType.named(IntensityRange.class, IntensityRange::of), "NAME",
			"Which values become black and full: display (the display range in an ImageJ TIFF, else " +
				"as full), percentiles (0.35 and 99.65), or full (all that 8 or 16 bits hold; of 32-bit " +
				"images least to largest).")
			.otherwise(IntensityRange.DISPLAY, "display");
	public static final Setting<Integer> CHANNEL =
		Setting.of("channel", ValueType.WHOLE, "N", "The channel to take, from 1.").otherwise(0,
			"all together, up to three, as red, green and blue");
	public static final Setting<Boolean> REFERENCE = Setting.of("reference", ValueType.TRUTH, "",
		"Do exactly what the reference does: resize images to multiples of 16, and do not put the " +
			"image's own pixels back where nothing was to change.")
		.otherwise(false);
	public static final Setting<Double> STRENGTH = Setting
		.of("strength", ValueType.NUMBER, "X",
			"How much is changed: above 0 (as good as nothing) up to 1 (nothing is kept).")
		.checked(ImageToImageRequest::checkStrength);
	public static final Setting<Integer> FEATHER = Setting
		.of("feather", ValueType.WHOLE, "N",
			"Pixels inside the mask's edge over which old and new are mixed.")
		.otherwise(0).checked(InpaintRequest::checkFeather);
	public static final Setting<Integer> LEFT = border("left", "at the left");
	public static final Setting<Integer> RIGHT = border("right", "at the right");
	public static final Setting<Integer> TOP = border("top", "at the top");
	public static final Setting<Integer> BOTTOM = border("bottom", "at the bottom");
	public static final Setting<Double> CONTROL_SCALE = Setting
		.of("control_scale", ValueType.NUMBER, "X", "How strongly it is followed; 0 for not at all.")
		.otherwise(ControlRequest.DEFAULT_SCALE).checked(ControlRequest::checkScale);
	/** 0 for automatic, -1 for one piece. */
	public static final Setting<Integer> TILE =
		Setting.of("tile", ValueType.WHOLE, "N", "Compute in tiles of N × N pixels, a multiple of 16.")
			.otherwise(0, "the model's size, for images more than a quarter larger")
			.checked(value -> tiling(value, 0));
	/** 0 for automatic. */
	public static final Setting<Integer> TILE_OVERLAP = Setting
		.of("tile_overlap", ValueType.WHOLE, "N",
			"Pixels that neighbouring tiles share, a multiple of 16.")
		.otherwise(0, "a quarter of the tile").checked(value -> tiling(0, value));

	private static final List<Setting<?>> SIZE = List.of(WIDTH, HEIGHT);
	private static final List<Setting<?>> READING = List.of(INTENSITY, CHANNEL, REFERENCE);
	private static final List<Setting<?>> TILES = List.of(TILE, TILE_OVERLAP);
	private static final Map<Task, List<Setting<?>>> OF_TASKS = Map.of( //
		Task.TEXT_TO_IMAGE, SIZE, //
		Task.IMAGE_TO_IMAGE, list(List.of(IMAGE, STRENGTH), READING, TILES), //
		Task.INPAINT, list(List.of(IMAGE, MASK, FEATHER, STRENGTH), READING, TILES), //
		Task.OUTPAINT, list(List.of(IMAGE, LEFT, RIGHT, TOP, BOTTOM), READING, TILES), //
		Task.CONTROL,
		list(List.of(CONTROL_MODEL, CONTROL_IMAGE, PREPROCESSOR, CONTROL_SCALE, IMAGE, MASK, FEATHER),
			READING, TILES, SIZE), //
		Task.EDIT, list(List.of(IMAGE, IMAGES), READING, SIZE));

	private Settings() {
		// only constants
	}

	/**
	 * What a kind of request has beside {@link #TEXT}, which is the same for all; width and height
	 * are named here too where pictures do not decide them.
	 */
	public static List<Setting<?>> of(final Task task) {
		return OF_TASKS.get(task);
	}

	/** How an image is computed in parts, as {@link #TILE} and {@link #TILE_OVERLAP} say. */
	static Tiling tiling(final int side, final int overlap) {
		return new Tiling(side == 0 ? null : Integer.valueOf(side == -1 ? 0 : side),
			overlap == 0 ? null : (Integer) overlap);
	}

	@SafeVarargs
	private static List<Setting<?>> list(final List<Setting<?>>... groups) {
		return Arrays.stream(groups).flatMap(List::stream).toList();
	}

	private static Setting<Integer> side(final String name,
		final Function<TextToImageRequest, Integer> get, final String help,
		final BiConsumer<Builder, Integer> set)
	{
		return Setting.of(name, ValueType.WHOLE, "N", help)
			.otherwise(null,
				"as the model needs (1024, built-in demo 128), or that of the picture that is given")
			.in(get, set);
	}

	private static Setting<Integer> border(final String name, final String where) {
		return Setting.of(name, ValueType.WHOLE, "N", "Pixels to add " + where + ".").otherwise(0)
			.checked(value -> OutpaintRequest.checkBorder(name, value));
	}
}
