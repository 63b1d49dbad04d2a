
package io.github.zimagefiji.command.models;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;

import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;

import io.github.zimagefiji.command.MenuPlace;
import io.github.zimagefiji.command.common.Checked;
import io.github.zimagefiji.command.common.ModelChoice;
import io.github.zimagefiji.command.common.ModelCommand;
import io.github.zimagefiji.command.scijava.MacroRecorder;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.hub.maintenance.ModelImport;

/**
 * Takes in a model's folder that was downloaded elsewhere, for computers without a network.
 */
@Plugin(type = Command.class, headless = true,
	menu = { @Menu(label = MenuPlace.PLUGINS, weight = MenuPlace.PLUGINS_WEIGHT),
		@Menu(label = MenuPlace.Z_IMAGE),
		@Menu(label = MenuPlace.MODELS, weight = MenuPlace.MODELS_WEIGHT),
		@Menu(label = "Import Model Folder...", weight = 32) },
	attrs = { @Attr(name = MacroRecorder.ATTRIBUTE), @Attr(name = MacroRecorder.NOT_BY_FIJI) })
public class ImportModel extends ModelCommand implements Checked {

	@Parameter(label = "Model to import", style = FileWidget.DIRECTORY_STYLE, required = false,
		persist = false, description = "The model's folder, in the layout of diffusers.")
	private File source;

	@Parameter(label = "Name", required = false, persist = false,
		description = "Leave it empty for the folder's own.")
	private String name = "";

	@Parameter(label = "Use it where it lies", persist = false,
		description = "Nothing is copied; the folder must stay where it is.")
	private boolean reference;

	@Override
	public void check() {
		final Path from = from();
		if (!Files.isDirectory(from)) throw new InvalidInputException(
			"There is no folder " + from + ". Choose the model's folder.");
		ModelImport.check(from, folder(), title(from));
	}

	private Path from() {
		if (!ModelChoice.isFolder(source))
			throw new InvalidInputException("Choose the folder of the model to import.");
		return source.toPath().toAbsolutePath().normalize();
	}

	private String title(final Path from) {
		return name == null || name.isBlank() ? String.valueOf(from.getFileName()) : name.strip();
	}

	@Override
	protected void work() {
		final Path from = from();
		final String title = title(from);
		final Path made = shown("Import " + title,
			progress -> reference ? ModelImport.reference(from, folder(), title, progress)
				: ModelImport.copy(from, folder(), title, progress));
		tell(title + " is in " + made + ".");
	}
}
