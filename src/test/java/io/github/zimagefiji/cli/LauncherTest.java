
package io.github.zimagefiji.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.zimagefiji.ChildJvm;
import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.golden.ReferenceRun;
import io.github.zimagefiji.image.png.PngFile;

/** {@code scripts/zimage} as a process of its own. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@Tag("process")
class LauncherTest {

	private static final Path SCRIPT = Path.of("scripts", "zimage").toAbsolutePath();
	private static final Path CLASSES = Path.of("target", "classes");
	private static final Path CLASS_PATH = Path.of("target", "class-path.txt");

	@TempDir
	Path folder;

	private record Ended(int code, String out, String err) {}

	private Process start(final Map<String, String> environment, final Path script,
		final String... args) throws IOException
	{
		final List<String> command = new ArrayList<>();
		// Under some build servers signals are ignored, and children inherit that.
		if (System.getProperty("os.name").equals("Linux"))
			command.addAll(List.of("env", "--default-signal=INT,TERM"));
		command.addAll(List.of("bash", script.toString()));
		command.addAll(List.of(args));
		final ProcessBuilder builder = new ProcessBuilder(command);
		builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
		builder.environment().put("ZIMAGE_JAVA_OPTS", String.join(" ", ChildJvm.SHORT_LIVED));
		builder.environment().putAll(environment);
		return builder.redirectOutput(folder.resolve("out.log").toFile())
			.redirectError(folder.resolve("err.log").toFile()).start();
	}

	private Ended end(final Process process) throws IOException, InterruptedException {
		final int code = process.waitFor();
		return new Ended(code, Files.readString(folder.resolve("out.log")),
			Files.readString(folder.resolve("err.log")));
	}

	private Ended run(final Path script, final String... args)
		throws IOException, InterruptedException
	{
		return end(start(Map.of(), script, args));
	}

	private Path image() {
		return folder.resolve("image.png");
	}

	@Test
	void makesTheReferencesImage() throws IOException, InterruptedException {
		// with the JVM as people have it
		final Ended ended = end(start(Map.of("ZIMAGE_JAVA_OPTS", ""), SCRIPT,
			Call.referenceArgs("--output", image().toString())));
		assertEquals(0, ended.code(), ended.err());
		assertTrue(ended.out().contains("Image: " + image()), ended.out());
		assertFalse(ended.err().contains("SLF4J"), ended.err());
		ReferenceRun.assertImage("scripts/zimage", ImageIO.read(image().toFile()));
	}

	@Test
	void givesTheExitCodeOfBadInput() throws IOException, InterruptedException {
		final Ended ended =
			run(SCRIPT, Call.referenceArgs("--output", image().toString(), "--steps", "0"));
		assertEquals(2, ended.code());
		assertTrue(ended.err().startsWith("zimage: The number of steps is 0"), ended.err());
	}

	/**
	 * In the C locale, Java 17 alone would read prompts and file names as ASCII, and write its
	 * messages so.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "C", "C.UTF-8" })
	void passesChineseOnInEveryLocale(final String locale) throws IOException, InterruptedException {
		final String prompt = "雪地里的一只猫，黄昏";
		// A script, because this Java may run in a locale that cannot pass such
		// arguments to a process.
		final Path script = Files.writeString(folder.resolve("call.sh"),
			"set -e; cd '" + folder + "'; LC_ALL=" + locale + " bash '" + SCRIPT +
				"' text-to-image --model '" + Golden.model() + "' --prompt '" + prompt +
				"' --width 16 --height 16 --steps 1 --seed 1 --output 猫.png; mv 猫.png image.png");
		final Ended ended = run(script);
		assertEquals(0, ended.code(), ended.err());
		assertTrue(ended.out().contains("Image: 猫.png"), ended.out());
		assertEquals(prompt, PngFile.readProvenance(image()).orElseThrow().request().prompt());
	}

	@ParameterizedTest
	@ValueSource(strings = { "INT", "TERM" })
	void stopsInGoodOrderOnASignal(final String signal) throws IOException, InterruptedException {
		final Process process =
			start(Map.of(), SCRIPT, "text-to-image", "--model", Golden.model().toString(), "--prompt",
				"a cell", "--width", "256", "--height", "256", "--steps", "1000", "--device", "cpu",
				"--output", image().toString(), "--save-latents", folder.resolve("latents").toString());
		try {
			while (!Files.readString(folder.resolve("err.log")).contains("Forming the image")) {
				assertTrue(process.isAlive(), "ended before its first step");
				Thread.sleep(20);
			}
			new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
			final Ended ended = end(process);
			assertEquals(130, ended.code(), ended.err());
			assertTrue(ended.err().endsWith("zimage: The run was cancelled." + System.lineSeparator()),
				ended.err());
			try (Stream<Path> files = Files.list(folder)) {
				assertEquals(List.of(), files.filter(file -> !file.toString().endsWith(".log")).toList());
			}
		}
		finally {
			process.destroyForcibly();
		}
	}

	@Test
	void tellsHowToBuildAClone() throws IOException, InterruptedException {
		Files.createFile(folder.resolve("pom.xml"));
		final Ended ended =
			run(copyOfScript(Files.createDirectory(folder.resolve("scripts"))), "--version");
		assertEquals(3, ended.code());
		assertTrue(ended.err().contains("mvn -q -DskipTests package"), ended.err());
	}

	@Test
	void tellsWhatItNeedsElsewhere() throws IOException, InterruptedException {
		final Ended ended = run(copyOfScript(folder), "--version");
		assertEquals(3, ended.code());
		assertTrue(ended.err().contains("ZIMAGE_FIJI"), ended.err());
	}

	@Test
	void runsFromAFijiFolder() throws IOException, InterruptedException {
		final Path fiji = makeFiji(folder.resolve("Fiji with blanks"));
		final Ended inside = run(copyOfScript(fiji), "text-to-image", "--help");
		assertEquals(0, inside.code(), inside.err());
		assertTrue(inside.out().contains("--save-latents"), inside.out());
		final Ended named =
			end(start(Map.of("ZIMAGE_FIJI", fiji.toString()), copyOfScript(folder), "--version"));
		assertEquals(0, named.code(), named.err());
		assertTrue(named.out().contains("Z-Image for Fiji"), named.out());
		removeLinks(fiji.resolve("jars"));
	}

	@Test
	void refusesAnOldJava() throws IOException, InterruptedException {
		final Path home = folder.resolve("old java");
		Files.createDirectories(home.resolve("bin"));
		Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"11.0.2\"\n");
		Files.createFile(home.resolve("bin").resolve("java")).toFile().setExecutable(true);
		final Ended ended = end(start(Map.of("JAVA_HOME", home.toString()), SCRIPT, "--version"));
		assertEquals(3, ended.code());
		assertTrue(ended.err().contains("Java 11; 17 or newer"), ended.err());
	}

	private static Path copyOfScript(final Path into) throws IOException {
		return Files.copy(SCRIPT, into.resolve("zimage"));
	}

	/** JUnit would warn of each link when it removes the folder. */
	private static void removeLinks(final Path links) throws IOException {
		try (Stream<Path> files = Files.list(links)) {
			for (final Path file : files.toList()) {
				Files.delete(file);
			}
		}
	}

	/** A folder with the plugin and its libraries where Fiji has them. */
	private static Path makeFiji(final Path fiji) throws IOException {
		final Path jars = Files.createDirectories(fiji.resolve("jars"));
		final Path plugins = Files.createDirectories(fiji.resolve("plugins"));
		for (final Path jar : Arrays.stream(Files.readString(CLASS_PATH).split(":")).map(Path::of)
			.toList())
		{
			Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar);
		}
		try (
				JarOutputStream jar =
					new JarOutputStream(Files.newOutputStream(plugins.resolve("zimage-fiji.jar")));
				Stream<Path> files = Files.walk(CLASSES))
		{
			for (final Path file : files.filter(Files::isRegularFile).toList()) {
				jar.putNextEntry(new JarEntry(CLASSES.relativize(file).toString()));
				Files.copy(file, jar);
			}
		}
		return fiji;
	}
}
