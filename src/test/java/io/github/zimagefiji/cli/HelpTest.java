
package io.github.zimagefiji.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HelpTest {

	private static final List<String> COMMANDS =
		List.of("text-to-image", "image-to-image", "inpaint", "outpaint", "control", "edit");

	private static final List<String> COMMON = List.of("--model", "--prompt", "--prompt-file",
		"--negative-prompt", "--steps", "--guidance", "--cfg-normalization", "--cfg-truncation",
		"--sigmas", "--sampler", "--max-tokens", "--seed", "--count", "--lora", "--precision",
		"--device", "--threads", "--save-latents", "--timings", "--output", "--quiet", "--debug");

	private static final List<String> OF_IMAGES =
		List.of("--image", "--intensity", "--channel", "--slice", "--frame", "--reference");

	private static List<String> ownOptions(final String command) {
		return switch (command) {
			case "text-to-image" -> List.of("--width", "--height");
			case "image-to-image" -> List.of("--strength", "--tile", "--tile-overlap");
			case "inpaint" -> List.of("--mask", "--mask-labels", "--label", "--mask-slice",
				"--mask-channel", "--feather", "--strength", "--tile", "--tile-overlap");
			case "outpaint" -> List.of("--left", "--right", "--top", "--bottom", "--tile",
				"--tile-overlap");
			case "control" -> List.of("--control-model", "--control-image", "--preprocessor",
				"--control-scale", "--mask", "--mask-labels", "--label", "--mask-slice", "--mask-channel",
				"--feather", "--width", "--height", "--tile", "--tile-overlap");
			default -> List.of("--width", "--height");
		};
	}

	private static Stream<String> commands() {
		return COMMANDS.stream();
	}

	@ParameterizedTest
	@MethodSource("commands")
	void explainsEveryOptionOfACommandAndNoOther(final String command) {
		final Call call = Call.of(command, "--help");
		assertEquals(0, call.code());
		final Set<String> expected = new TreeSet<>(COMMON);
		expected.addAll(ownOptions(command));
		if (!"text-to-image".equals(command)) expected.addAll(OF_IMAGES);
		final Set<String> explained =
			call.out().lines().map(String::strip).filter(line -> line.startsWith("--"))
				.map(line -> line.split("[= ]")[0]).collect(Collectors.toCollection(TreeSet::new));
		assertEquals(expected, explained);
	}

	@Test
	void listsCommandsAndExitCodes() {
		final Call call = Call.of("--help");
		assertEquals(0, call.code());
		for (final String command : COMMANDS)
			assertTrue(call.out().contains("\n  " + command + " "), call.out());
		for (final String command : List.of("engine", "doctor"))
			assertTrue(call.out().contains("\n  " + command + " "), call.out());
		assertTrue(call.out().contains("130"), call.out());
	}

	@Test
	void explainsTheOptionsOfThoseThatMakeNoImages() {
		for (final String option : List.of("--download", "--accept-unverified", "--use", "--device"))
			assertTrue(Call.of("engine", "--help").out().contains(option), option);
		for (final String option : List.of("--models", "--catalogue", "--verify", "4 something is"))
			assertTrue(Call.of("doctor", "--help").out().contains(option), option);
	}

	@Test
	void tellsItsVersion() {
		final Call call = Call.of("--version");
		assertEquals(0, call.code());
		assertTrue(call.out().matches("Z-Image for Fiji \\S.*\\R"), call.out());
	}
}
