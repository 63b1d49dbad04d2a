
package io.github.zimagefiji.pipeline.sampling;

import static io.github.zimagefiji.golden.Golden.FLOAT32;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.engine.EngineFixture;
import io.github.zimagefiji.engine.Tensor;
import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.pipeline.InputPictures;
import io.github.zimagefiji.pipeline.Pipeline;
import io.github.zimagefiji.pipeline.picture.LatentShape;
import io.github.zimagefiji.request.ControlRequest;
import io.github.zimagefiji.request.TextToImageRequest;
import io.github.zimagefiji.request.Tiling;

/**
 * Tiles cover an image evenly, and what they predict is put together without loss.
 */
@Tag("engine")
class TiledPredictorTest extends EngineFixture {

	@ParameterizedTest
	@CsvSource({ "16, 16, 128,, 1, 16", "20, 16, 128,, 1, 20", "22, 16, 128,, 2, 16",
		"32, 16, 128,, 3, 16", "32, 16, 128, 0, 2, 16", "64, 32, 128, 32, 5, 16",
		"18, 18, 128, 64, 1, 18" })
	void asFewTilesAsOverlapEnough(final int columns, final int rows, final int side,
		final Integer overlap, final int across, final int width)
	{
		final LatentShape shape = new LatentShape(16, rows, columns);
		final LatentTiles tiles = LatentTiles.of(shape,
			overlap == null ? Tiling.AUTO : columns == 18 ? Tiling.OFF : new Tiling(side, overlap), side);
		assertEquals(across, tiles.lefts().size());
		assertEquals(width, tiles.columns());
		assertEquals(0, tiles.lefts().get(0));
		assertEquals(columns, tiles.lefts().get(across - 1) + tiles.columns(),
			"the last one ends with the image");
		assertTrue(tiles.lefts().stream().allMatch(left -> left % 2 == 0),
			"patches are whole: " + tiles.lefts());
	}

	@Test
	void aPredictorThatGivesBackWhatItSeesDoesSoInTilesToo() {
		final LatentShape shape = new LatentShape(2, 22, 30);
		final LatentTiles tiles = LatentTiles.of(shape, new Tiling(96, 32), 128);
		assertEquals(12, tiles.count());
		final float[] latents = new TorchRandom(1).normal(2 * shape.size());
		final Predictor same = (scope, seen, time, guided, afterBlock) -> Collections
			.nCopies(guided ? 2 : 1, scope.floats(seen.toFloats(), seen.shape()));
		for (final boolean guided : new boolean[] { false, true }) {
			final List<Tensor> predicted = same.tiled(tiles).predict(scope,
				scope.floats(latents, shape.axes(2)), 0.5f, guided, () -> {});
			assertEquals(guided ? 2 : 1, predicted.size());
			predicted.forEach(each -> assertArrayEquals(latents, each.toFloats(), 1e-5f));
		}
	}

	@Test
	void aTileCountsLessTowardsItsNeighboursAndFullyAtTheImagesEdge() {
		final LatentTiles tiles = LatentTiles.of(new LatentShape(1, 16, 28), new Tiling(128, 32), 128);
		assertEquals(List.of(0, 12), tiles.lefts());
		final float[] first = Arrays.copyOf(tiles.weight(0), 16);
		assertArrayEquals(
			new float[] { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0.875f, 0.625f, 0.375f, 0.125f }, first);
		assertEquals(0.125f, tiles.weight(1)[0]);
		assertEquals("tiles of 128 x 128, overlap 32 x 0", tiles.label());
	}

	@Test
	void aControlPictureIsDividedAlongWithTheImage() {
		final TextToImageRequest text =
			TextToImageRequest.builder("cells").seed(1).steps(2).guidance(0.0).build();
		try (Pipeline pipeline = Pipeline.open(Golden.model(), FLOAT32)) {
			final float[][] results = new float[2][];
			for (int scale = 0; scale < 2; scale++) {
				final GeneratedImage image =
					pipeline.generate(new ControlRequest(text, Golden.path("controlnet_v20"),
						InputPictures.smooth(150, 90), scale, null, null, 0, new Tiling(64, 16), false),
						Progress.NONE).images().get(0);
				assertTrue(image.provenance().conditions().tiles().startsWith("tiles of 64 x 64"));
				results[scale] = image.samples();
			}
			assertFalse(Arrays.equals(results[0], results[1]));
		}
	}
}
