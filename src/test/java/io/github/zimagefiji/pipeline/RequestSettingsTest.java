
package io.github.zimagefiji.pipeline;

import static io.github.zimagefiji.golden.Golden.FLOAT32;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.GenerationResult;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.engine.TensorScope;
import io.github.zimagefiji.engine.TensorType;
import io.github.zimagefiji.engine.TorchEngine;
import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.golden.Parity;
import io.github.zimagefiji.golden.ReferenceRun;
import io.github.zimagefiji.model.autoencoder.Autoencoder;
import io.github.zimagefiji.model.folder.ModelFolder;
import io.github.zimagefiji.request.TextToImageRequest;

/**
 * What a request or a model's settings ask for arrives where it is computed.
 */
@Tag("engine")
class RequestSettingsTest {

	@AfterEach
	void clearLimit() {
		System.clearProperty(SystemMemory.LIMIT);
	}

	@Test
	void aDynamicShiftFollowsFromTheImagesSizeAsInTheReference(@TempDir final Path folder) {
		ModelCopy.to(folder.resolve("model")).set("scheduler/scheduler_config.json",
			"use_dynamic_shifting", "true");
		try (Pipeline pipeline = Pipeline.open(folder.resolve("model"), FLOAT32)) {
			final TextToImageRequest request = TextToImageRequest.builder(ReferenceRun.PROMPT)
				.size(64, 96).steps(4).guidance(0.0).seed(48).build();
			Parity.assertClose(Golden.of("loop_dynamic_shift"), "latents.step3",
				pipeline.generate(request, Progress.NONE).latents(), Parity.LOOP);
		}
	}

	@Test
	void chosenNoiseLevelsAreShiftedToo() {
		try (Pipeline pipeline = Pipeline.open(Golden.model(), FLOAT32)) {
			final GeneratedImage image = pipeline.generate(
				TextToImageRequest.builder("cells").size(16, 16).sigmas(List.of(1.0, 0.5, 0.25)).build(),
				Progress.NONE).images().get(0);
			// 3 s / (1 + 2 s)
			assertEquals(List.of(1.0, 0.75, 0.5, 0.0), image.provenance().sigmas());
			assertEquals(3, image.provenance().request().steps());
		}
	}

	@Test
	void promptsAreCutAt512TokensUnlessAskedForMore() {
		assertEquals(512, TextToImageRequest.builder("cells").build().maxTokens());
		try (Pipeline pipeline = Pipeline.open(Golden.model(), FLOAT32)) {
			final TextToImageRequest.Builder request =
				TextToImageRequest.builder("cell ".repeat(600)).size(16, 16).steps(1);
			final int most = pipeline.generate(request.build(), Progress.NONE).images().get(0)
				.provenance().droppedTokens();
			final int less = pipeline.generate(request.maxTokens(544).build(), Progress.NONE).images()
				.get(0).provenance().droppedTokens();
			assertEquals(32, most - less);
		}
	}

	@Test
	void imagesAreDecodedInTilesThatOverlapByAQuarter() {
		System.setProperty(SystemMemory.LIMIT, Long.toString(60_000_000));
		final GenerationResult tiled;
		try (Pipeline pipeline = Pipeline.open(Golden.model(), FLOAT32)) {
			tiled = pipeline.generate(TextToImageRequest.builder("cells").size(512, 512).steps(1).build(),
				Progress.NONE);
		}
		final GeneratedImage image = tiled.images().get(0);
		assertEquals("tiles of 256", image.provenance().decoding());
		final ModelFolder model = ModelFolder.open(Golden.model());
		try (TorchEngine engine = TorchEngine.open("cpu", 1);
				TensorScope scope = engine.scope();
				Autoencoder autoencoder = Autoencoder.load(model.autoencoder(), model.autoencoderWeights(),
					engine, TensorType.FLOAT32, () -> {}))
		{
			final float[] expected = autoencoder.decodeTiled(scope,
				scope.floats(autoencoder.toAutoencoder(tiled.latents()), 1, 16, 64, 64), 32, 0.25, () -> {})
				.toFloats();
			for (int i = 0; i < expected.length; i++) {
				expected[i] = expected[i] / 2 + 0.5f;
			}
			assertArrayEquals(expected, image.samples(), 1e-5f);
		}
	}
}
