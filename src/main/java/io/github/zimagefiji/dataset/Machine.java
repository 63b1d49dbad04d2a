
package io.github.zimagefiji.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.zimagefiji.ProcessorType;

/**
 * The processor of this machine, on whose type the last bits of pixels depend: on the instruction
 * sets for which libtorch, MKL and oneDNN have their own kernels, and on what the environment lets
 * them use.
 */
final class Machine {

	/**
	 * Instruction sets by which kernels are chosen, x86's and ARM's, as Linux calls them.
	 */
	private static final List<String> SETS =
		List.of("avx2", "fma", "avx512f", "avx512bw", "avx512dq", "avx512vl", "avx512_vnni",
			"avx512_bf16", "avx512_fp16", "amx_tile", "amx_bf16", "asimd", "bf16", "i8mm", "sve", "sve2");

	/** Variables that make the libraries choose otherwise. */
	private static final List<String> SETTINGS =
		List.of("ATEN_CPU_CAPABILITY", "MKL_ENABLE_INSTRUCTIONS", "MKL_CBWR", "ONEDNN_MAX_CPU_ISA",
			"DNNL_MAX_CPU_ISA", "ONEDNN_DEFAULT_FPMATH_MODE", "DNNL_DEFAULT_FPMATH_MODE");

	private Machine() {
		// only static methods
	}

	/**
	 * Such as {@code amd64, Intel(R) Xeon(R) CPU @ 2.20GHz, family 6, model 85,
	 * avx2 fma}; only the architecture where the system tells no more. What the environment says to
	 * the libraries follows.
	 */
	static String processor() {
		return processor(System.getProperty("os.arch"), ProcessorType.here(), System.getenv());
	}

	/** The same of what a system tells. */
	static String processor(final String architecture, final ProcessorType type,
		final Map<String, String> environment)
	{
		final List<String> parts = new ArrayList<>(List.of(architecture));
		if (!type.name().equals(architecture)) parts.add(type.name());
		final List<String> known = SETS.stream().filter(type.features()::contains).toList();
		if (!known.isEmpty()) parts.add(String.join(" ", known));
		for (final String setting : SETTINGS)
			if (environment.containsKey(setting)) parts.add(setting + "=" + environment.get(setting));
		return String.join(", ", parts);
	}
}
