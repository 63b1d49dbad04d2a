
package io.github.zimagefiji.command;

import java.io.File;

import org.scijava.ItemVisibility;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.widget.FileWidget;
import org.scijava.widget.TextWidget;

import io.github.zimagefiji.command.common.MenuCommand;
import io.github.zimagefiji.command.common.ModelName;
import io.github.zimagefiji.command.scijava.DialogOrder;
import io.github.zimagefiji.command.scijava.MacroKeys;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.hub.builtin.BuiltInModel;
import io.github.zimagefiji.request.ComputeOptions;
import io.github.zimagefiji.request.GenerationRequest;
import io.github.zimagefiji.request.Precision;
import io.github.zimagefiji.request.Sampler;
import io.github.zimagefiji.request.TextToImageRequest;
import io.github.zimagefiji.service.LoraText;

/**
 * What the user, macro or script says to every command that makes images, and what is wrong with
 * each value by itself. Commands add their own values; {@link DialogOrder} says where a dialog
 * shows them.
 * <p>
 * What belongs to this machine or saves typing (model, prompt, precision, device, threads) is
 * remembered from one call to the next. What shapes the image is not: a script that leaves it out
 * gets the documented default, whatever the user last typed into the dialog.
 * </p>
 */
public abstract class RequestInputs extends MenuCommand {

	/**
	 * Stands for "as the model needs it" in {@code guidance}, and for "draw one" in {@code seed}.
	 */
	static final int UNSET = -1;

	@Parameter(label = "This run", attrs = @Attr(name = DialogOrder.NAME, value = DialogOrder.FIRST),
		visibility = ItemVisibility.MESSAGE, required = false, persist = false,
		description = "What is wrong, if something is; whether steps and guidance are the model's own, and what the run will need.")
	String estimate = "";

	@Parameter(label = "Model", required = false, callback = "modelChosen",
		validater = "modelProblem",
		description = "The built-in demo, a model in Fiji's folder models/z-image, a folder used lately, or another one. " +
			"In macros: its name.")
	ModelName model;

	@Parameter(label = "Other folder", style = FileWidget.DIRECTORY_STYLE, required = false,
		callback = "folderChosen", validater = "folderProblem",
		description = "The folder of a Z-Image model, as downloaded. Neither model nor folder: " +
			BuiltInModel.NAME + ". " + BuiltInModel.DESCRIPTION)
	File model_folder;

	@Parameter(label = "About it", visibility = ItemVisibility.MESSAGE, required = false,
		persist = false,
		description = "What is known of the model, and what it may not understand in the prompt.")
	String notice = "";

	@Parameter(label = "Prompt", style = TextWidget.AREA_STYLE, required = false,
		callback = "requestChanged", description = "What to show.")
	String prompt = "";

	@Parameter(label = "Avoid", required = false, persist = false, callback = "requestChanged",
		description = "The negative prompt: what not to show. It has an effect only with guidance above 0.")
	String avoid = "";

	@Parameter(label = "Number of images",
		attrs = @Attr(name = DialogOrder.NAME, value = DialogOrder.SAMPLING), persist = false,
		callback = "requestChanged", validater = "countProblem",
		description = "Several images become the slices of one stack.")
	int image_count = 1;

	// The number is drawn before the dialog opens: what is shown is what is used,
	// and what a recorded macro repeats.
	@Parameter(label = "Seed", attrs = @Attr(name = DialogOrder.NAME, value = DialogOrder.SAMPLING),
		style = "format:0", persist = false, callback = "seedTyped", validater = "seedProblem",
		description = "The same seed gives the same image; -1 draws one. The next images use the next numbers.")
	long seed = UNSET;

	@Parameter(label = "New seed each time", required = false, callback = "randomizeChanged",
		attrs = { @Attr(name = DialogOrder.NAME, value = DialogOrder.SAMPLING),
			@Attr(name = MacroKeys.DIALOG_ONLY) },
		description = "Each time this dialog opens it shows another seed; otherwise the last one.")
	boolean randomize = true;

