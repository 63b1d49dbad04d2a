
package io.github.zimagefiji.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import org.apache.spark.launcher.JavaModuleOptions;

/**
 * One of Spark's programs in a process of its own, as its scripts start them; what it says goes to
 * a file.
 */
final class SparkProcess implements AutoCloseable {

	/** Options of Java for processes that live for seconds. */
	static final List<String> SHORT_LIVED = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

	private static final Duration PATIENCE = Duration.ofMinutes(5);

	private final Process process;
	private final Path log;

	private SparkProcess(final Process process, final Path log) {
		this.process = process;
		this.log = log;
	}

	/**
	 * Starts a program.
	 *
	 * @param home with the folder {@code jars}, as in an installation of Spark
	 * @param folder the program's working folder; made here
	 * @param main its main class
	 */
	static SparkProcess start(final Path home, final Path folder, final String main,
		final List<String> arguments) throws IOException
	{
		Files.createDirectories(folder);
		final List<String> command =
			new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx512m", "-Dzimage.cache=" + System.getProperty("zimage.cache")));
		command.addAll(SHORT_LIVED);
		command.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
		command.addAll(List.of("-cp", home.resolve("jars") + "/*", main));
		command.addAll(arguments);
		final Path log = folder.resolve("log.txt");
		final ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile())
			.redirectErrorStream(true).redirectOutput(log.toFile());
		builder.environment().put("SPARK_HOME", home.toString());
		builder.environment().put("SPARK_SCALA_VERSION", "2.13");
		builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
		return new SparkProcess(builder.start(), log);
	}

	/** What it has said so far. */
	String said() {
		try {
			return Files.readString(log);
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/** Waits for something, as long as the program runs. */
	void await(final BooleanSupplier wanted) throws InterruptedException {
		final long end = System.nanoTime() + PATIENCE.toNanos();
		while (!wanted.getAsBoolean()) {
			if (!process.isAlive()) throw new AssertionError("it has ended: " + said());
			if (System.nanoTime() > end)
				throw new AssertionError("nothing has come for " + PATIENCE + ": " + said());
			Thread.sleep(20);
		}
	}

	/** Waits until it has ended; gives its exit code. */
	int end() throws InterruptedException {
		if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
			throw new AssertionError("it goes on and on: " + said());
		return process.exitValue();
	}

	/** The processes that it has started: a worker's executors. */
	List<ProcessHandle> children() {
		return process.descendants().toList();
	}

	/**
	 * Kills it with all that it has started, as if the machine had lost its power.
	 */
	@Override
	public void close() {
		final List<ProcessHandle> children = children();
		process.destroyForcibly();
		children.forEach(ProcessHandle::destroyForcibly);
	}
}
