
package io.github.zimagefiji.updatesite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

/**
 * The program in {@code update-site}, compiled and run as its script does it, in a process of its
 * own.
 */
final class SiteBuilder {

	static final Path SOURCES = Path.of("update-site").toAbsolutePath();
	static final Path CLASS_PATH = Path.of("target", "class-path.txt").toAbsolutePath();

	private final Path classes;

	private SiteBuilder(final Path classes) {
		this.classes = classes;
	}

	/** What came of a run: the exit code, and both streams. */
	record Ended(int code, String output) {}

	/** @param classes an empty folder */
	static SiteBuilder compile(final Path classes) throws IOException {
		final List<String> arguments = new ArrayList<>(
			List.of("-proc:none", "-encoding", "UTF-8", "-cp", libraries(), "-d", classes.toString()));
		try (Stream<Path> files = Files.list(SOURCES)) {
			files.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(arguments::add);
		}
		assertEquals(0,
			ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)));
		return new SiteBuilder(classes);
	}

	Ended run(final List<String> arguments) throws IOException, InterruptedException {
		final List<String> command =
			new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-cp", classes + File.pathSeparator + libraries(),
				"updatesite.Build"));
		command.addAll(arguments);
		final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		final String output = new String(process.getInputStream().readAllBytes());
		return new Ended(process.waitFor(), output);
	}

	/** The build's run-time class path. */
	static String libraries() throws IOException {
		return Files.readString(CLASS_PATH).strip();
	}
}
