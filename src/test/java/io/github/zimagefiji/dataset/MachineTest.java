
package io.github.zimagefiji.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.github.zimagefiji.ProcessorType;

/** The manifest tells of a processor what its last bits depend on. */
class MachineTest {

	private static final ProcessorType EPYC = new ProcessorType("AMD EPYC, family 26, model 2",
		Set.of("fpu", "fma", "avx2", "avx512f", "avx512_bf16"));

	@Test
	void processorsOfOneNameDifferByTheirInstructionSets() {
		assertEquals("amd64, AMD EPYC, family 26, model 2, avx2 fma avx512f avx512_bf16",
			Machine.processor("amd64", EPYC, Map.of()));
		assertEquals("amd64, AMD EPYC, avx2",
			Machine.processor("amd64", new ProcessorType("AMD EPYC", Set.of("sse", "avx2")), Map.of()));
	}

	@Test
	void armAndOtherSystemsTellWhatTheyCan() {
		assertEquals("aarch64, 0x41 0xd40, asimd bf16", Machine.processor("aarch64",
			new ProcessorType("0x41 0xd40", Set.of("fp", "asimd", "bf16")), Map.of()));
		assertEquals("amd64, Intel64 Family 6",
			Machine.processor("amd64", new ProcessorType("Intel64 Family 6", Set.of()), Map.of()));
		assertEquals("aarch64",
			Machine.processor("aarch64", new ProcessorType("aarch64", Set.of()), Map.of()));
	}

	@Test
	void whatTheEnvironmentSaysToTheLibrariesIsTold() {
		assertEquals(
			"amd64, AMD EPYC, family 26, model 2, avx2 fma avx512f avx512_bf16, ATEN_CPU_CAPABILITY=avx2",
			Machine.processor("amd64", EPYC, Map.of("ATEN_CPU_CAPABILITY", "avx2", "HOME", "/home/me")));
	}

	@Test
	void thisMachineIsTold() {
		assertTrue(Machine.processor().startsWith(System.getProperty("os.arch")));
	}
}
