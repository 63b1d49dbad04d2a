
package io.github.zimagefiji.command.models;

import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import io.github.zimagefiji.command.MenuPlace;
import io.github.zimagefiji.command.common.Confirmation;
import io.github.zimagefiji.command.scijava.MacroRecorder;
import io.github.zimagefiji.hub.maintenance.ModelRemoval;
import io.github.zimagefiji.hub.store.StoredModel;

/**
 * Removes a model, or a download that was begun, after asking; in a macro, the key {@code confirm}
 * answers.
 */
@Plugin(type = Command.class, headless = true,
	menu = { @Menu(label = MenuPlace.PLUGINS, weight = MenuPlace.PLUGINS_WEIGHT),
		@Menu(label = MenuPlace.Z_IMAGE),
		@Menu(label = MenuPlace.MODELS, weight = MenuPlace.MODELS_WEIGHT),
		@Menu(label = "Remove Model...", weight = 37) },
	attrs = { @Attr(name = MacroRecorder.ATTRIBUTE), @Attr(name = MacroRecorder.NOT_BY_FIJI) })
public class RemoveModel extends StoredModelCommand {

	@Parameter(label = "Remove it", visibility = ItemVisibility.INVISIBLE, required = false,
		persist = false,
		description = "For macros and scripts: it shall go. Otherwise the user is asked.")
	private boolean confirm;

	@Override
	protected void work() {
		final StoredModel chosen = chosen();
		Confirmation.ask(ui, confirm, "Remove " + chosen.removal() + "?",
			"Nothing was removed. Add confirm to remove " + chosen.removal() + ".");
		confirm = true;
		shown("Remove " + model, progress -> zimage.whileReleased(progress, waited -> {
			ModelRemoval.remove(chosen.models(), chosen.name(), waited);
			return chosen;
		}));
		tell(model + " was removed.");
	}
}
