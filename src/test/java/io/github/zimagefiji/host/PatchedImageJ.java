
package io.github.zimagefiji.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.zimagefiji.ChildJvm;
import net.imagej.patcher.LegacyInjector;

/**
 * ImageJ's classes as Fiji patches them, in a jar that stays in the build folder. A process that
 * patches them itself spends more than two seconds on that, most of the time of a short macro.
 */
public final class PatchedImageJ {

	private static final String PROPERTY = "zimage.host.patched";

	private PatchedImageJ() {
		// only static methods
	}

	/** Java's option for a process with {@link #classPath}. */
	public static String option() {
		return "-D" + PROPERTY + "=true";
	}

	/**
	 * The tests' class path with the patched classes in front.
	 *
	 * @param headless whether ImageJ is patched for a process without a display
	 */
	public static String classPath(final boolean headless) throws IOException, InterruptedException {
		return jar(headless) + File.pathSeparator + ChildJvm.classPath();
	}

	/** Patches ImageJ in this process, before its first class, unless its classes are so already. */
	public static void preinit() {
		if (!Boolean.getBoolean(PROPERTY)) LegacyInjector.preinit();
	}

	/** Named by the versions of what it is made of; other processes may make it at the same time. */
	private static Path jar(final boolean headless) throws IOException, InterruptedException {
		final String parts = Stream.of(ChildJvm.classPath().split(File.pathSeparator))
			.map(entry -> new File(entry).getName()).filter(name -> name.matches("ij1?-.*\\.jar"))
			.sorted().collect(Collectors.joining("-"));
		final Path jar =
			Path.of("target", (headless ? "headless-" : "windows-") + parts).toAbsolutePath();
		if (Files.exists(jar)) return jar;
		final Path made = Files.createTempFile(jar.getParent(), "patched-", ".jar");
		final Process process =
			new ProcessBuilder(ChildJvm.java(List.of("--add-opens", "java.base/java.lang=ALL-UNNAMED"),
				ChildJvm.classPath(), PatchedImageJ.class, made.toString(), String.valueOf(headless)))
				.redirectErrorStream(true).start();
		final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertEquals(0, process.waitFor(), said);
		return Files.move(made, jar, StandardCopyOption.ATOMIC_MOVE);
	}

	/** Writes the jar; this cannot be done where a class of ImageJ was loaded before. */
	public static void main(final String[] args) throws Exception {
		LegacyInjector.writeJar(new File(args[0]), Boolean.parseBoolean(args[1]), false);
	}
}
