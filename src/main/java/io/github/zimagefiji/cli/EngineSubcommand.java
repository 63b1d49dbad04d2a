
package io.github.zimagefiji.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;

import io.github.zimagefiji.cli.program.ExitCode;
import io.github.zimagefiji.cli.program.ProgramVersion;
import io.github.zimagefiji.cli.program.ProgressPrinter;
import io.github.zimagefiji.cli.program.Session;
import io.github.zimagefiji.engine.library.EngineSettings;
import io.github.zimagefiji.hub.library.EngineChoices;
import io.github.zimagefiji.hub.library.EngineLibraries;
import io.github.zimagefiji.hub.transfer.DownloadSettings;
import io.github.zimagefiji.hub.transfer.Downloader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code zimage engine}: shows, downloads and chooses the native library. */
@Command(name = "engine", mixinStandardHelpOptions = true, versionProvider = ProgramVersion.class,
	sortOptions = false,
	description = "Shows and changes the native library and the device. Nothing is downloaded unless --download asks for " +
		"it.",
	footer = { "", "Examples:", "  zimage engine",
		"  zimage engine --download cu128 --use cu128 --device gpu" })
final class EngineSubcommand implements Callable<Integer> {

	private final Session session;

	@Option(names = "--download", paramLabel = "BUILD",
		description = "Download a native library: cu128 (CUDA 12.8, for NVIDIA GPUs) or cpu.")
	private String build;

	@Option(names = "--accept-unverified",
		description = "Download files, too, of which this version of the plugin knows no SHA-256.")
	private boolean acceptUnverified;

	@Option(names = "--use", paramLabel = "LIBRARY",
		description = "From the next start on, use cpu (the one that came along), a downloaded build, or the libraries in a " +
			"folder.")
	private String library;

	@Option(names = "--device", paramLabel = "NAME",
		description = "What the device auto means: auto (a GPU if there is one, else the processor), cpu, or gpu (a GPU is " +
			"required; without one, runs fail).")
	private String device;

	@Option(names = "--quiet", description = "Print nothing but warnings and errors.")
	private boolean quiet;

	@SuppressWarnings("unused") // read by Execution
	@Option(names = "--debug",
		description = "After an error, print where in the program it happened.")
	private boolean debug;

	EngineSubcommand(final Session session) {
		this.session = session;
	}

	@Override
	public Integer call() {
		EngineChoices.check(library, build, true);
		if (device != null) EngineSettings.read().withDevice(device).write();
		if (build != null) download(new EngineLibraries(new Downloader(DownloadSettings.usual())));
		if (library != null) EngineSettings.read().withLibrary(EngineChoices.find(library)).write();
		EngineChoices.facts().forEach(this::tell);
		return ExitCode.SUCCESS;
	}

	private void download(final EngineLibraries libraries) {
		try (ProgressPrinter progress = new ProgressPrinter(session, quiet)) {
			final EngineLibraries.Offer offer = libraries.offer(build, progress);
			tell(offer.sentence());
			final Path folder = libraries.download(offer, acceptUnverified, progress);
			tell("Downloaded: " + folder);
		}
	}

	private void tell(final String line) {
		if (quiet) return;
		session.out().println(line);
		session.out().flush();
	}
}
