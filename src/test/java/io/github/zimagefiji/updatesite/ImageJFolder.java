
package io.github.zimagefiji.updatesite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.zimagefiji.ChildJvm;

/**
 * The stand-in for a fresh Fiji: a folder with ImageJ 1.54p and those of Fiji's own jars that this
 * plugin uses, and a bridge that puts SciJava commands into ImageJ's menu and hands macro options
 * to them, as Fiji's imagej-legacy does.
 */
final class ImageJFolder {

	/** Fiji's own; ij1-patcher and javassist let ImageJ run without a display. */
	private static final Set<String> BASE =
		Set.of("ij", "ij1-patcher", "javassist", "scijava-common", "parsington", "imglib2", "gson",
			"picocli", "jna", "slf4j-api", "commons-codec", "commons-compress", "commons-io");
	private static final String BRIDGE = "io/github/zimagefiji/host";
	private static final int MINUTES = 4;

	private final Path folder;

	private ImageJFolder(final Path folder) {
		this.folder = folder;
	}

	/** @param folder empty or missing */
	static ImageJFolder create(final Path folder) throws IOException {
		final Path jars = Files.createDirectories(folder.resolve("jars"));
		final List<Path> classPath =
			Stream.of(ChildJvm.classPath().split(File.pathSeparator)).map(Path::of).toList();
		for (final Path jar : classPath) {
			if (BASE.contains(artifact(jar))) Files.copy(jar, jars.resolve(jar.getFileName()));
		}
		try (Stream<Path> files = Files.list(jars)) {
			assertEquals(BASE.size(), files.count());
		}
		JarFolder.write(jars.resolve("bridge.jar"), Path.of("target", "test-classes"), BRIDGE);
		return new ImageJFolder(folder);
	}

	/** The names of Fiji's own jars that the folder has, without versions. */
	static Set<String> base() {
		return BASE;
	}

	private static String artifact(final Path jar) {
		return jar.getFileName().toString().replaceFirst("-\\d.*", "");
	}

	Path path() {
		return folder;
	}

	/**
	 * Runs a macro without a display. The process has no class path but the folder's jars, and no
	 * home but the folder, so that it finds nothing of what this machine has unpacked or remembered
	 * before.
	 */
	void runMacro(final String macro) throws IOException, InterruptedException {
		final Path file = Files.writeString(folder.resolve("macro.ijm"), macro);
		final List<String> command =
			new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-Xmx512m", "-Djava.awt.headless=true", "--add-opens",
				"java.base/java.lang=ALL-UNNAMED", "-Dfile.encoding=UTF-8", "-Duser.home=" + folder,
				"-Djava.util.prefs.userRoot=" + folder, "-cp",
				folder.resolve("jars") + "/*" + File.pathSeparator + folder.resolve("plugins") + "/*",
				"io.github.zimagefiji.host.Host", file.toString(), folder + "/"));
		final Path log = folder.resolve("imagej.txt");
		final ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile())
			.redirectErrorStream(true).redirectOutput(log.toFile());
		builder.environment().keySet()
			.removeIf(name -> name.matches("(DJL|PYTORCH|ZIMAGE|JAVA|JDK)_.*|CLASSPATH|DISPLAY"));
		builder.environment().put("OMP_WAIT_POLICY", "PASSIVE");
		final Process process = builder.start();
		try {
			assertTrue(process.waitFor(MINUTES, TimeUnit.MINUTES), () -> "ImageJ did not end.");
			assertEquals(0, process.exitValue(), Files.readString(log));
		}
		finally {
			process.destroyForcibly();
		}
	}
}
