
package io.github.zimagefiji;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

/** Kinds of processors are told from what systems say. */
class ProcessorTypeTest {

	private static final List<String> EPYC = List.of("processor\t: 0", "vendor_id\t: AuthenticAMD",
		"cpu family\t: 26", "model\t\t: 2", "model name\t: AMD EPYC", "flags\t\t: fpu fma avx2",
		"processor\t: 1", "model name\t: another");

	@Test
	void generationsOfOneNameDiffer() {
		assertEquals(new ProcessorType("AMD EPYC, family 26, model 2", Set.of("fpu", "fma", "avx2")),
			ProcessorType.of("amd64", EPYC, Map.of()));
		assertEquals(new ProcessorType("AMD EPYC", Set.of("avx2")),
			ProcessorType.of("amd64", List.of("model name : AMD EPYC", "flags : avx2"), Map.of()));
	}

	@Test
	void armAndOtherSystemsTellWhatTheyCan() {
		assertEquals(new ProcessorType("0x41 0xd40", Set.of("fp", "asimd")), ProcessorType.of("aarch64",
			List.of("Features : fp asimd", "CPU implementer : 0x41", "CPU part : 0xd40"), Map.of()));
		assertEquals(new ProcessorType("Intel64 Family 6 Model 85", Set.of()), ProcessorType.of("amd64",
			List.of(), Map.of("PROCESSOR_IDENTIFIER", "Intel64 Family 6 Model 85")));
		assertEquals(new ProcessorType("aarch64", Set.of()),
			ProcessorType.of("aarch64", List.of(), Map.of()));
	}

	@Test
	void thisMachineIsTold() {
		assertFalse(ProcessorType.here().name().isBlank());
	}
}
