
package io.github.zimagefiji.command;

import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.ImagePlus;
import io.github.zimagefiji.GenerationResult;
import io.github.zimagefiji.command.scijava.MacroRecorder;
import io.github.zimagefiji.request.ImageToImageRequest;
import io.github.zimagefiji.request.InpaintRequest;
import io.github.zimagefiji.request.Task;

/**
 * Paints a part of the active image anew; the rest comes back as it was, to the bit.
 */
@Plugin(type = Command.class, headless = true,
	menu = { @Menu(label = MenuPlace.PLUGINS, weight = MenuPlace.PLUGINS_WEIGHT),
		@Menu(label = MenuPlace.Z_IMAGE), @Menu(label = "Inpaint...", weight = 12) },
	attrs = { @Attr(name = MacroRecorder.ATTRIBUTE), @Attr(name = MacroRecorder.NOT_BY_FIJI) })
public class Inpaint extends MaskedPictureInputs {

	@Parameter(label = "Strength", persist = false, stepSize = "0.05", callback = "requestChanged",
		validater = "strengthProblem",
		description = "How much is changed within the mask: just above 0 as good as nothing, 1 everything.")
	double strength = InpaintRequest.DEFAULT_STRENGTH;

	@Override
	Task task() {
		return Task.INPAINT;
	}

	@Override
	ImagePlus target() {
		return image;
	}

	/** Without a selection, only another image could say where to paint. */
	@Override
	void completeDialog() {
		super.completeDialog();
		if (!areOthersOpen()) mask(image());
	}

	@Override
	InpaintRequest request() {
		return new InpaintRequest(text().build(), basis(image()).input(), mask(image()), strength,
			feather, tiling(), false);
	}

	@Override
	void show(final GenerationResult generated) {
		show(basis().restore(generated.images()), image);
	}

	@SuppressWarnings("unused")
	private String strengthProblem() {
		return problemOf(() -> new ImageToImageRequest(anyRequest().build(), PIXEL, strength));
	}
}
