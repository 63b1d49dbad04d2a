
package io.github.zimagefiji.hub.diagnosis;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

import io.github.zimagefiji.PluginVersion;
import io.github.zimagefiji.ProcessorType;
import io.github.zimagefiji.engine.library.EngineStatus;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.error.RunCanceledException;
import io.github.zimagefiji.hub.source.SizeText;
import io.github.zimagefiji.io.AtomicFile;
import io.github.zimagefiji.io.CacheFolder;
import io.github.zimagefiji.io.IOReason;

/** Looks at the programs, the computer, its GPUs and the cache folder. */
final class ComputerProbes {

	private static final int OLDEST_JAVA = 17;
	/** What processors can do that libtorch makes use of. */
	private static final Set<String> FEATURES = Set.of("avx2", "avx512f", "avx512_bf16",
		"avx512_vnni", "amx_tile", "amx_bf16", "amx_int8", "asimd", "bf16", "i8mm", "sve");
	/** What the built-in model and an unpacked native library take, roughly. */
	private static final long LEAST_BYTES = 600_000_000;
	private static final long PATIENCE_SECONDS = 5;

	private ComputerProbes() {
		// only static methods
	}

	/** Versions of the programs. */
	static List<Finding> software(final Map<String, String> versions) {
		final List<Finding> found = new ArrayList<>();
		found.add(Finding.good("Z-Image for Fiji", PluginVersion.get()));
		versions.forEach((name, version) -> found.add(Finding.good(name, version)));
		final String java = System.getProperty("java.version") + " (" +
			System.getProperty("java.vendor") + "), " + System.getProperty("os.arch");
		final boolean old = Runtime.version().feature() < OLDEST_JAVA;
		found.add(
			old ? Finding.wrong("Java", java + "; " + OLDEST_JAVA + " or newer is needed. Update Fiji.")
				: Finding.good("Java", java));
		found.add(Finding.good("System",
			System.getProperty("os.name") + " " + System.getProperty("os.version")));
		return found;
	}

	/** The processor, what it can do that libtorch makes use of, and the memory. */
	static List<Finding> hardware() {
		final var system =
			(com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
		final ProcessorType type = ProcessorType.here();
		return List.of(
			Finding.good("Processor",
				type.name() + ", " + Runtime.getRuntime().availableProcessors() + " threads, features: " +
					features(type.features())),
			Finding.good("Memory", SizeText.of(system.getTotalMemorySize()) + ", Java may take " +
				SizeText.of(Runtime.getRuntime().maxMemory())));
	}

	private static String features(final Set<String> all) {
		if (all.isEmpty()) return "not told by this system";
		final Set<String> has = new TreeSet<>(all);
		has.retainAll(FEATURES);
		return has.isEmpty() ? "none of those that make libtorch fast" : String.join(" ", has);
	}

	/** The cache folder: whether it can be written to, and the room on its drive. */
	static List<Finding> cacheFolder() {
		final String topic = "Cache folder";
		final Path folder = CacheFolder.path();
		try {
			Files.createDirectories(folder);
			AtomicFile.checkWritable(folder.resolve("doctor"));
			final long free = Files.getFileStore(folder).getUsableSpace();
			final String text = folder + ", " + SizeText.of(free) + " free";
			return List.of(free < LEAST_BYTES ? Finding.note(topic, text + "; make room for downloads")
				: Finding.good(topic, text));
		}
		catch (final IOException e) {
			return List.of(Finding.wrong(topic, folder + " cannot be made or used: " + IOReason.of(e) +
				". Change its permissions, or name another one with the property zimage.cache."));
		}
		catch (final InvalidInputException e) {
			return List
				.of(Finding.wrong(topic, e.getMessage() + " Name it with the property zimage.cache."));
		}
	}

	/**
	 * NVIDIA's GPUs and driver, as its own program tells them, and whether they are used.
	 *
	 * @param program {@code nvidia-smi}
	 */
	static List<Finding> graphics(final String program) {
		final Path answer;
		try {
			answer = Files.createTempFile("zimage", ".txt");
		}
		catch (final IOException e) {
			return List.of(Finding.note("GPU",
				"could not be asked for: the folder for temporary files cannot be written to"));
		}
		try {
			return ask(program, answer);
		}
		catch (final IOException e) {
			return List.of(Finding.good("GPU", "no NVIDIA driver: there is no " + program + " here"));
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new RunCanceledException();
		}
		finally {
			answer.toFile().delete();
		}
	}

	private static List<Finding> ask(final String program, final Path answer)
		throws IOException, InterruptedException
	{
		final Process process =
			new ProcessBuilder(program, "--query-gpu=name,driver_version,memory.total",
				"--format=csv,noheader").redirectErrorStream(true).redirectOutput(answer.toFile()).start();
		if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
			process.destroyForcibly();
			return List.of(Finding.wrong("GPU", program + " does not answer within " + PATIENCE_SECONDS +
				" s. Restart the computer, or reinstall the NVIDIA driver."));
		}
		final String said = Files.readString(answer, StandardCharsets.UTF_8).strip();
		if (process.exitValue() != 0 || said.isEmpty()) return List.of(Finding.wrong("GPU", program +
			" fails: " + said.lines().findFirst().orElse("no words") + ". Reinstall the NVIDIA driver."));
		final List<Finding> found = new ArrayList<>();
		said.lines().forEach(line -> found.add(Finding.good("GPU", line + " (name, driver, memory)")));
		final boolean cuda =
			EngineStatus.now().library().filter(library -> library.flavor().startsWith("cu")).isPresent();
		if (!cuda) found.add(Finding.note("GPU",
			"is not used, because the native library computes on the processor only. Get " +
				"the CUDA build in Plugins>Z-Image>Engine... (zimage engine --download cu128)."));
		return found;
	}
}
