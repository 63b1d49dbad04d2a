
package io.github.zimagefiji;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.zimagefiji.host.VirtualDisplay;

/**
 * Runs a program of the tests in a JVM of its own, if need be with windows on a display that nobody
 * sees.
 */
public final class ChildJvm {

	/** Options of Java for processes that live for seconds. */
	public static final List<String> SHORT_LIVED =
		List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

	private static final long PATIENCE_SECONDS = 120;

	/**
	 * What became of the program.
	 *
	 * @param ended whether it ended by itself; it was killed otherwise
	 * @param output both streams
	 */
	public record Result(boolean ended, int exitCode, String output) {}

	private ChildJvm() {
		// only static methods
	}

	/** Runs a main method without a display. */
	public static Result run(final Class<?> main, final String... arguments)
		throws IOException, InterruptedException
	{
		return run(null, main, arguments);
	}

	/**
	 * Runs a main method without a display and with more of Java's options, which count before those
	 * of all tests.
	 */
	public static Result runWith(final List<String> options, final Class<?> main,
		final String... arguments) throws IOException, InterruptedException
	{
		return result(start(List.of(), options, null, main, arguments));
	}

	/** Runs a main method with a display; Xvfb must be installed. */
	public static Result runWithDisplay(final Class<?> main, final String... arguments)
		throws IOException, InterruptedException
	{
		try (VirtualDisplay display = VirtualDisplay.start()) {
			return run(display.name(), main, arguments);
		}
	}

	/**
	 * Starts a main method without a display, for tests that end it themselves; both streams come out
	 * as one.
	 *
	 * @param before a command in front of Java's, such as one that sets limits; may be empty
	 */
	public static Process start(final List<String> before, final Class<?> main,
		final String... arguments) throws IOException
	{
		return start(before, List.of(), null, main, arguments);
	}

	/**
	 * A command line for a main method, with the options of processes that live for seconds and the
	 * cache folder of this one.
	 *
	 * @param options more of Java's options, which count before those of all tests
	 */
	public static List<String> java(final List<String> options, final String classPath,
		final Class<?> main, final String... arguments)
	{
		final List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(SHORT_LIVED);
		command.add("-Dfile.encoding=UTF-8");
		command.addAll(inherited("zimage.cache"));
		command.addAll(options);
		command.addAll(List.of("-cp", classPath, main.getName()));
		command.addAll(List.of(arguments));
		return command;
	}

	/** The tests' class path, also where surefire hides it in a jar. */
	public static String classPath() {
		return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
	}

	/**
	 * Java's options for the system properties among these that are set in this JVM.
	 */
	public static List<String> inherited(final String... properties) {
		return Stream.of(properties).filter(name -> System.getProperty(name) != null)
			.map(name -> "-D" + name + "=" + System.getProperty(name)).toList();
	}

	private static Process start(final List<String> before, final List<String> options,
		final String display, final Class<?> main, final String... arguments) throws IOException
	{
		final List<String> more =
			new ArrayList<>(List.of("-Xmx512m", "-Djava.awt.headless=" + (display == null),
				"-Duser.home=" + Path.of("target", "home").toAbsolutePath()));
		more.addAll(inherited("java.util.prefs.userRoot"));
		more.addAll(options);
		final List<String> command = new ArrayList<>(before);
		command.addAll(java(more, classPath(), main, arguments));
		final ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		builder.environment().putIfAbsent("DJL_CACHE_DIR",
			System.getProperty("user.home") + "/.djl.ai");
		if (display != null) builder.environment().put("DISPLAY", display);
		return builder.start();
	}

	private static Result run(final String display, final Class<?> main, final String... arguments)
		throws IOException, InterruptedException
	{
		return result(start(List.of(), List.of(), display, main, arguments));
	}

	private static Result result(final Process process) throws InterruptedException {
		final StringBuilder output = new StringBuilder();
		final Thread reader = new Thread(() -> read(process, output));
		reader.start();
		final boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
		if (!ended) process.destroyForcibly().waitFor();
		reader.join();
		return new Result(ended, process.exitValue(), output.toString());
	}

	private static void read(final Process process, final StringBuilder output) {
		try {
			output.append(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
		}
		catch (final IOException e) {
			output.append(e);
		}
	}
}
