
package io.github.zimagefiji.cli.models;

import java.util.List;
import java.util.concurrent.Callable;

import io.github.zimagefiji.cli.program.ExitCode;
import io.github.zimagefiji.cli.program.ProgramVersion;
import io.github.zimagefiji.cli.program.ProgressPrinter;
import io.github.zimagefiji.cli.program.Session;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.hub.maintenance.ModelCheck;
import io.github.zimagefiji.hub.store.StoredModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code zimage models verify}: whether all files are still as they came. */
@Command(name = "verify", mixinStandardHelpOptions = true, versionProvider = ProgramVersion.class,
	sortOptions = false,
	description = "Reads every file of a model again and compares it with the hash that was noted when it came.")
final class ModelsVerify implements Callable<Integer> {

	private final Session session;

	@Parameters(paramLabel = "NAME", description = "A name that 'zimage models list' shows.")
	private String name;

	@Mixin
	private ModelsOptions options;

	ModelsVerify(final Session session) {
		this.session = session;
	}

	@Override
	public Integer call() {
		final StoredModel model = options.stored().get(name);
		final ModelCheck check = check(model);
		final List<String> report = check.report();
		report.forEach(session.out()::println);
		if (!check.isGood()) throw new InvalidInputException(name + " is damaged (" +
			check.wrong().size() + " of " + (check.wrong().size() + check.right().size()) +
			" files). Remove it and download it again.");
		return ExitCode.SUCCESS;
	}

	private ModelCheck check(final StoredModel model) {
		if (model.form() == StoredModel.Form.BEGUN) throw new InvalidInputException(
			"The download of " + name + " is not complete. Download it again; what is there is kept.");
		try (ProgressPrinter progress = options.progress(session)) {
			return ModelCheck.of(model.place(), progress);
		}
	}
}
