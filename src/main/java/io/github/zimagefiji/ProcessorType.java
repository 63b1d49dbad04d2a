
package io.github.zimagefiji;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What kind of processor computes. Native libraries choose their kernels by it, so that speed, last
 * bits and even faults are those of a kind.
 *
 * @param name such as {@code AMD EPYC, family 26, model 2}: names for sale alone are shared by
 *          generations; the architecture where the system tells no more
 * @param features instruction sets, as Linux calls them; empty where the system does not tell
 */
public record ProcessorType(String name, Set<String> features) {

	private static final Path LINUX = Path.of("/proc/cpuinfo");

	/** The processor of this machine. */
	public static ProcessorType here() {
		List<String> lines = List.of();
		try {
			lines = Files.readAllLines(LINUX);
		}
		catch (final IOException e) {
			// not on Linux
		}
		return of(System.getProperty("os.arch"), lines, System.getenv());
	}

	/**
	 * The same of what a system tells.
	 *
	 * @param lines of Linux's {@code /proc/cpuinfo}; empty elsewhere
	 * @param environment on Windows, it has the name
	 */
	public static ProcessorType of(final String architecture, final List<String> lines,
		final Map<String, String> environment)
	{
		final Map<String, String> facts = new HashMap<>();
		for (final String line : lines) {
			final int colon = line.indexOf(':');
			if (colon > 0)
				facts.putIfAbsent(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
		}
		final String features = facts.getOrDefault("flags", facts.getOrDefault("Features", ""));
		return new ProcessorType(name(architecture, facts, environment),
			features.isEmpty() ? Set.of() : Set.copyOf(Arrays.asList(features.split("\\s+"))));
	}

	private static String name(final String architecture, final Map<String, String> facts,
		final Map<String, String> environment)
	{
		if (environment.containsKey("PROCESSOR_IDENTIFIER"))
			return environment.get("PROCESSOR_IDENTIFIER");
		// ARM's processors have numbers
		if (facts.containsKey("CPU part"))
			return facts.get("CPU implementer") + " " + facts.get("CPU part");
		if (!facts.containsKey("model name")) return architecture;
		final List<String> parts = new ArrayList<>(List.of(facts.get("model name")));
		if (facts.containsKey("cpu family")) parts.add("family " + facts.get("cpu family"));
		if (facts.containsKey("model")) parts.add("model " + facts.get("model"));
		return String.join(", ", parts);
	}
}
