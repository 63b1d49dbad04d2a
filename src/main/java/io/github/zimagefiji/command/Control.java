
package io.github.zimagefiji.command;

import java.io.File;
import java.nio.file.Path;
import java.util.Set;

import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.ImagePlus;
import io.github.zimagefiji.GenerationResult;
import io.github.zimagefiji.ModelVariant;
import io.github.zimagefiji.command.common.DialogFacts;
import io.github.zimagefiji.command.common.ModelChoice;
import io.github.zimagefiji.command.common.OpenImage;
import io.github.zimagefiji.command.scijava.MacroRecorder;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.hub.builtin.BuiltInModel;
import io.github.zimagefiji.image.ControlPreprocessor;
import io.github.zimagefiji.image.Images;
import io.github.zimagefiji.request.ControlRequest;
import io.github.zimagefiji.request.InputImage;
import io.github.zimagefiji.request.Task;

/**
 * Makes an image whose composition follows the active image, such as labels, edges or depth.
 */
@Plugin(type = Command.class, headless = true,
	menu = { @Menu(label = MenuPlace.PLUGINS, weight = MenuPlace.PLUGINS_WEIGHT),
		@Menu(label = MenuPlace.Z_IMAGE), @Menu(label = "Control...", weight = 14) },
	attrs = { @Attr(name = MacroRecorder.ATTRIBUTE), @Attr(name = MacroRecorder.NOT_BY_FIJI) })
public class Control extends MaskedPictureInputs {

	/** What only matters to those who paint into another image. */
	private static final Set<String> PAINTING = Set.of("paint_into", "mask", "feather");

	@Parameter(label = "Preprocessor",
		choices = { "none", "edges", "label-boundaries", "filled-labels", "mask", "depth",
			"inverted-depth" },
		persist = false, callback = "requestChanged",
		description = "How the control picture is made of the active image. none: it is one already. labels: of a label image. " +
			"depth: larger values are nearer; inverted: farther.")
	String preprocessor = "none";

	@Parameter(label = "ControlNet", required = false, callback = "requestChanged",
		validater = "controlnetProblem", style = "both",
		description = "A safetensors file, or a folder with config.json. None: the built-in one, which goes " +
			"with the built-in demo model and follows masks and labels of nuclei.")
	File controlnet;

	@Parameter(label = "Control scale", persist = false, stepSize = "0.05",
		callback = "requestChanged", validater = "scaleProblem",
		description = "How strongly the picture is followed: 0 not at all, 1 as in training.")
	double control_scale = ControlRequest.DEFAULT_SCALE;

	@Parameter(label = "Paint into", required = false, persist = false, callback = "requestChanged",
		validater = "targetProblem",
		description = "An open image of the same size, of which only the masked part is painted. In macros: its title. None: " +
			"a new image is made, and the mask does not matter.")
	OpenImage paint_into;

	@Override
	Task task() {
		return Task.CONTROL;
	}

	@Override
	ImagePlus target() {
		return OpenImage.isChosen(paint_into) ? paint_into.get() : null;
	}

	@Override
	ControlRequest request() {
		final ControlPreprocessor kind = ControlPreprocessor.of(preprocessor);
		final InputImage control = conversions().of(InputImage.class, image(),
			() -> kind.make(image, range(), plane()), kind, range(), channel);
		final ImagePlus target = target();
		if (target == null) return new ControlRequest(text().build(), network(), control, control_scale,
			null, null, 0, tiling(), false);
		return new ControlRequest(text().build(), network(), control, control_scale,
			basis(target).input(), mask(target), feather, tiling(), false);
	}

	@Override
	public boolean isShown(final String name) {
		return super.isShown(name) && (!PAINTING.contains(name) || areOthersOpen());
	}

	@Override
	boolean isRare(final String name) {
		return super.isRare(name) || PAINTING.contains(name) || name.equals("channel");
	}

	private Path network() {
		if (ModelChoice.isFolder(controlnet)) return controlnet.toPath();
		if (variant(DialogFacts.patience()) == ModelVariant.BUILT_IN) return BuiltInModel.controlNet();
		throw new InvalidInputException(
			"Choose a ControlNet that was made for this model: a safetensors file, or a folder with config.json.");
	}

	@Override
	void show(final GenerationResult generated) {
		final ImagePlus target = target();
		if (target == null) show(Images.toImagePlus(generated), image);
		else show(basis().restore(generated.images()), target);
	}

	@SuppressWarnings("unused")
	private String controlnetProblem() {
		return isDialog() ? problemOf(this::network) : "";
	}

	@SuppressWarnings("unused")
	private String targetProblem() {
		return problemOf(this::target);
	}

	@SuppressWarnings("unused")
	private String scaleProblem() {
		return problemOf(
			() -> new ControlRequest(anyRequest().build(), Path.of(""), PIXEL, control_scale));
	}
}
