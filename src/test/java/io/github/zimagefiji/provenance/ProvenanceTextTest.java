
package io.github.zimagefiji.provenance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.zimagefiji.Provenance;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.Examples;
import io.github.zimagefiji.request.TextToImageRequest;

class ProvenanceTextTest {

	static Stream<String> prompts() {
		return Stream.of(Examples.PROMPTS);
	}

	@ParameterizedTest
	@MethodSource("prompts")
	void anyPromptIsReadBackAmongOtherProgramsLines(final String prompt) {
		final List<Provenance> provenances =
			List.of(Examples.provenance(prompt, 1), Examples.provenance("b", 2));
		final String text = "BitsPerPixel = 8\nZ-Image\n" + ProvenanceText.write(provenances) +
			"Scale: 1\nprovenance: {}";
		assertEquals(provenances, ProvenanceText.read(text));
		assertEquals(provenances, ProvenanceText.read(text.replace("\n", "\r\n")));
		assertEquals(provenances, ProvenanceText.read(text.replace("\n", "\r")));
		assertEquals(provenances, ProvenanceText.read(text.replace("\n", " \n\t")));
	}

	@ParameterizedTest
	@MethodSource("prompts")
	void everyLineIsNamedSoThatNoPromptCanForgeOne(final String prompt) {
		final List<String> lines =
			ProvenanceText.write(List.of(Examples.provenance(prompt, 1))).lines().toList();
		assertTrue(lines.stream().allMatch(line -> line.matches("Z-Image [a-z ]+: ?.*")),
			() -> String.join("\n", lines));
		assertEquals(1, lines.stream().filter(line -> line.startsWith("Z-Image provenance: ")).count());
	}

	@Test
	void peopleReadTheMostImportantThingsFirst() {
		final String text = ProvenanceText.write(List.of(Examples.provenance("水墨画,\ntwo lines", 42)));
		assertTrue(
			text.startsWith("Z-Image prompt: 水墨画, two lines\nZ-Image negative prompt: 模糊: \"blur\" \n" +
				"Z-Image seed: 42\nZ-Image size: 32 x 16\nZ-Image steps: 2\nZ-Image guidance: 0.1\n" +
				"Z-Image model: Z-Image-Turbo ü (turbo)\n" +
				"Z-Image computed with: bfloat16 on cuda:1, DJL 0.35.1, libtorch 2.7.1\n" +
				"Z-Image cfg normalization: 0.3333333333333333\nZ-Image cfg truncation: 0.7\n" +
				"Z-Image sigmas: [1.0, 0.3]\nZ-Image max tokens: 77\n" +
				"Z-Image starting noise: given, not drawn from the seed\nZ-Image provenance: {"),
			text);
	}

	@Test
	void whatWentInBesideThePromptIsTold() {
		final Provenance provenance =
			Examples.provenance(Examples.request("p", 1, 48, 32), Examples.conditions("n\nm"));
		final String text = ProvenanceText.write(List.of(provenance));
		assertTrue(text.contains("\nZ-Image task: control\n" +
			"Z-Image input: image, n m, 40 x 30, 16-bit from 12.5 to 4095.0, -0.0 to 0.3333333333333333 (percentiles)\n" +
			"Z-Image input: mask, n m, 40 x 30\nZ-Image strength: 0.6\nZ-Image feather: 3 pixels\n" +
			"Z-Image borders: 1 left, 0 right, 16384 top, 2 bottom\nZ-Image controlnet: n m, scale 0.75\n" +
			"Z-Image lora: n m, scale -1.5, strength 0.5 to 2\nZ-Image lora: second, scale 1.0\nZ-Image mode: as the reference\n"),
			text);
		assertEquals(List.of(provenance), ProvenanceText.read(text));
	}

	@ParameterizedTest
	@MethodSource("prompts")
	void noNameOfAnInputCanForgeALine(final String name) {
		final Provenance provenance =
			Examples.provenance(Examples.request("p", 1, 48, 32), Examples.conditions(name));
		final List<String> lines = ProvenanceText.write(List.of(provenance)).lines().toList();
		assertTrue(lines.stream().allMatch(line -> line.matches("Z-Image [a-z ]+: ?.*")),
			() -> String.join("\n", lines));
		assertEquals(1, lines.stream().filter(line -> line.startsWith("Z-Image provenance: ")).count());
	}

	@Test
	void aSizeThatIsNotKnownIsNotTold() {
		final String text =
			ProvenanceText.write(List.of(Examples.provenance(TextToImageRequest.builder("p").build())));
		assertFalse(text.contains("Z-Image size"), text);
	}

	@Test
	void aTextAboutOtherThingsHoldsNoProvenance() {
		assertEquals(List.of(), ProvenanceText.read(null));
		assertEquals(List.of(), ProvenanceText.read(""));
		assertEquals(List.of(),
			ProvenanceText.read("prompt: a\nMy Z-Image provenance: {}\nZ-Image provenance {"));
	}

	@Test
	void aDamagedLineIsReportedNotIgnored() {
		assertThrows(InvalidInputException.class, () -> ProvenanceText.read("Z-Image provenance: {"));
		final String text = ProvenanceText.write(List.of(Examples.provenance("p", 1)));
		assertThrows(InvalidInputException.class,
			() -> ProvenanceText.read(text.strip() + " Scale: 1"));
	}
}
