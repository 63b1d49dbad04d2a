
package io.github.zimagefiji.command;

import java.io.File;
import java.nio.file.Path;

import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;

import io.github.zimagefiji.InvalidInputException;
import io.github.zimagefiji.hub.ModelImport;

/**
 * Takes in a model's folder that was downloaded elsewhere, for computers
 * without a network.
 */
@Plugin(type = Command.class, headless = true,
	menuPath = "Plugins>Z-Image>Models>Import Model Folder...", attrs = { @Attr(
		name = MacroRecorder.ATTRIBUTE), @Attr(name = MacroRecorder.NOT_BY_FIJI) })
public class ImportModel extends ModelCommand {

	@Parameter(label = "Model to import", style = FileWidget.DIRECTORY_STYLE,
		required = false, persist = false,
		description = "The model's folder, in the layout of diffusers.")
	private File source;

	@Parameter(label = "Name", required = false, persist = false,
		description = "Leave it empty for the folder's own.")
	private String name = "";

	@Parameter(label = "Use it where it lies", persist = false,
		description = "Nothing is copied; the folder must stay where it is.")
	private boolean reference;

	@Override
	void work() {
		if (!ModelChoice.isFolder(source)) throw new InvalidInputException(
			"Choose the folder of the model to import.");
		final Path from = source.toPath().toAbsolutePath().normalize();
		final String title = name == null || name.isBlank() ? String.valueOf(from
			.getFileName()) : name.strip();
		final Path made = shown("Import " + title, progress -> reference
			? ModelImport.reference(from, folder(), title, progress) : ModelImport
				.copy(from, folder(), title, progress));
		tell(title + " is in " + made + ".");
	}
}
