
package io.github.zimagefiji.engine;

import static io.github.zimagefiji.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import ai.djl.pytorch.jni.JniUtils;
import io.github.zimagefiji.error.EngineFailedException;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.request.ComputeOptions;
import io.github.zimagefiji.request.Precision;

/** Devices, threads, scopes and the choice of a precision. */
@Tag("engine")
class TorchEngineTest {

	@ParameterizedTest
	@ValueSource(
		strings = { "", "gpu", "cuda:", "cuda:-1", "cuda:1234", "CPU", "cpu:0", "mps:1", "auto " })
	void unknownDevicesAreRefused(final String device) {
		assertRefused(() -> new ComputeOptions(device, Precision.AUTO, 0), "\"" + device + "\"",
			"cpu, cuda:0, mps or auto");
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, 1025 })
	void impossibleThreadsAreRefused(final int threads) {
		assertThrows(InvalidInputException.class,
			() -> new ComputeOptions("cpu", Precision.AUTO, threads));
	}

	@ParameterizedTest
	@ValueSource(strings = { "cuda", "cuda:0", "cuda:7" })
	void aGpuIsRefusedByALibraryForProcessors(final String device) {
		assertRefused(() -> TorchEngine.open(device, 1), device, "computes on the processor only",
			"install the CUDA build");
	}

	@Test
	void automaticIsTheProcessorWhereTheLibraryHasNoGpu() {
		try (TorchEngine engine = TorchEngine.open("auto", 1)) {
			assertEquals("cpu", engine.device().torchName());
		}
	}

	@Test
	void anEngineKeepsItsThreadsOnEveryThread() throws Exception {
		try (TorchEngine one = TorchEngine.open("cpu", 1);
				TorchEngine three = TorchEngine.open("cpu", 3))
		{
			for (final TorchEngine engine : List.of(one, three, one)) {
				final int used = CompletableFuture.supplyAsync(() -> {
					try (TensorScope scope = engine.scope()) {
						return JniUtils.getNumThreads();
					}
				}).get();
				assertEquals(engine.threads(), used);
			}
			assertEquals(1, one.threads());
			assertEquals(3, three.threads());
		}
	}

	@Test
	void aScopeFreesWhatItMadeAndKeepsWhatWasMovedOut() {
		try (TorchEngine engine = TorchEngine.open("cpu", 1); TensorScope outer = engine.scope()) {
			final Tensor lost;
			final Tensor kept;
			try (TensorScope inner = outer.inner()) {
				lost = inner.floats(new float[] { 1, 2 }, 2);
				kept = outer.moveHere(inner.stack(List.of(lost, lost)));
			}
			assertTrue(lost.isClosed());
			assertArrayEquals(new float[] { 1, 2, 1, 2 }, kept.toFloats());
			outer.close();
			assertTrue(kept.isClosed());
		}
	}

	@Test
	void aClosedTensorIsAnErrorAndNoCrash() {
		try (TorchEngine engine = TorchEngine.open("cpu", 1); TensorScope scope = engine.scope()) {
			final Tensor closed = scope.floats(new float[] { 1 }, 1);
			closed.close();
			closed.close();
			assertThrows(RuntimeException.class, () -> scope.convert(closed, TensorType.BFLOAT16));
			assertThrows(RuntimeException.class, closed::toFloats);
		}
	}

	@Test
	void anErrorOfAProgramIsASentence() {
		try (TorchEngine engine = TorchEngine.open("cpu", 1); TensorScope scope = engine.scope()) {
			final Tensor two = scope.floats(new float[] { 1, 2 }, 1, 2);
			final Tensor three = scope.floats(new float[] { 1, 2, 3 }, 1, 3);
			final String message =
				assertThrows(EngineFailedException.class, () -> scope.stack(List.of(two, three)))
					.getMessage();
			assertTrue(message.startsWith("The computing engine failed (tensors.concatenate): "),
				message);
			assertTrue(message.contains("Sizes of tensors must match"), message);
		}
	}

	@Test
	void aBufferOfAnotherLengthThanTheShapeIsRefused() {
		try (TorchEngine engine = TorchEngine.open("cpu", 1); TensorScope scope = engine.scope()) {
			assertThrows(IllegalArgumentException.class,
				() -> scope.wrap(ByteBuffer.allocateDirect(7), TensorType.FLOAT32, 2));
			assertThrows(IllegalArgumentException.class,
				() -> scope.wrap(ByteBuffer.allocate(8), TensorType.FLOAT32, 2));
			assertThrows(IllegalArgumentException.class, () -> scope.floats(new float[3], 2));
		}
	}

	@Test
	void theChoiceOfAPrecisionIsKept(@TempDir final Path folder) throws IOException {
		final Path file = folder.resolve("new/precision.properties");
		try (TorchEngine engine = TorchEngine.open("cpu", 1)) {
			final Precision measured = new PrecisionMeasurement(engine, file.getParent()).choose();
			assertNotEquals(Precision.AUTO, measured);
			final Properties kept = read(file);
			assertEquals(1, kept.size());
			final String key = kept.stringPropertyNames().iterator().next();
			assertEquals(measured.label(), kept.getProperty(key));
			assertTrue(key.contains(PrecisionMeasurement.processor()) && key.contains(engine.version()) &&
				key.endsWith("1 threads"), key);
			final Precision other =
				measured == Precision.FLOAT32 ? Precision.BFLOAT16 : Precision.FLOAT32;
			Files.writeString(file,
				Files.readString(file).replace("=" + measured.label(), "=" + other.label()));
			assertEquals(other, new PrecisionMeasurement(engine, file.getParent()).choose());
		}
	}

	@Test
	void aKeptChoiceThatIsNoneIsMeasuredAgain(@TempDir final Path folder) throws IOException {
		final Path file = folder.resolve("precision.properties");
		try (TorchEngine engine = TorchEngine.open("cpu", 1)) {
			final PrecisionMeasurement measurement = new PrecisionMeasurement(engine, folder);
			measurement.choose();
			for (final String value : new String[] { "=auto", "=float16", "=\\uZZZZ" }) {
				Files.writeString(file, Files.readString(file).replaceFirst("=(float32|bfloat16)",
					Matcher.quoteReplacement(value)));
				assertNotEquals(Precision.AUTO, measurement.choose());
				assertEquals(1, read(file).size());
			}
		}
	}

	@Test
	void bfloat16IsChosenUnlessItIsMuchSlowerOrWrong() {
		final float[] exact = { 1, -2, 3 };
		final float[] rounded = { 1.01f, -2.02f, 2.98f };
		assertEquals(Precision.BFLOAT16, better(1.4, exact, rounded));
		assertEquals(Precision.FLOAT32, better(1.6, exact, rounded));
		assertEquals(Precision.FLOAT32, better(0.1, exact, new float[] { 1, -2, 2.7f }));
		assertEquals(Precision.FLOAT32, better(0.1, exact, new float[] { 1, -2, Float.NaN }));
	}

	/** float32 takes a second. */
	private static Precision better(final double seconds, final float[] exact,
		final float[] rounded)
	{
		return PrecisionMeasurement.better(new PrecisionMeasurement.Trial(1, exact),
			new PrecisionMeasurement.Trial(seconds, rounded));
	}

	@Test
	void aChoiceThatCannotBeKeptIsMadeAllTheSame(@TempDir final Path folder) throws IOException {
		final Path file = Files.createFile(folder.resolve("file"));
		try (TorchEngine engine = TorchEngine.open("cpu", 1)) {
			assertNotEquals(Precision.AUTO, new PrecisionMeasurement(engine, file).choose());
		}
	}

	private static Properties read(final Path file) throws IOException {
		final Properties properties = new Properties();
		try (var in = Files.newBufferedReader(file)) {
			properties.load(in);
		}
		return properties;
	}
}
