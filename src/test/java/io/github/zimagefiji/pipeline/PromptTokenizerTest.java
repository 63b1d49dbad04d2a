
package io.github.zimagefiji.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import io.github.zimagefiji.golden.Golden;

class PromptTokenizerTest {

	@Test
	void promptsOfManyScriptsGiveTheReferencesTokens() {
		int compared = 0;
		try (PromptTokenizer tokenizer =
			new PromptTokenizer(Golden.path("model/tokenizer/tokenizer.json")))
		{
			for (final JsonElement element : JsonParser.parseString(Golden.text("golden/tokens.json"))
				.getAsJsonObject().getAsJsonArray("prompts"))
			{
				final JsonObject row = element.getAsJsonObject();
				final String prompt = row.get("prompt").getAsString();
				final PromptTokenizer.Tokens tokens = tokenizer.encode(prompt, 512);
				assertEquals(row.get("chat").getAsString(), PromptTokenizer.template(prompt));
				assertArrayEquals(row.getAsJsonArray("input_ids").asList().stream()
					.mapToLong(JsonElement::getAsLong).toArray(), tokens.ids(), prompt);
				assertEquals(row.get("truncated").getAsBoolean(), tokens.dropped() > 0, prompt);
				compared++;
			}
		}
		assertEquals(26, compared);
	}

	@Test
	void aHigherLimitKeepsTheWholeLongPrompt() {
		try (PromptTokenizer tokenizer =
			new PromptTokenizer(Golden.path("model/tokenizer/tokenizer.json")))
		{
			final String prompt = "cell ".repeat(700);
			final PromptTokenizer.Tokens cut = tokenizer.encode(prompt, 512);
			final PromptTokenizer.Tokens whole = tokenizer.encode(prompt, 1024);
			assertEquals(512, cut.ids().length);
			assertEquals(0, whole.dropped());
			assertEquals(whole.ids().length - 512, cut.dropped());
		}
	}

	@Test
	void anInstructionIsWrittenAroundItsImagesInPiecesOfTheirOwn() {
		assertEquals(List.of(PromptTokenizer.template("blur it")),
			PromptTokenizer.pieces("blur it", 0));
		assertEquals(List.of("<|im_start|>user\n<|vision_start|>",
			"<|vision_end|>blur it<|im_end|>\n<|im_start|>assistant\n<|vision_start|>",
			"<|vision_end|><|im_end|>"), PromptTokenizer.pieces("blur it", 1));
		assertEquals(List.of("<|im_start|>user\n<|vision_start|>", "<|vision_end|><|vision_start|>",
			"<|vision_end|><|vision_start|>",
			"<|vision_end|>blur it<|im_end|>\n<|im_start|>assistant\n<|vision_start|>",
			"<|vision_end|><|im_end|>"), PromptTokenizer.pieces("blur it", 3));
	}

	@Test
	void eachPieceHasTheLimitForItself() {
		try (PromptTokenizer tokenizer =
			new PromptTokenizer(Golden.path("model/tokenizer/tokenizer.json")))
		{
			final List<PromptTokenizer.Tokens> pieces =
				tokenizer.encodePieces("cell ".repeat(700), 2, 512);
			assertArrayEquals(new int[] { 4, 2, 512, 2 },
				pieces.stream().mapToInt(p -> p.ids().length).toArray());
			assertTrue(pieces.get(2).dropped() > 0);
			assertEquals(0, pieces.get(3).dropped());
		}
	}
}
