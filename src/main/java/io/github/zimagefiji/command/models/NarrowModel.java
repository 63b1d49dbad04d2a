
package io.github.zimagefiji.command.models;

import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Plugin;

import io.github.zimagefiji.command.MenuPlace;
import io.github.zimagefiji.command.scijava.MacroRecorder;
import io.github.zimagefiji.hub.maintenance.ModelNarrowing;
import io.github.zimagefiji.hub.source.SizeText;
import io.github.zimagefiji.hub.store.StoredModel;

/**
 * Rewrites a model's float32 transformer in bfloat16, for good: half the size.
 */
@Plugin(type = Command.class, headless = true,
	menu = { @Menu(label = MenuPlace.PLUGINS, weight = MenuPlace.PLUGINS_WEIGHT),
		@Menu(label = MenuPlace.Z_IMAGE),
		@Menu(label = MenuPlace.MODELS, weight = MenuPlace.MODELS_WEIGHT),
		@Menu(label = "Narrow Model to bfloat16...", weight = 36) },
	attrs = { @Attr(name = MacroRecorder.ATTRIBUTE), @Attr(name = MacroRecorder.NOT_BY_FIJI) })
public class NarrowModel extends StoredModelCommand {

	@Override
	public void check() {
		final StoredModel chosen = chosen();
		ModelNarrowing.check(chosen.models(), chosen.name());
	}

	@Override
	protected void work() {
		final StoredModel chosen = chosen();
		final long before = chosen.bytes();
		final boolean narrowed = shown("Narrow " + model, progress -> zimage.whileReleased(progress,
			waited -> ModelNarrowing.narrow(chosen.models(), chosen.name(), waited)));
		tell(narrowed
			? model + ": " + SizeText.of(before) + " before, " + SizeText.of(chosen.bytes()) + " now."
			: model + " is not stored in float32; there is nothing to narrow.");
	}
}
