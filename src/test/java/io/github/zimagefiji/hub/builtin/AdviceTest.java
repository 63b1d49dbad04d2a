
package io.github.zimagefiji.hub.builtin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.zimagefiji.ModelInfo;
import io.github.zimagefiji.ModelVariant;
import io.github.zimagefiji.request.TextToImageRequest;

class AdviceTest {

	private static final ModelInfo BUILT_IN =
		new ModelInfo("built-in", ModelVariant.BUILT_IN, "", "", "");

	private static List<String> unknown(final String prompt) {
		return PromptVocabulary.builtIn().unknown(prompt);
	}

	@ParameterizedTest
	@ValueSource(
		strings = { "", "three round green nuclei", "Three ROUND green Nuclei.", "6 red spots, dim",
			"a few cyan fibres on a grey background", "microscopy image of lots of yellow dots",
			"两个圆形红色细胞核，明亮", "荧光图像：许多黄色斑点", "5个细长的蓝色细胞核，朦胧背景", "make the nuclei green", "把细胞核变成绿色" })
	void saysNothingAboutWordsThatTheModelKnows(final String prompt) {
		assertEquals(List.of(), unknown(prompt));
	}

	@ParameterizedTest
	@CsvSource({ "an astronaut riding a horse, astronaut|riding|horse", "seven round nuclei, seven",
		"7 nuclei, 7", "round mitochondria and round mitochondria, mitochondria", "宇航员和红色细胞核, 宇航员",
		"红色细胞核骑马斑点, 骑马", "nuclei🔬 über nuclei, über", "h2o nuclei, h2o" })
	void namesEachUnknownWordOnce(final String prompt, final String words) {
		assertEquals(List.of(words.split("\\|")), unknown(prompt));
	}

	@Test
	void theHintNamesTheWordsAndSaysWhatIsUnderstood() {
		final List<String> hints =
			Advice.on(BUILT_IN, TextToImageRequest.builder("an astronaut").build());
		assertEquals(1, hints.size());
		assertTrue(hints.get(0).contains("\"astronaut\"") && hints.get(0).contains("nuclei"),
			hints.get(0));
	}

	@Test
	void aPromptOfManyUnknownWordsGetsAShortHint() {
		final StringBuilder prompt = new StringBuilder();
		for (int i = 0; i < 500; i++) {
			prompt.append("word").append(i).append(' ');
		}
		final String hint = Advice.aboutPrompt(prompt.toString()).orElseThrow();
		assertTrue(hint.length() < 700 && hint.contains("…"), hint);
	}

	@Test
	void otherSizesThanTheTrainedOneGetAHint() {
		final TextToImageRequest.Builder request = TextToImageRequest.builder("red nuclei");
		assertEquals(List.of(), Advice.on(BUILT_IN, request.build()));
		assertEquals(List.of(), Advice.on(BUILT_IN, request.size(128, 128).build()));
		assertEquals(1, Advice.on(BUILT_IN, request.size(256, 128).build()).size());
	}

	@Test
	void otherModelsUnderstandEverything() {
		final ModelInfo turbo = new ModelInfo("Turbo", ModelVariant.TURBO, "", "", "");
		assertFalse(Advice.aboutPrompt("an astronaut").isEmpty());
		assertEquals(List.of(),
			Advice.on(turbo, TextToImageRequest.builder("an astronaut").size(256, 256).build()));
	}
}
