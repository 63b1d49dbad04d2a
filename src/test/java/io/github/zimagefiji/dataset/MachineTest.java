
package io.github.zimagefiji.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

/** The manifest tells of a processor what its last bits depend on. */
class MachineTest {

	private static final List<String> EPYC = List.of("processor\t: 0",
		"model name\t: AMD EPYC",
		"flags\t\t: fpu sse4_2 fma avx2 avx512f rdrand avx512_bf16",
		"processor\t: 1", "model name\t: AMD EPYC");

	@Test
	void processorsOfOneNameDifferByTheirInstructionSets() {
		assertEquals("amd64, AMD EPYC, avx2 fma avx512f avx512_bf16", Machine
			.processor("amd64", EPYC, Map.of()));
		assertEquals("amd64, AMD EPYC, avx2", Machine.processor("amd64", List.of(
			"model name : AMD EPYC", "flags : sse avx2"), Map.of()));
	}

	@Test
	void whatTheEnvironmentSaysToTheLibrariesIsTold() {
		assertEquals(
			"amd64, AMD EPYC, avx2 fma avx512f avx512_bf16, ATEN_CPU_CAPABILITY=avx2",
			Machine.processor("amd64", EPYC, Map.of("ATEN_CPU_CAPABILITY", "avx2",
				"HOME", "/home/me")));
	}

	@Test
	void armAndOtherSystemsTellWhatTheyCan() {
		assertEquals("aarch64, 0x41 0xd40, asimd bf16", Machine.processor("aarch64",
			List.of("Features : fp asimd bf16", "CPU implementer : 0x41",
				"CPU part : 0xd40"), Map.of()));
		assertEquals("amd64, Intel64 Family 6", Machine.processor("amd64", List
			.of(), Map.of("PROCESSOR_IDENTIFIER", "Intel64 Family 6")));
		assertEquals("aarch64", Machine.processor("aarch64", List.of(), Map.of()));
	}

	@Test
	void thisMachineIsTold() {
		assertTrue(Machine.processor().startsWith(System.getProperty("os.arch")));
	}
}
