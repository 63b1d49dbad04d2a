
package io.github.zimagefiji.command.common;

import io.github.zimagefiji.ModelInfo;
import io.github.zimagefiji.ModelVariant;
import io.github.zimagefiji.hub.builtin.BuiltInModel;
import io.github.zimagefiji.request.Task;

/** What dialogs say of a model. */
public final class ModelText {

	private ModelText() {
		// only static methods
	}

	/** What it is and what it was made for. */
	public static String about(final ModelInfo info, final Task task) {
		final ModelVariant variant = info.variant();
		if (variant == ModelVariant.UNKNOWN) return info.name() +
			": not recognised; choose steps and guidance (Turbo 8 and 0, base 50 and 4).";
		final String pixels = variant.defaultSide() + " × " + variant.defaultSide() + " pixels.";
		if (variant == ModelVariant.BUILT_IN) return pixels + " " +
			(task == Task.EDIT ? BuiltInModel.EDITS_BRIEFLY : BuiltInModel.UNDERSTANDS_BRIEFLY);
		return info.name() + ": " + variant.label() + ", made for " + pixels;
	}

	/** Whether steps and guidance are its own; empty if these are not known. */
	public static String own(final ModelVariant variant, final Task task, final int steps,
		final double guidance)
	{
		if (variant == ModelVariant.UNKNOWN) return "";
		final double own = variant.defaultGuidance(task);
		if (steps == variant.defaultSteps() && guidance == own)
			return "Steps and guidance are the model's own.";
		return "The model's own: " + variant.defaultSteps() + " steps, guidance " + own + ".";
	}
}