	@Parameter(label = "Steps", attrs = @Attr(name = DialogOrder.NAME, value = DialogOrder.SAMPLING),
		persist = false, callback = "requestChanged", validater = "stepsProblem",
		description = "Sampling steps; 0: as many as the model needs (Turbo 8, base 50, built-in demo 16).")
	int steps;

	@Parameter(label = "Guidance",
		attrs = @Attr(name = DialogOrder.NAME, value = DialogOrder.SAMPLING), persist = false,
		stepSize = "0.5", callback = "requestChanged", validater = "guidanceProblem",
		description = "How closely to follow the prompt; 0 is off, -1: as the model needs it (Turbo 0, base 4, built-in demo 1, for control and editing 0).")
	double guidance = UNSET;

	@Parameter(label = "Sampler", choices = { "euler", "heun" }, persist = false,
		attrs = @Attr(name = DialogOrder.NAME, value = DialogOrder.SAMPLING),
		callback = "requestChanged",
		description = "How a step goes to the next noise level: euler with one evaluation of the transformer, heun with two, " +
			"which is nearer to the limit of many steps and takes nearly twice the time.")
	String sampler = "euler";

	@Parameter(label = "LoRAs", required = false, persist = false, callback = "requestChanged",
		validater = "loraProblem", attrs = @Attr(name = DialogOrder.NAME, value = DialogOrder.SAMPLING),
		description = "LoRA files (safetensors) that change the model: file or file:scale; several are separated by |. The " +
			"scale is 1 unless given; 0 is none. A file that fits the model only in part needs :partial at its end.")
	String lora = "";

	@Parameter(label = "Precision",
		attrs = @Attr(name = DialogOrder.NAME, value = DialogOrder.MACHINE),
		choices = { "auto", "float32", "bfloat16" }, callback = "requestChanged",
		validater = "precisionProblem",
		description = "Number format of the model's weights; bfloat16 needs half the memory.")
	String precision = "auto";

	@Parameter(label = "Device", attrs = @Attr(name = DialogOrder.NAME, value = DialogOrder.MACHINE),
		callback = "requestChanged", validater = "deviceProblem",
		description = "cpu, cuda:0 (first NVIDIA GPU), cuda:1, …, mps (Apple), or auto.")
	String device = "auto";

	@Parameter(label = "Threads", attrs = @Attr(name = DialogOrder.NAME, value = DialogOrder.MACHINE),
		callback = "requestChanged", validater = "threadsProblem",
		description = "Processor threads; 0 for automatic.")
	int threads;

	@Parameter(label = "More values", required = false,
		attrs = { @Attr(name = DialogOrder.NAME, value = DialogOrder.LAST),
			@Attr(name = MacroKeys.DIALOG_ONLY) },
		description = "OK shows this dialog again, with values that are rarely changed; next time it opens with them.")
	boolean more_values;

	/**
	 * The values as a request.
	 *
	 * @throws InvalidInputException if one is out of range, or a picture cannot be used
	 */
	abstract GenerationRequest request();

	/**
	 * The values that all requests have.
	 *
	 * @throws InvalidInputException if one cannot be used
	 */
	TextToImageRequest.Builder text() {
		return anyRequest().prompt(prompt == null ? "" : prompt).negativePrompt(avoid)
			.steps(orNull(steps, 0)).guidance(guidance == UNSET ? null : (Double) guidance).seed(seed)
			.count(image_count).sampler(Sampler.of(sampler)).loras(LoraText.parse(lora));
	}

	/**
	 * How to compute it.
	 *
	 * @throws InvalidInputException if a value is not known
	 */
	ComputeOptions compute() {
		return new ComputeOptions(device, Precision.of(precision), threads);
	}

	static Integer orNull(final int value, final int unset) {
		return value == unset ? null : (Integer) value;
	}

	// -- what SciJava shows beside a value that cannot be used; empty if it can
	// --

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
	private String loraProblem() {
		return problemOf(() -> LoraText.parse(lora));
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

	static TextToImageRequest.Builder anyRequest() {
		return TextToImageRequest.builder("");
	}

	/** The sentence of a check that fails; empty if it does not. */
	public static String problemOf(final Runnable check) {
		try {
			check.run();
			return "";
		}
		catch (final InvalidInputException e) {
			return e.getMessage();
		}
	}
}
