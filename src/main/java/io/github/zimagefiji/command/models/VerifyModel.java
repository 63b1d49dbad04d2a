
package io.github.zimagefiji.command.models;

import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import io.github.zimagefiji.command.MenuPlace;
import io.github.zimagefiji.command.scijava.MacroRecorder;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.hub.maintenance.ModelCheck;
import io.github.zimagefiji.hub.store.StoredModel;

/**
 * Reads every file of a model again and compares it with the hash that was noted when it came.
 */
@Plugin(type = Command.class, headless = true,
	menu = { @Menu(label = MenuPlace.PLUGINS, weight = MenuPlace.PLUGINS_WEIGHT),
		@Menu(label = MenuPlace.Z_IMAGE),
		@Menu(label = MenuPlace.MODELS, weight = MenuPlace.MODELS_WEIGHT),
		@Menu(label = "Verify Model...", weight = 35) },
	attrs = { @Attr(name = MacroRecorder.ATTRIBUTE), @Attr(name = MacroRecorder.NOT_BY_FIJI) })
public class VerifyModel extends StoredModelCommand {

	@Parameter(type = ItemIO.OUTPUT, label = "Verification")
	@SuppressWarnings("unused")
	private String report;

	@Override
	StoredModel chosen() {
		final StoredModel chosen = super.chosen();
		if (chosen.form() == StoredModel.Form.BEGUN) throw new InvalidInputException(
			"The download of " + model + " is not complete. Download it again; what is there is kept.");
		return chosen;
	}

	@Override
	protected void work() {
		final StoredModel chosen = chosen();
		final ModelCheck check =
			shown("Verify " + model, progress -> ModelCheck.of(chosen.place(), progress));
		final String lines = String.join("\n", check.report());
		if (!check.isGood()) throw new InvalidInputException(
			model + " is damaged. Remove it and download it again.\n" + lines);
		report = model + "\n" + lines + "\n";
	}
}
