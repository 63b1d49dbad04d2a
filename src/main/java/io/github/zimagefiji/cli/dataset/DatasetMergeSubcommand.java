
package io.github.zimagefiji.cli.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

import io.github.zimagefiji.cli.program.ExitCode;
import io.github.zimagefiji.cli.program.ProgramVersion;
import io.github.zimagefiji.cli.program.Session;
import io.github.zimagefiji.dataset.folder.DatasetMerge;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zimage dataset merge}: shards become one dataset. */
@Command(name = "merge", mixinStandardHelpOptions = true, versionProvider = ProgramVersion.class,
	sortOptions = false,
	description = "Puts the shards of a dataset together and writes manifest, datasheet and report.")
final class DatasetMergeSubcommand implements Callable<Integer> {

	private final Session session;

	@Option(names = "--output", required = true, paramLabel = "DIR",
		description = "The folder of the whole dataset.")
	private Path output;

	@Parameters(paramLabel = "SHARD", arity = "0..*",
		description = "Folders of the shards; none if all were made in the output folder itself.")
	private List<Path> shards = List.of();

	@SuppressWarnings("unused") // read by Execution
	@Option(names = "--debug",
		description = "After an error, print where in the program it happened.")
	private boolean debug;

	DatasetMergeSubcommand(final Session session) {
		this.session = session;
	}

	@Override
	public Integer call() {
		final int items = DatasetMerge.merge(output, shards);
		session.out().println("The dataset in " + output + " has all of its " + items + " items.");
		return ExitCode.SUCCESS;
	}
}
