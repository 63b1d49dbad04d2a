package io.github.zimagefiji.command;

import java.io.File;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.command.ContextCommand;
import org.scijava.log.LogService;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.ui.UIService;
import org.scijava.widget.FileWidget;
import org.scijava.widget.TextWidget;

import ij.ImagePlus;
import io.github.zimagefiji.ComputeOptions;
import io.github.zimagefiji.GenerationResult;
import io.github.zimagefiji.InvalidInputException;
import io.github.zimagefiji.Precision;
import io.github.zimagefiji.RunCanceledException;
import io.github.zimagefiji.TextToImageRequest;
import io.github.zimagefiji.ZImageException;
import io.github.zimagefiji.hub.Advice;
import io.github.zimagefiji.hub.BuiltInModel;
import io.github.zimagefiji.image.Images;
import io.github.zimagefiji.service.ZImageService;

/**
 * Makes images from a prompt.
 * <p>
 * What belongs to this machine or saves typing (model, prompt, precision, device, threads) is remembered from one call
 * to the next. What shapes the image is not: a script that leaves it out gets the documented default, whatever somebody
 * last typed into the dialog.
 * </p>
 */
@Plugin(type = Command.class, headless = true, menuPath = "Plugins>Z-Image>Text to Image...")
public class TextToImage extends ContextCommand {

	/** Stands for "as the model needs it" in {@code guidance}, and for "draw one" in {@code seed}. */
	private static final int UNSET = -1;

	/** PyTorch's generator on a processor uses no more than 32 bits of a seed. */
	private static final long SEEDS = 1L << 32;

	@Parameter(label = "Model folder (empty: built-in demo)", style = FileWidget.DIRECTORY_STYLE, required = false,
		description = "The folder of a Z-Image model, as downloaded. Empty: " + BuiltInModel.NAME + ". " +
			BuiltInModel.DESCRIPTION)
	private File model_folder;

	@Parameter(label = "Prompt", style = TextWidget.AREA_STYLE, required = false, description = "What to show.")
	private String prompt = "";

	@Parameter(label = "Avoid", style = TextWidget.AREA_STYLE, required = false, persist = false,
		description = "The negative prompt: what not to show. It has an effect only with guidance above 0.")
	private String avoid = "";

	@Parameter(label = "Width (pixels)", persist = false, stepSize = "16", validater = "widthProblem",
		description = "A multiple of 16; 0: as the model needs (1024, built-in demo 128).")
	private int width;

	@Parameter(label = "Height (pixels)", persist = false, stepSize = "16", validater = "heightProblem",
		description = "A multiple of 16; 0: as the model needs (1024, built-in demo 128).")
	private int height;

	@Parameter(label = "Steps", persist = false, validater = "stepsProblem",
		description = "Sampling steps; 0: as many as the model needs (Turbo 8, base 50, built-in demo 16).")
	private int steps;

	@Parameter(label = "Guidance", persist = false, stepSize = "0.5", validater = "guidanceProblem",
		description = "How closely to follow the prompt; 0 is off, -1: as the model needs it (Turbo 0, base 4, built-in demo 1).")
	private double guidance = UNSET;

	// A new number at each call, shown in the dialog: the macro recorder then writes one that makes this image again.
	@Parameter(label = "Seed", style = "format:0", persist = false, initializer = "drawSeed",
		validater = "seedProblem",
		description = "The same seed gives the same image; -1 draws one. The next images use the next numbers.")
	private long seed = UNSET;

	@Parameter(label = "Number of images", persist = false, validater = "countProblem",
		description = "Several images become the slices of one stack.")
	private int image_count = 1;

	@Parameter(label = "Precision", choices = { "auto", "float32", "bfloat16" }, validater = "precisionProblem",
		description = "Number format of the model's weights; bfloat16 needs half the memory.")
	private String precision = "auto";

	@Parameter(label = "Device", validater = "deviceProblem",
		description = "cpu, cuda:0 (first NVIDIA GPU), cuda:1, …, mps (Apple), or auto.")
	private String device = "auto";

