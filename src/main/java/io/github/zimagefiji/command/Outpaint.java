
package io.github.zimagefiji.command;

import java.util.Set;

import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import io.github.zimagefiji.GenerationResult;
import io.github.zimagefiji.command.scijava.MacroRecorder;
import io.github.zimagefiji.image.CarryOver;
import io.github.zimagefiji.request.OutpaintRequest;
import io.github.zimagefiji.request.Task;
import io.github.zimagefiji.request.Tiling;

/**
 * Extends the active image by borders; its own pixels come back as they were, to the bit.
 */
@Plugin(type = Command.class, headless = true,
	menu = { @Menu(label = MenuPlace.PLUGINS, weight = MenuPlace.PLUGINS_WEIGHT),
		@Menu(label = MenuPlace.Z_IMAGE), @Menu(label = "Outpaint...", weight = 13) },
	attrs = { @Attr(name = MacroRecorder.ATTRIBUTE), @Attr(name = MacroRecorder.NOT_BY_FIJI) })
public class Outpaint extends TiledPictureInputs {

	@Parameter(label = "Left (pixels)", persist = false, callback = "requestChanged",
		validater = "leftProblem", description = "Pixels to add at the left.")
	int left;

	@Parameter(label = "Right (pixels)", persist = false, callback = "requestChanged",
		validater = "rightProblem", description = "Pixels to add at the right.")
	int right;

	@Parameter(label = "Top (pixels)", persist = false, callback = "requestChanged",
		validater = "topProblem", description = "Pixels to add above.")
	int top;

	@Parameter(label = "Bottom (pixels)", persist = false, callback = "requestChanged",
		validater = "bottomProblem", description = "Pixels to add below.")
	int bottom;

	@Override
	Task task() {
		return Task.OUTPAINT;
	}

	@Override
	boolean isRare(final String name) {
		return super.isRare(name) || Set.of("channel", "seed").contains(name);
	}

	@Override
	OutpaintRequest request() {
		return new OutpaintRequest(text().build(), basis(image()).input(), left, right, top, bottom,
			tiling(), false);
	}

	@Override
	void show(final GenerationResult generated) {
		result = basis().restore(generated.images(), left, top);
		CarryOver.between(image, result, left, top).forEach(this::caution);
	}

	@SuppressWarnings("unused")
	private String leftProblem() {
		return left == 0 ? "" : problem(left, 0, 0, 0);
	}

	@SuppressWarnings("unused")
	private String rightProblem() {
		return right == 0 ? "" : problem(0, right, 0, 0);
	}

	@SuppressWarnings("unused")
	private String topProblem() {
		return top == 0 ? "" : problem(0, 0, top, 0);
	}

	@SuppressWarnings("unused")
	private String bottomProblem() {
		return bottom == 0 ? "" : problem(0, 0, 0, bottom);
	}

	private static String problem(final int left, final int right, final int top, final int bottom) {
		return problemOf(() -> new OutpaintRequest(anyRequest().build(), PIXEL, left, right, top,
			bottom, Tiling.AUTO, false));
	}
}
