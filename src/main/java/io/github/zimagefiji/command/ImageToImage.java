
package io.github.zimagefiji.command;

import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import io.github.zimagefiji.GenerationResult;
import io.github.zimagefiji.command.scijava.MacroRecorder;
import io.github.zimagefiji.request.ImageToImageRequest;
import io.github.zimagefiji.request.Task;

/** Changes the appearance of the active image and keeps its structure. */
@Plugin(type = Command.class, headless = true,
	menu = { @Menu(label = MenuPlace.PLUGINS, weight = MenuPlace.PLUGINS_WEIGHT),
		@Menu(label = MenuPlace.Z_IMAGE), @Menu(label = "Image to Image...", weight = 11) },
	attrs = { @Attr(name = MacroRecorder.ATTRIBUTE), @Attr(name = MacroRecorder.NOT_BY_FIJI) })
public class ImageToImage extends TiledPictureInputs {

	@Parameter(label = "Strength", persist = false, stepSize = "0.05", callback = "requestChanged",
		validater = "strengthProblem",
		description = "How much is changed: just above 0 as good as nothing, 1 everything.")
	double strength = ImageToImageRequest.DEFAULT_STRENGTH;

	@Override
	Task task() {
		return Task.IMAGE_TO_IMAGE;
	}

	@Override
	ImageToImageRequest request() {
		return new ImageToImageRequest(text().build(), basis(image()).input(), strength, tiling(),
			false);
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
