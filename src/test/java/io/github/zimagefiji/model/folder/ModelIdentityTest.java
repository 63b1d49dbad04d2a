
package io.github.zimagefiji.model.folder;

import static io.github.zimagefiji.Refusals.assertRefused;
import static io.github.zimagefiji.golden.Golden.FLOAT32;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.zimagefiji.ModelInfo;
import io.github.zimagefiji.ModelVariant;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.pipeline.ModelCopy;
import io.github.zimagefiji.pipeline.Pipeline;
import io.github.zimagefiji.request.TextToImageRequest;

/** Turbo, base or neither, and what follows from it. */
@Tag("engine")
class ModelIdentityTest {

	private static final String SCHEDULER = "scheduler/scheduler_config.json";
	private static final String TURBO_SHARD =
		"95facd593e2549e8252acb571c653d57f7ddb7f1060d4e81712f152555a88804";

	@TempDir
	Path temporary;
	private ModelCopy copy;

	@BeforeEach
	void copy() {
		copy = ModelCopy.to(temporary.resolve("model"));
	}

	private static TextToImageRequest.Builder small() {
		return TextToImageRequest.builder("cells").size(16, 16);
	}

	@ParameterizedTest
	@CsvSource({ "3.0, false, TURBO, scheduler shift 3.0", "6.0, false, BASE, scheduler shift 6.0",
		"1.0, false, UNKNOWN, scheduler shift 1.0", "3.0, true, UNKNOWN, dynamic scheduler shift" })
	void theSchedulersShiftTellsTheVariant(final String shift, final String dynamic,
		final ModelVariant variant, final String reason)
	{
		copy.set(SCHEDULER, "shift", shift).set(SCHEDULER, "use_dynamic_shifting", dynamic);
		final ModelInfo info = ModelFolder.open(copy.folder()).info();
		assertEquals(variant, info.variant());
		assertEquals(reason, info.variantReason());
		assertEquals("sampled", info.fingerprintKind());
	}

	@Test
	void aKnownHashInTheCacheOfHuggingFaceDecidesWhateverTheShift() throws IOException {
		final Path snapshot = temporary.resolve("models--Tongyi-MAI--Z-Image-Turbo/snapshots/abc123");
		Files.createDirectories(snapshot.getParent());
		copy.set(SCHEDULER, "shift", "6.0");
		Files.move(copy.folder(), snapshot);
		final Path shard = snapshot.resolve(ModelCopy.TRANSFORMER);
		final Path blob =
			Files.createDirectories(snapshot.resolve("../../blobs").normalize()).resolve(TURBO_SHARD);
		Files.move(shard, blob);
		Files.createSymbolicLink(shard, shard.getParent().relativize(blob));
		final ModelInfo info = ModelFolder.open(snapshot).info();
		assertEquals(ModelVariant.TURBO, info.variant());
		assertEquals("SHA-256 of " + ModelCopy.TRANSFORMER, info.variantReason());
		assertEquals("Z-Image-Turbo", info.name());
	}

	@Test
	void theBaseModelsDefaultsAreFiftyStepsWithGuidance() {
		copy.set(SCHEDULER, "shift", "6.0");
		try (Pipeline pipeline = Pipeline.open(copy.folder(), FLOAT32)) {
			final TextToImageRequest used =
				pipeline.generate(small().build(), Progress.NONE).images().get(0).provenance().request();
			assertEquals(50, used.steps());
			assertEquals(4.0, used.guidance());
		}
	}

	@ParameterizedTest
	@CsvSource({ "1.0, false", "3.0, true" })
	void anUnknownModelDemandsStepsAndGuidance(final String shift, final String dynamic) {
		copy.set(SCHEDULER, "shift", shift).set(SCHEDULER, "use_dynamic_shifting", dynamic);
		try (Pipeline pipeline = Pipeline.open(copy.folder(), FLOAT32)) {
			for (final TextToImageRequest request : new TextToImageRequest[] { small().build(),
				small().steps(2).build(), small().guidance(0.0).build() })
			{
				assertRefused(() -> pipeline.generate(request, Progress.NONE),
					"Say the number of steps and the guidance");
			}
			assertEquals(1,
				pipeline.generate(small().steps(2).guidance(0.0).build(), Progress.NONE).images().size());
		}
	}
}
