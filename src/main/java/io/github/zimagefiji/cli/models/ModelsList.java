
package io.github.zimagefiji.cli.models;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import io.github.zimagefiji.cli.program.ExitCode;
import io.github.zimagefiji.cli.program.ProgramVersion;
import io.github.zimagefiji.cli.program.Session;
import io.github.zimagefiji.hub.source.SizeText;
import io.github.zimagefiji.hub.store.StoredModel;
import io.github.zimagefiji.hub.store.StoredModels;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code zimage models list}: what lies in the folder of models, and in what state.
 */
@Command(name = "list", mixinStandardHelpOptions = true, versionProvider = ProgramVersion.class,
	sortOptions = false,
	description = "Lists what lies in the folder of models, with size and state.",
	footer = { "",
		"Forms: model, a folder in the layout of diffusers; files, single files to combine or add; combination, a text " +
			"file that names the files of a model; elsewhere, a model that is used where it lies; begun, a download that is " +
			"not complete." })
final class ModelsList implements Callable<Integer> {

	private final Session session;

	@Mixin
	private ModelsOptions options;

	ModelsList(final Session session) {
		this.session = session;
	}

	@Override
	public Integer call() {
		final StoredModels stored = options.stored();
		if (stored.models().isEmpty()) {
			options.tell(session, "There are no models in " + stored.places() + ".");
			return ExitCode.SUCCESS;
		}
		final List<String[]> rows = new ArrayList<>();
		rows.add(new String[] { "NAME", "FORM", "SIZE", "LICENSE", "PLACE", "STATE" });
		for (final StoredModel each : stored.models()) {
			rows.add(new String[] { each.name(), each.form().label(), SizeText.of(each.bytes()),
				each.license().orElse("-"), each.place().toString(), each.state() });
		}
		ModelsOptions.print(session, rows);
		return ExitCode.SUCCESS;
	}
}
