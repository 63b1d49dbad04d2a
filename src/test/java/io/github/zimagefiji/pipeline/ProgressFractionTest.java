
package io.github.zimagefiji.pipeline;

import static io.github.zimagefiji.golden.Golden.FLOAT32;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.zimagefiji.RecordingProgress;
import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.request.ControlRequest;
import io.github.zimagefiji.request.EditRequest;
import io.github.zimagefiji.request.GenerationRequest;
import io.github.zimagefiji.request.ImageToImageRequest;
import io.github.zimagefiji.request.InpaintRequest;
import io.github.zimagefiji.request.InputImage;
import io.github.zimagefiji.request.InputMask;
import io.github.zimagefiji.request.Stage;
import io.github.zimagefiji.request.TextToImageRequest;
import io.github.zimagefiji.request.Tiling;

/**
 * The fraction of a run goes from nothing to all of it, in steps no larger than a block.
 */
@Tag("engine")
class ProgressFractionTest {

	private Pipeline pipeline;

	@BeforeEach
	void open() {
		pipeline = Pipeline.open(Golden.model(), FLOAT32);
	}

	@AfterEach
	void close() {
		pipeline.close();
	}

	/** The last fraction that was told of encoding the prompt; 0 if there was none. */
	private static double encoded(final RecordingProgress told) {
		final int last = told.stages.lastIndexOf(Stage.ENCODE);
		return last < 0 ? 0 : told.fractions.get(last);
	}

	private RecordingProgress run(final TextToImageRequest.Builder request) {
		return run(pipeline, request.seed(1).build());
	}

	private static RecordingProgress run(final Pipeline pipeline, final GenerationRequest request) {
		final RecordingProgress told = new RecordingProgress();
		pipeline.generate(request, told);
		assertEquals(0.0, told.fractions.get(0));
		for (int i = 1; i < told.fractions.size(); i++) {
			final double step = told.fractions.get(i) - told.fractions.get(i - 1);
			assertTrue(step >= 0 && step < 0.25, "the fraction rose by " + step);
		}
		assertEquals(1, told.fractions.get(told.fractions.size() - 1), 1e-9);
		return told;
	}

	private static TextToImageRequest.Builder cells() {
		return TextToImageRequest.builder("cells").size(32, 32).steps(4).guidance(0.0);
	}

	@Test
	void aRunEndsAtOne() {
		assertTrue(encoded(run(cells())) > 0);
	}

	@Test
	void aPromptThatIsKnownIsNoWork() {
		run(cells());
		assertEquals(0, encoded(run(cells())));
	}

	@Test
	void aPromptThatIsItsOwnNegativeIsReadOnce() {
		run(cells().negativePrompt("cells").guidance(3.0));
	}

	@Test
	void picturesAreWork() {
		final InputImage image = InputPictures.smooth(40, 64);
		final InputMask mask = InputPictures.rectangle(40, 64, 0, 0, 16, 16);
		final TextToImageRequest text = cells().size(null, null).build();
		run(pipeline, new ImageToImageRequest(text, image, 0.7));
		run(pipeline, new InpaintRequest(text, image, mask));
		run(pipeline, new ControlRequest(text, Golden.path("controlnet_v21"), image, 1));
		run(pipeline, new ControlRequest(text, Golden.path("controlnet_v20"), image, 1, image, mask, 0,
			Tiling.AUTO, false));
	}

	@Test
	void tilesAreWork() {
		run(pipeline, new ImageToImageRequest(cells().size(null, null).build(),
			InputPictures.smooth(160, 96), 0.7, new Tiling(64, 16), false));
	}

	@Test
	void referenceImagesAreWork(@TempDir final Path folder) {
		try (
				Pipeline omni = Pipeline.open(ModelCopy.omniTo(folder.resolve("omni")).folder(), FLOAT32))
		{
			run(omni, new EditRequest(cells().size(null, null).build(),
				List.of(InputPictures.smooth(64, 80), InputPictures.smooth(90, 70))));
		}
	}

	@Test
	void severalImagesShareTheWayAndGuidanceThatEndsEarlyIsCounted() {
		run(cells().negativePrompt("blurry").guidance(3.0).cfgTruncation(0.5).count(3));
	}
}
