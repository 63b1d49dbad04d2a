
package io.github.zimagefiji.command;

import java.util.ArrayList;
import java.util.List;

import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import io.github.zimagefiji.hub.Catalogue;
import io.github.zimagefiji.hub.CatalogueEntry;
import io.github.zimagefiji.hub.SizeText;
import io.github.zimagefiji.hub.StoredModel;
import io.github.zimagefiji.hub.StoredModels;

/**
 * Lists what lies in the folders of models, with size and state, and what can
 * be downloaded, with license and size.
 */
@Plugin(type = Command.class, headless = true,
	menuPath = "Plugins>Z-Image>Models>List Models...", attrs = { @Attr(
		name = MacroRecorder.ATTRIBUTE), @Attr(name = MacroRecorder.NOT_BY_FIJI) })
public class ListModels extends ModelCommand {

	// SciJava would ask for a folder at once where that is a command's only
	// input.
	@Parameter(label = "Also what can be downloaded", persist = false,
		description = "The catalogue, with licenses, and with sizes where it knows them.")
	private boolean catalogue = true;

	@Parameter(type = ItemIO.OUTPUT, label = "Models")
	private String list;

	@Override
	void work() {
		final List<String> lines = new ArrayList<>();
		final StoredModels stored = stored();
		lines.add("Models in " + stored.places() + ":");
		lines.add("name\tform\tsize\tlicense\tplace\tstate");
		for (final StoredModel each : stored.models()) {
			lines.add(String.join("\t", each.name(), each.form().label(), SizeText.of(
				each.bytes()), each.license().orElse("-"), each.place().toString(), each
					.state()));
		}
		if (catalogue) addCatalogue(lines);
		list = String.join("\n", lines) + "\n";
	}

	private void addCatalogue(final List<String> lines) {
		lines.add("");
		lines.add("Can be downloaded:");
		lines.add("name\tkind\tsize\tlicense\tdescription");
		for (final CatalogueEntry each : Catalogue.of(folder()).entries()) {
			final String size = each.knownBytes().isPresent() ? SizeText.of(each
				.knownBytes().getAsLong()) : "told by the host";
			lines.add(String.join("\t", each.name(), each.kind().id(), size, each
				.license(), each.description()));
		}
	}
}
