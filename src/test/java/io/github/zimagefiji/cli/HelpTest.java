package io.github.zimagefiji.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {

	@ParameterizedTest
	@ValueSource(strings = { "--model", "--prompt", "--prompt-file", "--negative", "--width", "--height", "--steps",
		"--guidance", "--cfg-normalization", "--cfg-truncation", "--sigmas", "--max-tokens", "--seed", "--count",
		"--precision", "--device", "--threads", "--save-latents", "--timings", "--output", "--quiet", "--debug" })
	void explainsEveryOption(final String option) {
		final Call call = Call.of("text-to-image", "--help");
		assertEquals(0, call.code());
		assertTrue(call.out().lines().anyMatch(line -> line.strip().startsWith(option + "=") || line.strip().startsWith(
			option + " ")), call.out());
	}

	@Test
	void listsCommandsAndExitCodes() {
		final Call call = Call.of("--help");
		assertEquals(0, call.code());
		assertTrue(call.out().contains("text-to-image"), call.out());
		assertTrue(call.out().contains("130"), call.out());
	}

	@Test
	void tellsItsVersion() {
		final Call call = Call.of("--version");
		assertEquals(0, call.code());
		assertTrue(call.out().matches("Z-Image for Fiji \\S.*\\R"), call.out());
	}
}
