
package io.github.zimagefiji.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The processor of this machine, on whose type the last bits of pixels depend:
 * on the instruction sets for which libtorch, MKL and oneDNN have kernels of
 * their own, and on what the environment lets them use.
 */
final class Machine {

	/**
	 * Instruction sets by which kernels are chosen, x86's and ARM's, as Linux
	 * calls them.
	 */
	private static final List<String> SETS = List.of("avx2", "fma", "avx512f",
		"avx512bw", "avx512dq", "avx512vl", "avx512_vnni", "avx512_bf16",
		"avx512_fp16", "amx_tile", "amx_bf16", "asimd", "bf16", "i8mm", "sve",
		"sve2");

	/** Variables that make the libraries choose otherwise. */
	private static final List<String> SETTINGS = List.of("ATEN_CPU_CAPABILITY",
		"MKL_ENABLE_INSTRUCTIONS", "MKL_CBWR", "ONEDNN_MAX_CPU_ISA",
		"DNNL_MAX_CPU_ISA", "ONEDNN_DEFAULT_FPMATH_MODE",
		"DNNL_DEFAULT_FPMATH_MODE");

	private Machine() {
		// only static methods
	}

	/**
	 * Such as {@code amd64, Intel(R) Xeon(R) CPU @ 2.20GHz, avx2 fma}; only the
	 * architecture where the system tells no more. What the environment says to
	 * the libraries follows.
	 */
	static String processor() {
		List<String> lines = List.of();
		try {
			lines = Files.readAllLines(Path.of("/proc/cpuinfo"));
		}
		catch (final IOException e) {
			// not on Linux
		}
		return processor(System.getProperty("os.arch"), lines, System.getenv());
	}

	/**
	 * The same of what a system tells.
	 *
	 * @param lines of Linux's {@code /proc/cpuinfo}; empty elsewhere
	 */
	static String processor(final String architecture, final List<String> lines,
		final Map<String, String> environment)
	{
		final Map<String, String> facts = new HashMap<>();
		for (final String line : lines) {
			final int colon = line.indexOf(':');
			if (colon > 0) facts.putIfAbsent(line.substring(0, colon).strip(), line
				.substring(colon + 1).strip());
		}
		final List<String> parts = new ArrayList<>(List.of(architecture));
		if (environment.containsKey("PROCESSOR_IDENTIFIER")) parts.add(environment
			.get("PROCESSOR_IDENTIFIER"));
		else if (facts.containsKey("model name")) parts.add(facts.get(
			"model name"));
		// ARM's processors have numbers
		else if (facts.containsKey("CPU part")) parts.add(facts.get(
			"CPU implementer") + " " + facts.get("CPU part"));
		final List<String> flags = Arrays.asList(facts.getOrDefault("flags", facts
			.getOrDefault("Features", "")).split(" "));
		final List<String> known = SETS.stream().filter(flags::contains).toList();
		if (!known.isEmpty()) parts.add(String.join(" ", known));
		for (final String setting : SETTINGS)
			if (environment.containsKey(setting)) parts.add(setting + "=" +
				environment.get(setting));
		return String.join(", ", parts);
	}
}
