package io.github.zimagefiji.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The processor of this machine, on whose type the last bits of pixels depend. */
final class Machine {

	private Machine() {
		// only processor()
	}

	/** Such as {@code amd64, Intel(R) Xeon(R) CPU @ 2.20GHz}; only the architecture where the system tells no more. */
	static String processor() {
		final String architecture = System.getProperty("os.arch");
		final String windows = System.getenv("PROCESSOR_IDENTIFIER");
		if (windows != null) return architecture + ", " + windows;
		try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
			return lines.filter(line -> line.startsWith("model name")).findFirst().map(line -> architecture + ", " + line
				.substring(line.indexOf(':') + 1).strip()).orElse(architecture);
		}
		catch (final IOException e) {
			return architecture; // not on Linux
		}
	}
}
