
package io.github.zimagefiji.cli.models;

import java.util.concurrent.Callable;

import io.github.zimagefiji.cli.program.ExitCode;
import io.github.zimagefiji.cli.program.ProgramVersion;
import io.github.zimagefiji.cli.program.ProgressPrinter;
import io.github.zimagefiji.cli.program.Session;
import io.github.zimagefiji.hub.maintenance.ModelNarrowing;
import io.github.zimagefiji.hub.source.SizeText;
import io.github.zimagefiji.hub.store.StoredModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code zimage models narrow}: halves a float32 transformer. */
@Command(name = "narrow", mixinStandardHelpOptions = true, versionProvider = ProgramVersion.class,
	sortOptions = false,
	description = "Rewrites a model's float32 transformer in bfloat16, for good: half the size. Let no other program use " +
		"the model meanwhile.")
final class ModelsNarrow implements Callable<Integer> {

	private final Session session;

	@Parameters(paramLabel = "NAME", description = "A name that 'zimage models list' shows.")
	private String name;

	@Mixin
	private ModelsOptions options;

	ModelsNarrow(final Session session) {
		this.session = session;
	}

	@Override
	public Integer call() {
		final StoredModel model = options.stored().get(name);
		final long before = model.bytes();
		try (ProgressPrinter progress = options.progress(session)) {
			final boolean narrowed = ModelNarrowing.narrow(model.models(), name, progress);
			progress.close();
			options.tell(session,
				narrowed
					? name + ": " + SizeText.of(before) + " before, " + SizeText.of(model.bytes()) + " now."
					: name + " is not stored in float32; there is nothing to narrow.");
		}
		return ExitCode.SUCCESS;
	}
}