	@Parameter(label = "Threads", validater = "threadsProblem", description = "Processor threads; 0 for automatic.")
	private int threads;

	@Parameter(type = ItemIO.OUTPUT, label = "Image")
	private ImagePlus image;

	@Parameter
	private ZImageService zimage;

	@Parameter
	private LogService log;

	@Parameter(required = false)
	private UIService ui;

	@Override
	public void run() {
		try {
			image = Images.toImagePlus(generate());
		}
		catch (final RunCanceledException e) {
			cancel(e.getMessage());
		}
		catch (final ZImageException e) {
			// A person reads the reason of a cancelled command in a message; a script needs something to stop it.
			if (!isSomeoneThere()) throw e;
			cancel(e.getMessage());
		}
	}

	private boolean isSomeoneThere() {
		return ui != null && !ui.isHeadless() && ui.getDefaultUI() != null && ui.isVisible();
	}

	private GenerationResult generate() {
		// A dialog gives an emptied field as a file without a name.
		final Path model = model_folder == null || model_folder.getPath().isBlank() ? zimage.builtInModel() : model_folder.toPath();
		final ComputeOptions compute = new ComputeOptions(device, Precision.of(precision), threads);
		final TextToImageRequest request = request();
		Advice.on(zimage.inspect(model), request).forEach(log::warn);
		try (RunDisplay display = new RunDisplay(context(), "Text to Image", request.prompt(), this)) {
			return zimage.generate(model, compute, request, display);
		}
	}

	private TextToImageRequest request() {
		drawSeed();
		return TextToImageRequest.builder(prompt == null ? "" : prompt)
			.negativePrompt(avoid)
			.size(width == 0 ? null : (Integer) width, height == 0 ? null : (Integer) height)
			.steps(steps == 0 ? null : (Integer) steps)
			.guidance(guidance == UNSET ? null : (Double) guidance)
			.seed(seed)
			.count(image_count)
			.build();
	}

	private void drawSeed() {
		if (seed == UNSET) seed = ThreadLocalRandom.current().nextLong(SEEDS);
	}

	// -- what SciJava shows beside a value that cannot be used; empty if it can --

	@SuppressWarnings("unused")
	private String widthProblem() {
		return width == 0 ? "" : problemOf(() -> anyRequest().size(width, 16).build());
	}

	@SuppressWarnings("unused")
	private String heightProblem() {
		return height == 0 ? "" : problemOf(() -> anyRequest().size(16, height).build());
	}

	@SuppressWarnings("unused")
	private String stepsProblem() {
		return steps == 0 ? "" : problemOf(() -> anyRequest().steps(steps).build());
	}

	@SuppressWarnings("unused")
	private String guidanceProblem() {
		return guidance == UNSET ? "" : problemOf(() -> anyRequest().guidance(guidance).build());
	}

	@SuppressWarnings("unused")
	private String seedProblem() {
		return seed == UNSET ? "" : problemOf(() -> anyRequest().seed(seed).build());
	}

	@SuppressWarnings("unused")
	private String countProblem() {
		return problemOf(() -> anyRequest().count(image_count).build());
	}

	@SuppressWarnings("unused")
	private String precisionProblem() {
		return problemOf(() -> Precision.of(precision));
	}

	@SuppressWarnings("unused")
	private String deviceProblem() {
		return problemOf(() -> new ComputeOptions(device, Precision.AUTO, 0));
	}

	@SuppressWarnings("unused")
	private String threadsProblem() {
		return problemOf(() -> new ComputeOptions("auto", Precision.AUTO, threads));
	}

	private static TextToImageRequest.Builder anyRequest() {
		return TextToImageRequest.builder("");
	}

	private static String problemOf(final Supplier<?> check) {
		try {
			check.get();
			return "";
		}
		catch (final InvalidInputException e) {
			return e.getMessage();
		}
	}
}
