
package io.github.zimagefiji.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

import io.github.zimagefiji.cli.program.ExitCode;
import io.github.zimagefiji.cli.program.ProgramVersion;
import io.github.zimagefiji.cli.program.ProgressPrinter;
import io.github.zimagefiji.cli.program.Session;
import io.github.zimagefiji.hub.diagnosis.Diagnosis;
import io.github.zimagefiji.hub.diagnosis.Finding;
import io.github.zimagefiji.hub.diagnosis.Report;
import io.github.zimagefiji.hub.store.HuggingFaceCache;
import io.github.zimagefiji.hub.store.InstalledModel;
import io.github.zimagefiji.hub.store.ModelsFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code zimage doctor}: what is here and what is wrong. */
@Command(name = "doctor", mixinStandardHelpOptions = true, versionProvider = ProgramVersion.class,
	sortOptions = false,
	description = "Tells versions, devices, models and what is wrong, makes an image on each device, and compares it " +
		"with the one of the Python reference. The text can be pasted into a forum: it holds no user names and no tokens.",
	footer = { "", "Exit codes: 0 nothing is wrong; 4 something is." })
final class DoctorSubcommand implements Callable<Integer> {

	private final Session session;

	@Option(names = "--models", paramLabel = "DIR",
		description = "A folder of models to look at; may be given several times. Default: the one that the Java property " +
			"zimage.models names.")
	private List<Path> models;

	@Option(names = "--catalogue", paramLabel = "FILE",
		description = "A catalogue of your own to look at.")
	private Path catalogue;

	@Option(names = "--verify",
		description = "Read every file of every model and compare its hash; may take minutes.")
	private boolean verify;

	@SuppressWarnings("unused") // read by Execution
	@Option(names = "--debug",
		description = "After an error, print where in the program it happened.")
	private boolean debug;

	DoctorSubcommand(final Session session) {
		this.session = session;
	}

	@Override
	public Integer call() {
		final Report report = new Report();
		session.out().println(report.heading());
		final Diagnosis.Surroundings surroundings =
			new Diagnosis.Surroundings(Map.of(), List.of(), this::models, Optional.ofNullable(catalogue));
		final List<Finding> findings;
		try (ProgressPrinter progress = new ProgressPrinter(session, true)) {
			findings = new Diagnosis(surroundings, verify).run(progress, finding -> {
				session.out().println(report.line(finding));
				// What comes next may end the process.
				session.out().flush();
			});
		}
		session.out().println(report.verdict(findings));
		return Report.wrong(findings) == 0 ? ExitCode.SUCCESS : ExitCode.WRONG;
	}

	private List<InstalledModel> models() {
		final List<InstalledModel> all =
			new ArrayList<>(InstalledModel.in(models == null ? ModelsFolder.all() : models));
		all.addAll(HuggingFaceCache.ofThisPerson().models());
		return all;
	}
}
