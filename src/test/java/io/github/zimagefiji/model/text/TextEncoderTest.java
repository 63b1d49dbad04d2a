
package io.github.zimagefiji.model.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.zimagefiji.engine.EngineFixture;
import io.github.zimagefiji.engine.TensorType;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.error.RunCanceledException;
import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.golden.Parity;
import io.github.zimagefiji.golden.Tokens;
import io.github.zimagefiji.weights.Checkpoint;

@Tag("engine")
class TextEncoderTest extends EngineFixture {

	private final TextEncoderConfig config =
		TextEncoderConfig.read(Golden.path("model/text_encoder/config.json"));
	private final Checkpoint checkpoint =
		TextEncoder.names(Checkpoint.open(Golden.path("model/text_encoder")));

	@Test
	void everyPromptGivesTheReferencesHiddenStates() {
		final Golden golden = Golden.of("text_encoder");
		try (TextEncoder encoder =
			TextEncoder.load(config, checkpoint, engine, TensorType.FLOAT32, () -> {}))
		{
			for (int i = 0; i < 26; i++) {
				Parity.assertClose(golden, "prompt_embeds." + i,
					encoder.encode(scope, Tokens.ofPrompt(i), () -> {}).toFloats(), Parity.TEXT);
			}
		}
	}

	@Test
	void bfloat16IsNoFartherFromFloat32ThanTheReferencesBfloat16() {
		final Golden exact = Golden.of("text_encoder");
		final Golden rounded = Golden.of("text_encoder_bf16");
		try (TextEncoder encoder =
			TextEncoder.load(config, checkpoint, engine, TensorType.BFLOAT16, () -> {}))
		{
			for (final int i : new int[] { 0, 4, 6 }) {
				final String tensor = "prompt_embeds." + i;
				Parity.record("text_encoder_bf16", tensor, "of rms",
					Parity.distance(exact.floats(tensor),
						encoder.encode(scope, Tokens.ofPrompt(i), () -> {}).toFloats()),
					Parity.distance(exact.floats(tensor), rounded.floats(tensor)));
			}
		}
	}

	@Test
	void theLastLayerIsNeverRun() {
		final AtomicInteger layers = new AtomicInteger();
		try (TextEncoder encoder =
			TextEncoder.load(config, checkpoint, engine, TensorType.FLOAT32, () -> {}))
		{
			encoder.encode(scope, Tokens.ofPrompt(0), layers::incrementAndGet);
			assertEquals(config.layers() - 1, layers.get());
			assertEquals(config.layers() - 1, TextEncoder.blocks(config));
		}
	}

	@Test
	void encodingStopsBetweenLayers() {
		try (TextEncoder encoder =
			TextEncoder.load(config, checkpoint, engine, TensorType.FLOAT32, () -> {}))
		{
			assertThrows(RunCanceledException.class,
				() -> encoder.encode(scope, Tokens.ofPrompt(0), () -> {
					throw new RunCanceledException();
				}));
		}
	}

	@Test
	void aTokenBeyondTheVocabularyIsRefusedBeforeAnyNativeCall() {
		try (TextEncoder encoder =
			TextEncoder.load(config, checkpoint, engine, TensorType.FLOAT32, () -> {}))
		{
			assertThrows(InvalidInputException.class,
				() -> encoder.encode(scope, new long[] { 151936 }, () -> {}));
		}
	}
}
