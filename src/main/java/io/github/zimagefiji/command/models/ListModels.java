
package io.github.zimagefiji.command.models;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.measure.ResultsTable;
import io.github.zimagefiji.command.MenuPlace;
import io.github.zimagefiji.command.common.Checked;
import io.github.zimagefiji.command.common.ModelCommand;
import io.github.zimagefiji.command.scijava.MacroRecorder;
import io.github.zimagefiji.command.scijava.ResultWindow;
import io.github.zimagefiji.hub.catalogue.Catalogue;
import io.github.zimagefiji.hub.catalogue.CatalogueEntry;
import io.github.zimagefiji.hub.source.SizeText;
import io.github.zimagefiji.hub.store.StoredModel;
import io.github.zimagefiji.hub.store.StoredModels;

/**
 * Lists what lies in the folders of models, with size and state, and what can be downloaded, with
 * license and size.
 */
@Plugin(type = Command.class, headless = true,
	menu = { @Menu(label = MenuPlace.PLUGINS, weight = MenuPlace.PLUGINS_WEIGHT),
		@Menu(label = MenuPlace.Z_IMAGE),
		@Menu(label = MenuPlace.MODELS, weight = MenuPlace.MODELS_WEIGHT),
		@Menu(label = "List Models...", weight = 34) },
	attrs = { @Attr(name = MacroRecorder.ATTRIBUTE), @Attr(name = MacroRecorder.NOT_BY_FIJI) })
public class ListModels extends ModelCommand implements ResultWindow.Tables, Checked {

	// SciJava would ask for a folder at once where that is a command's only
	// input.
	@Parameter(label = "Also what can be downloaded", persist = false,
		description = "The catalogue, with licenses, and with sizes where it knows them.")
	private boolean catalogue = true;

	@Parameter(type = ItemIO.OUTPUT, label = "Models")
	@SuppressWarnings("unused")
	private String list;

	private final List<Titled> tables = new ArrayList<>();

	@Override
	public void check() {
		stored();
		if (catalogue) Catalogue.of(folder());
	}

	@Override
	protected void work() {
		final StoredModels stored = stored();
		final List<List<String>> here = new ArrayList<>();
		here.add(List.of("name", "form", "size", "license", "place", "state"));
		for (final StoredModel each : stored.models()) {
			here.add(List.of(each.name(), each.form().label(), SizeText.of(each.bytes()),
				each.license().orElse("-"), each.place().toString(), each.state()));
		}
		list = "Models in " + stored.places() + ":\n" + text(here);
		tables.add(new Titled("Models", table(here)));
		if (catalogue) addCatalogue();
	}

	private void addCatalogue() {
		final List<List<String>> offered = new ArrayList<>();
		offered.add(List.of("name", "kind", "size", "license", "description"));
		for (final CatalogueEntry each : Catalogue.of(folder()).entries()) {
			final String size = each.knownBytes().isPresent() ? SizeText.of(each.knownBytes().getAsLong())
				: "told by the host";
			offered.add(List.of(each.name(), each.kind().id(), size, each.license(), each.description()));
		}
		list += "\nCan be downloaded:\n" + text(offered);
		tables.add(new Titled("Models to Download", table(offered)));
	}

	private static String text(final List<List<String>> rows) {
		return rows.stream().map(row -> String.join("\t", row) + "\n").collect(Collectors.joining());
	}

	/** The first row holds the names of the columns. */
	private static ResultsTable table(final List<List<String>> rows) {
		final ResultsTable table = new ResultsTable();
		table.showRowNumbers(false);
		final List<String> columns = rows.get(0);
		for (final List<String> row : rows.subList(1, rows.size())) {
			table.addRow();
			for (int i = 0; i < columns.size(); i++) {
				table.addValue(columns.get(i), row.get(i));
			}
		}
		return table;
	}

	@Override
	public List<Titled> tables() {
		return tables;
	}
}
