
package io.github.zimagefiji.spark;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A real master of Spark's own cluster, with workers and jobs, each in a process of its own on this
 * machine.
 */
final class StandaloneCluster implements AutoCloseable {

	private static final Pattern MASTER = Pattern.compile("Starting Spark master at (spark://\\S+)");

	private final Path home;
	private final Path folder;
	private final List<SparkProcess> processes = new ArrayList<>();
	private final String master;

	/** @param folder for everything; must be empty */
	StandaloneCluster(final Path folder) throws IOException, InterruptedException {
		this.folder = folder;
		home = home();
		final SparkProcess process = start("org.apache.spark.deploy.master.Master",
			List.of("--host", "127.0.0.1", "--port", "0", "--webui-port", "0"));
		process.await(() -> address(process) != null);
		master = address(process);
	}

	/** A folder like that of an installation; it stays for the next time. */
	private static Path home() throws IOException {
		final Path jars =
			Files.createDirectories(Path.of("target", "spark-home", "jars").toAbsolutePath());
		for (final String jar : Files.readString(Path.of(System.getProperty("spark.class.path.file")))
			.strip().split(File.pathSeparator))
		{
			final Path link = jars.resolve(Path.of(jar).getFileName());
			if (!Files.exists(link)) Files.createSymbolicLink(link, Path.of(jar));
		}
		return jars.getParent();
	}

	private static String address(final SparkProcess process) {
		final Matcher line = MASTER.matcher(process.said());
		return line.find() ? line.group(1) : null;
	}

	/** Starts a worker with one core. */
	SparkProcess worker() throws IOException {
		return start("org.apache.spark.deploy.worker.Worker",
			List.of("--host", "127.0.0.1", "--webui-port", "0", "--cores", "1", "--memory", "1g",
				"--work-dir", folder.resolve("work" + processes.size()).toString(), master));
	}

	/** Submits the job that was built, as documented. */
	SparkProcess submit(final Object... arguments) throws IOException {
		final List<String> all = new ArrayList<>(
			List.of("--master", master, "--executor-memory", "512m", "--conf", "spark.log.level=WARN",
				"--conf", "spark.ui.enabled=false", "--conf", "spark.driver.host=127.0.0.1", "--conf",
				"spark.executor.extraJavaOptions=-Dzimage.cache=" + System.getProperty("zimage.cache") +
					" " + String.join(" ", SparkProcess.SHORT_LIVED),
				"--class", DatasetJob.class.getName(), System.getProperty("job.jar")));
		for (final Object argument : arguments)
			all.add(argument.toString());
		return start("org.apache.spark.deploy.SparkSubmit", all);
	}

	private SparkProcess start(final String main, final List<String> arguments) throws IOException {
		final SparkProcess process =
			SparkProcess.start(home, folder.resolve("process" + processes.size()), main, arguments);
		processes.add(process);
		return process;
	}

	/** Kills everything but the master. */
	void clear() {
		processes.subList(1, processes.size()).forEach(SparkProcess::close);
	}

	@Override
	public void close() {
		processes.forEach(SparkProcess::close);
	}
}
