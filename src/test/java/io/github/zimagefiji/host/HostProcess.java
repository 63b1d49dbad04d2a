
package io.github.zimagefiji.host;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.zimagefiji.ChildJvm;

/** Runs a {@link Host} in a process of its own and waits for its end. */
final class HostProcess {

	private static final int MINUTES = 4;

	private final Path folder;
	private final List<String> options = new ArrayList<>();
	private final String display;

	private HostProcess(final Path folder, final String display) {
		this.folder = folder;
		this.display = display;
	}

	/**
	 * What came of it: the exit code, and all that was written to standard output and standard error.
	 */
	record Ended(int code, String output) {}

	/**
	 * One with windows. The folder is its home: preferences and output stay there.
	 */
	static HostProcess on(final VirtualDisplay display, final Path folder) {
		return new HostProcess(folder, display.name());
	}

	/** One that has no display and must not need one. */
	static HostProcess headless(final Path folder) {
		final HostProcess process = new HostProcess(folder, null);
		process.options.add("-Djava.awt.headless=true");
		return process;
	}

	/** Its dialogs mark wrong values, as those of scijava-ui-swing 1.0.4. */
	HostProcess validating() {
		options.add("-D" + HostUI.VALIDATES + "=true");
		return this;
	}

	/** Plays a scenario, which must succeed. */
	void play(final Class<? extends Scenario> scenario) throws IOException, InterruptedException {
		final Ended ended = run(List.of(scenario.getName(), folder + "/"));
		assertTrue(ended.code == 0, ended.output);
	}

	/**
	 * Runs a macro, which is handed the folder with a slash at its end. Without a display it is named
	 * on the command line.
	 *
	 * @param more what else the command line says
	 */
	Ended runMacro(final String macro, final String... more)
		throws IOException, InterruptedException
	{
		final List<String> arguments = new ArrayList<>(
			List.of(Files.writeString(folder.resolve("macro.ijm"), macro).toString(), folder + "/"));
		if (display == null) arguments.add(0, "-macro");
		arguments.addAll(List.of(more));
		return run(arguments);
	}

	private Ended run(final List<String> arguments) throws IOException, InterruptedException {
		final List<String> more =
			new ArrayList<>(List.of("-Xmx512m", "-Dawt.useSystemAAFontSettings=on",
				"-Duser.home=" + folder, "-Djava.util.prefs.userRoot=" + folder, PatchedImageJ.option()));
		more.addAll(ChildJvm.inherited(Screenshots.PROPERTY));
		more.addAll(options);
		final List<String> command = ChildJvm.java(more, PatchedImageJ.classPath(display == null),
			Host.class, arguments.toArray(String[]::new));
		final Path log = folder.resolve("host.log");
		final ProcessBuilder builder =
			new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
		builder.environment().remove("DISPLAY");
		if (display != null) builder.environment().put("DISPLAY", display);
		final Process process = builder.start();
		try {
			assertTrue(process.waitFor(MINUTES, TimeUnit.MINUTES),
				() -> "The host did not end:\n" + read(log));
			return new Ended(process.exitValue(), read(log));
		}
		finally {
			process.destroyForcibly();
		}
	}

	private static String read(final Path log) {
		try {
			return Files.readString(log);
		}
		catch (final IOException e) {
			return e.toString();
		}
	}
}
