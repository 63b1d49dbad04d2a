
package io.github.zimagefiji.cli.models;

import java.util.concurrent.Callable;

import io.github.zimagefiji.cli.program.ExitCode;
import io.github.zimagefiji.cli.program.ProgramVersion;
import io.github.zimagefiji.cli.program.ProgressPrinter;
import io.github.zimagefiji.cli.program.Session;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.hub.maintenance.ModelRemoval;
import io.github.zimagefiji.hub.store.StoredModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zimage models remove}: removes a model of the folder of models. */
@Command(name = "remove", mixinStandardHelpOptions = true, versionProvider = ProgramVersion.class,
	sortOptions = false,
	description = "Removes a model, or a download that was begun, from the folder of models.")
final class ModelsRemove implements Callable<Integer> {

	private final Session session;

	@Parameters(paramLabel = "NAME", description = "A name that 'zimage models list' shows.")
	private String name;

	@Option(names = "--yes", description = "Do it. Without it, it is only told what would go.")
	private boolean yes;

	@Mixin
	private ModelsOptions options;

	ModelsRemove(final Session session) {
		this.session = session;
	}

	@Override
	public Integer call() {
		final StoredModel model = options.stored().get(name);
		if (!yes) throw new InvalidInputException(
			"Nothing was removed. Add --yes to remove " + model.removal() + ".");
		try (ProgressPrinter progress = options.progress(session)) {
			ModelRemoval.remove(model.models(), name, progress);
		}
		options.tell(session, "Removed: " + name);
		return ExitCode.SUCCESS;
	}
}
