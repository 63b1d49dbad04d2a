
package io.github.zimagefiji.cli.models;

import java.nio.file.Path;
import java.util.concurrent.Callable;

import io.github.zimagefiji.cli.program.ExitCode;
import io.github.zimagefiji.cli.program.ProgramVersion;
import io.github.zimagefiji.cli.program.ProgressPrinter;
import io.github.zimagefiji.cli.program.Session;
import io.github.zimagefiji.hub.maintenance.ModelImport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code zimage models import}: takes in a model that was downloaded elsewhere.
 */
@Command(name = "import", mixinStandardHelpOptions = true, versionProvider = ProgramVersion.class,
	sortOptions = false,
	description = "Takes in a model's folder that was downloaded elsewhere, for computers without a network.")
final class ModelsImport implements Callable<Integer> {

	private final Session session;

	@Parameters(paramLabel = "DIR", description = "The model's folder, in the layout of diffusers.")
	private Path folder;

	@Option(names = "--as", paramLabel = "NAME",
		description = "How to call the model. Default: as its folder.")
	private String as;

	@Option(names = "--reference", description = "Use the folder where it lies, without a copy.")
	private boolean reference;

	@Mixin
	private ModelsOptions options;

	ModelsImport(final Session session) {
		this.session = session;
	}

	@Override
	public Integer call() {
		final Path source = folder.toAbsolutePath().normalize();
		final String name = as == null ? String.valueOf(source.getFileName()) : as;
		try (ProgressPrinter progress = options.progress(session)) {
			final Path model = reference ? ModelImport.reference(source, options.folder(), name, progress)
				: ModelImport.copy(source, options.folder(), name, progress);
			progress.close();
			options.tell(session, "Model: " + model);
		}
		return ExitCode.SUCCESS;
	}
}
