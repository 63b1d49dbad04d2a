
package io.github.zimagefiji.hub.diagnosis;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import io.github.zimagefiji.Progress;
import io.github.zimagefiji.hub.SizeText;

/** The processor, what it can do that libtorch makes use of, and the memory. */
record HardwareProbe() implements Probe {

	private static final Path LINUX = Path.of("/proc/cpuinfo");
	private static final Set<String> FEATURES = Set.of("avx2", "avx512f",
		"avx512_bf16", "avx512_vnni", "amx_tile", "amx_bf16", "amx_int8", "asimd",
		"bf16", "i8mm", "sve");

	@Override
	public String topic() {
		return "Computer";
	}

	@Override
	public List<Finding> look(final Progress progress) {
		final var system =
			(com.sun.management.OperatingSystemMXBean) ManagementFactory
				.getOperatingSystemMXBean();
		return List.of(Finding.good("Processor", processor() + ", " + Runtime
			.getRuntime().availableProcessors() + " threads, features: " +
			features()), Finding.good("Memory", SizeText.of(system
				.getTotalMemorySize()) + ", Java may take " + SizeText.of(Runtime
					.getRuntime().maxMemory())));
	}

	private static String processor() {
		return line("model name").or(() -> Optional.ofNullable(System.getenv(
			"PROCESSOR_IDENTIFIER"))).orElse(System.getProperty("os.arch"));
	}

	private static String features() {
		final Optional<String> flags = line("flags").or(() -> line("Features"));
		if (flags.isEmpty()) return "not told by this system";
		final Set<String> has = new TreeSet<>(List.of(flags.get().split("\\s+")));
		has.retainAll(FEATURES);
		return has.isEmpty() ? "none of those that make libtorch fast" : String
			.join(" ", has);
	}

	/** What follows a name in the first line that has it. */
	private static Optional<String> line(final String name) {
		if (!Files.isReadable(LINUX)) return Optional.empty();
		try {
			return Files.readAllLines(LINUX).stream().filter(line -> line.startsWith(
				name)).map(line -> line.substring(line.indexOf(':') + 1).strip())
				.findFirst();
		}
		catch (final IOException e) {
			return Optional.empty();
		}
	}
}
