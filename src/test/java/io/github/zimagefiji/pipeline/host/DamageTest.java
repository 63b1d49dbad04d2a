
package io.github.zimagefiji.pipeline.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.zimagefiji.Host;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.RecordingProgress;
import io.github.zimagefiji.error.EngineFailedException;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.pipeline.ModelCopy;
import io.github.zimagefiji.pipeline.Pipeline;
import io.github.zimagefiji.request.ComputeOptions;
import io.github.zimagefiji.request.Precision;
import io.github.zimagefiji.request.Stage;
import io.github.zimagefiji.request.TextToImageRequest;

/** Weights that are damaged, or that change while a model is open. */
@Tag("engine")
class DamageTest {

	private static final ComputeOptions BFLOAT16 = new ComputeOptions("cpu", Precision.BFLOAT16, 1);
	private static final TextToImageRequest REQUEST =
		TextToImageRequest.builder("cells").size(32, 32).steps(2).build();

	@TempDir
	Path temporary;
	private ModelCopy copy;

	@BeforeEach
	void copy() {
		copy = ModelCopy.to(temporary.resolve("model"));
	}

	private static String refusal(final Pipeline pipeline, final Progress progress) {
		return assertThrows(InvalidInputException.class, () -> pipeline.generate(REQUEST, progress))
			.getMessage();
	}

	@ParameterizedTest
	@ValueSource(strings = { ModelCopy.TEXT_ENCODER, ModelCopy.TRANSFORMER, ModelCopy.VAE })
	void aFileThatBecameShorterAfterOpeningIsRefused(final String file) {
		try (Pipeline pipeline = Pipeline.open(copy.folder(), BFLOAT16)) {
			copy.shorten(file);
			final String message = refusal(pipeline, Progress.NONE);
			assertTrue(message.contains(Path.of(file).getFileName() + " became shorter"), message);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { ModelCopy.TRANSFORMER, ModelCopy.VAE })
	void aFileThatBecameShorterWhileItIsMappedIsRefusedBeforeItIsUsedAgain(final String file) {
		// The transformer is mapped in bfloat16, the autoencoder in float32.
		final Precision mapping = ModelCopy.VAE.equals(file) ? Precision.FLOAT32 : Precision.BFLOAT16;
		try (Pipeline pipeline = Pipeline.open(copy.folder(), BFLOAT16.withPrecision(mapping))) {
			pipeline.generate(REQUEST, Progress.NONE);
			copy.shorten(file);
			assertTrue(refusal(pipeline, Progress.NONE).contains("became shorter"));
		}
	}

	@ParameterizedTest
	@CsvSource({ "BFLOAT16, DENOISE, 1, " + ModelCopy.TRANSFORMER,
		"BFLOAT16, DENOISE, 3, " + ModelCopy.TRANSFORMER,
		"BFLOAT16, DENOISE, 4, " + ModelCopy.TRANSFORMER,
		"BFLOAT16, DENOISE, 7, " + ModelCopy.TRANSFORMER, "FLOAT32, DENOISE, 4, " + ModelCopy.VAE,
		"FLOAT32, DECODE, 1, " + ModelCopy.VAE, "FLOAT32, DECODE, 2, " + ModelCopy.VAE,
		"FLOAT32, DECODE, 4, " + ModelCopy.VAE, "BFLOAT16, ENCODE, 1, " + ModelCopy.TEXT_ENCODER,
		"BFLOAT16, ENCODE, 4, " + ModelCopy.TEXT_ENCODER,
		"BFLOAT16, ENCODE, 24, " + ModelCopy.TEXT_ENCODER })
	void aFileThatBecomesShorterBetweenTwoBlocksIsRefused(final Precision mapping, final Stage where,
		final int question, final String file)
	{
		final AtomicInteger blocks = new AtomicInteger();
		final Progress shortening = new RecordingProgress((stage, fraction, message) -> {
			if (stage == where && blocks.incrementAndGet() == question) copy.shorten(file);
		});
		try (Pipeline pipeline = Pipeline.open(copy.folder(), BFLOAT16.withPrecision(mapping))) {
			if (where != Stage.ENCODE) pipeline.generate(REQUEST, Progress.NONE);
			assertTrue(refusal(pipeline, shortening).contains("became shorter"));
		}
	}

	@Test
	void aFileThatIsGoneIsRefused() {
		try (Pipeline pipeline = Pipeline.open(copy.folder(), BFLOAT16)) {
			copy.remove(ModelCopy.TRANSFORMER);
			assertTrue(refusal(pipeline, Progress.NONE)
				.contains(Path.of(ModelCopy.TRANSFORMER).getFileName().toString()));
		}
	}

	@Test
	void aHostOpensAModelAgainThatWasDownloadedAgain() {
		final ModelCopy other = ModelCopy.to(temporary.resolve("other")).tensor(ModelCopy.TRANSFORMER,
			"all_final_layer.2-1.linear.weight",
			t -> new ModelCopy.Stored(t.dtype(), t.shape(), new byte[t.bytes().length]));
		try (Host host = new LocalHost()) {
			final float[] before =
				host.generate(copy.folder(), BFLOAT16, REQUEST, Progress.NONE).latents();
			copy.write(ModelCopy.TRANSFORMER, other.read(ModelCopy.TRANSFORMER));
			final float[] after =
				host.generate(copy.folder(), BFLOAT16, REQUEST, Progress.NONE).latents();
			assertFalse(Arrays.equals(before, after));
			assertArrayEquals(host.generate(other.folder(), BFLOAT16, REQUEST, Progress.NONE).latents(),
				after);
		}
	}

	@ParameterizedTest
	@CsvSource({ "FLOAT32, files may be damaged", "BFLOAT16, Try the precision float32" })
	void whatIsNotANumberIsAnErrorThatNamesThePrecision(final Precision precision,
		final String advice)
	{
		for (final String[] damage : new String[][] {
			{ ModelCopy.TEXT_ENCODER, "model.layers.1.mlp.up_proj.weight", "sampling" },
			{ ModelCopy.TRANSFORMER, "all_final_layer.2-1.linear.weight", "sampling" },
			{ ModelCopy.VAE, "decoder.conv_in.weight", "decoding" } })
		{
			final ModelCopy damaged = ModelCopy.to(temporary.resolve(damage[1] + precision))
				.tensor(damage[0], damage[1], ModelCopy.Stored::notANumber);
			try (Pipeline pipeline = Pipeline.open(damaged.folder(), BFLOAT16.withPrecision(precision))) {
				final String message =
					assertThrows(EngineFailedException.class, () -> pipeline.generate(REQUEST, Progress.NONE))
						.getMessage();
				assertTrue(message.startsWith("The " + damage[2] + " in " + precision.label()) &&
					message.contains(advice), message);
			}
		}
	}

	@Test
	void weightsThatAreNotMappedGiveTheSameImage() {
		final float[] mapped;
		try (Pipeline pipeline = Pipeline.open(copy.folder(), BFLOAT16)) {
			mapped = pipeline.generate(REQUEST, Progress.NONE).latents();
		}
		System.setProperty("zimage.weights.map", "never");
		try (Pipeline pipeline = Pipeline.open(copy.folder(), BFLOAT16)) {
			assertFalse(pipeline.model().transformerWeights().isMapped());
			assertArrayEquals(mapped, pipeline.generate(REQUEST, Progress.NONE).latents());
		}
		finally {
			System.clearProperty("zimage.weights.map");
		}
	}
}
