
package io.github.zimagefiji.hub.diagnosis;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.github.zimagefiji.ProcessorType;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.hub.source.SizeText;

/** The processor, what it can do that libtorch makes use of, and the memory. */
record HardwareProbe() implements Probe {

	private static final Set<String> FEATURES = Set.of("avx2", "avx512f", "avx512_bf16",
		"avx512_vnni", "amx_tile", "amx_bf16", "amx_int8", "asimd", "bf16", "i8mm", "sve");

	@Override
	public String topic() {
		return "Computer";
	}

	@Override
	public List<Finding> look(final Progress progress) {
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
}
