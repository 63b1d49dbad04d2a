
package io.github.zimagefiji.cli.models;

import io.github.zimagefiji.cli.program.ProgramVersion;
import io.github.zimagefiji.cli.program.Session;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code zimage models}: what there is on this machine and elsewhere; one command for each thing to
 * do.
 */
@Command(name = "models", mixinStandardHelpOptions = true, versionProvider = ProgramVersion.class,
	description = "Downloads, lists, checks and removes models.", synopsisSubcommandLabel = "COMMAND",
	footer = { "", "'zimage models COMMAND --help' explains one command." })
public final class ModelsSubcommand implements Runnable {

	@Spec
	private CommandSpec spec;

	private ModelsSubcommand() {
		// made by of()
	}

	/** The command with those below it. */
	public static CommandLine of(final Session session) {
		final CommandLine command = new CommandLine(new ModelsSubcommand());
		command.addSubcommand(new ModelsList(session));
		command.addSubcommand(new ModelsCatalogue(session));
		command.addSubcommand(new ModelsDownload(session));
		command.addSubcommand(new ModelsImport(session));
		command.addSubcommand(new ModelsVerify(session));
		command.addSubcommand(new ModelsNarrow(session));
		command.addSubcommand(new ModelsCombine(session));
		command.addSubcommand(new ModelsRemove(session));
		return command;
	}

	/** Called by picocli when no subcommand is named. */
	@Override
	public void run() {
		throw new ParameterException(spec.commandLine(),
			"Name a command: " + String.join(", ", spec.subcommands().keySet()) + ".");
	}
}
