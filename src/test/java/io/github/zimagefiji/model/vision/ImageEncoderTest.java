
package io.github.zimagefiji.model.vision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.zimagefiji.engine.EngineFixture;
import io.github.zimagefiji.engine.Program;
import io.github.zimagefiji.engine.Tensor;
import io.github.zimagefiji.engine.TensorMap;
import io.github.zimagefiji.engine.TensorType;
import io.github.zimagefiji.error.RunCanceledException;
import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.golden.Parity;
import io.github.zimagefiji.golden.Pictures;
import io.github.zimagefiji.weights.Checkpoint;
import io.github.zimagefiji.weights.loaded.LoadedWeights;

@Tag("engine")
class ImageEncoderTest extends EngineFixture {

	private final ImageEncoderConfig config =
		ImageEncoderConfig.read(Golden.path("model_omni/siglip/config.json"));
	private final PatchProcessor processor =
		PatchProcessor.read(Golden.path("model_omni/siglip_processor/preprocessor_config.json"));
	private final Checkpoint checkpoint =
		ImageEncoder.names(Checkpoint.open(Golden.path("model_omni/siglip")));
	private final Golden golden = Golden.of("siglip");

	@ParameterizedTest
	@ValueSource(strings = { "cond1", "cond2" })
	void anImageIsCutIntoTheReferencesPatches(final String image) {
		final PatchProcessor.Patches patches = processor.cut(Pictures.of(image));
		final float[] shape = golden.floats(image + ".spatial_shapes");
		assertEquals(shape[0], patches.rows());
		assertEquals(shape[1], patches.columns());
		// PyTorch's kernel for bytes, to the byte.
		Parity.assertAbsolute(golden, image + ".pixel_values", patches.values(), 1e-6);
	}

	@ParameterizedTest
	@ValueSource(strings = { "cond1", "cond2" })
	void aPictureGivesTheReferencesFeatures(final String image) {
		try (ImageEncoder encoder = load(TensorType.FLOAT32)) {
			final Tensor features = encoder.encode(scope, processor.cut(Pictures.of(image)), () -> {});
			assertEquals(3, features.shape().length);
			Parity.assertClose(golden, image + ".feature_grid", features.toFloats(), Parity.FORWARD);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "cond1", "cond2" })
	void everyIntermediateAgrees(final String image) {
		final float[] shape = golden.floats(image + ".spatial_shapes");
		final long rows = (long) shape[0];
		final long columns = (long) shape[1];
		try (
				LoadedWeights weights = new LoadedWeights(checkpoint, engine.scope(), TensorType.FLOAT32))
		{
			final Program program = engine.program("image_encoder");
			final TensorMap embeddings = weights.map("embeddings.");
			final Tensor patches = golden.tensor(scope, image + ".pixel_values", rows * columns, 768);
			Tensor x = program.run(scope, "embed", patches, embeddings, (long) config.positionSide(),
				rows, columns);
			close(image + ".embeddings", x);
			for (int i = 0; i < config.layers(); i++) {
				x = program.run(scope, "layer", x, weights.map("encoder.layers." + i + "."),
					(long) config.heads(), config.normEps());
				close(image + ".encoder.layers." + i, x);
			}
			close(image + ".post_layernorm", program.run(scope, "finish", x,
				weights.map("post_layernorm."), config.normEps(), rows, columns));
		}
	}

	@ParameterizedTest
	@CsvSource({ "odd, 31", "init, 50", "cond1, 64" })
	void patchesThatTheReferencePadsWithChangeNothing(final String image, final int most) {
		final Golden padded = Golden.of("siglip_padded");
		final PatchProcessor larger = new PatchProcessor(processor.patch(), most, processor.scale(),
			processor.mean(), processor.deviation());
		final PatchProcessor.Patches patches = larger.cut(Pictures.of(image));
		final String name = image + "." + most;
		assertTrue(patches.rows() * patches.columns() < most,
			"no padding: " + patches.rows() + " × " + patches.columns());
		Parity.assertAbsolute(padded, name + ".pixel_values", patches.values(), 1e-6);
		try (ImageEncoder encoder = load(TensorType.FLOAT32)) {
			Parity.assertClose(padded, name + ".feature_grid",
				encoder.encode(scope, patches, () -> {}).toFloats(), Parity.FORWARD);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "cond1", "cond2" })
	void bfloat16IsNoFartherFromFloat32ThanTheReferencesBfloat16(final String image) {
		final String tensor = image + ".feature_grid";
		final float[] exact = golden.floats(tensor);
		try (ImageEncoder encoder = load(TensorType.BFLOAT16)) {
			final float[] features =
				encoder.encode(scope, processor.cut(Pictures.of(image)), () -> {}).toFloats();
			Parity.record("siglip_bf16", tensor, "of rms", Parity.distance(exact, features),
				Parity.distance(exact, Golden.of("siglip_bf16").floats(tensor)));
		}
	}

	@Test
	void encodingStopsBetweenLayers() {
		final AtomicInteger layers = new AtomicInteger();
		try (ImageEncoder encoder = load(TensorType.FLOAT32)) {
			final PatchProcessor.Patches patches = processor.cut(Pictures.of("cond1"));
			encoder.encode(scope, patches, layers::incrementAndGet);
			assertEquals(ImageEncoder.blocks(config), layers.get());
			assertThrows(RunCanceledException.class, () -> encoder.encode(scope, patches, () -> {
				throw new RunCanceledException();
			}));
		}
	}

	private ImageEncoder load(final TensorType type) {
		return ImageEncoder.load(config, checkpoint, engine, type, () -> {});
	}

	private void close(final String name, final Tensor actual) {
		Parity.assertClose(golden, name, actual.toFloats(), Parity.FORWARD);
	}
}
