
package io.github.zimagefiji.weights.writer;

import static io.github.zimagefiji.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import com.google.gson.stream.JsonWriter;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.weights.Checkpoint;
import io.github.zimagefiji.weights.TensorEntry;

@Tag("process")
class SafetensorsWriterTest {

	@TempDir
	Path folder;

	@Test
	void theBytesAreThoseOfTheFormat() throws IOException {
		final Path file = folder.resolve("x.safetensors");
		SafetensorsWriter.write(file,
			Map.of("w", new FloatTensor(new long[] { 1, 2 }, new float[] { 1, -2 })), Map.of("k", "<ü>"));
		final byte[] header =
			("{\"__metadata__\":{\"k\":\"<ü>\"},\"w\":{\"dtype\":\"F32\",\"shape\":[1,2]," +
				"\"data_offsets\":[0,8]}}    ").getBytes(StandardCharsets.UTF_8);
		assertEquals(88, header.length);
		final ByteBuffer expected = ByteBuffer.allocate(8 + 88 + 8).order(ByteOrder.LITTLE_ENDIAN);
		expected.putLong(88).put(header).putFloat(1).putFloat(-2);
		assertArrayEquals(expected.array(), Files.readAllBytes(file));
	}

	@Test
	void whatIsWrittenIsReadBack() {
		final Map<String, FloatTensor> tensors = new LinkedHashMap<>();
		tensors.put("\"z\"\n図", new FloatTensor(new long[] { 3, 7, 1000 }, ramp(21000)));
		tensors.put("a", new FloatTensor(new long[0], new float[] { Float.NaN }));
		tensors.put("none", new FloatTensor(new long[] { 0, 4 }, new float[0]));
		final Path file = folder.resolve("x.safetensors");
		SafetensorsWriter.write(file, tensors, Map.of());
		final Checkpoint checkpoint = Checkpoint.openFile(file);
		assertEquals(List.copyOf(tensors.keySet()), List.copyOf(checkpoint.entries().keySet()));
		tensors.forEach((name, tensor) -> {
			final TensorEntry entry = checkpoint.entry(name);
			final float[] values = new float[(int) entry.elementCount()];
			checkpoint.read(entry).asFloatBuffer().get(values);
			assertEquals(tensor, new FloatTensor(entry.shape(), values));
		});
	}

	@Test
	void aFileWithoutTensorsIsWritten() {
		final Path file = folder.resolve("x.safetensors");
		SafetensorsWriter.write(file, Map.of(), Map.of());
		assertTrue(Checkpoint.openFile(file).entries().isEmpty());
	}

	@Test
	void theNameOfTheMetadataIsRefusedForATensor() {
		final Path file = folder.resolve("x.safetensors");
		assertRefused(
			() -> SafetensorsWriter.write(file,
				Map.of("__metadata__", new FloatTensor(new long[0], new float[1])), Map.of()),
			"__metadata__");
		assertEquals(List.of(), names());
	}

	@Test
	void aShapeThatDoesNotFitItsValuesIsRefused() {
		assertRefused(() -> new FloatTensor(new long[] { 2, 3 }, new float[5]), "[2, 3]", "5 values");
		assertRefused(() -> new FloatTensor(new long[] { -2, -3 }, new float[6]), "[-2, -3]");
		assertRefused(() -> new FloatTensor(new long[] { 1L << 32, 1L << 32 }, new float[0]),
			"0 values");
	}

	@Test
	@EnabledOnOs({ OS.LINUX, OS.MAC })
	void whereThereIsRoomTheProgramOfTheNextTestWrites() throws Exception {
		final Path file = folder.resolve("x.safetensors");
		assertEquals("", runWithFileSizeLimit(file, 8192, 0));
		assertEquals(1 << 20, Checkpoint.openFile(file).entry("w").elementCount());
	}

	/** The kernel ends writing in the middle, as it does when a disk is full. */
	@Test
	@EnabledOnOs({ OS.LINUX, OS.MAC })
	void aDiskThatFillsUpLeavesTheOlderFileAndNothingElse() throws Exception {
		final Path file = folder.resolve("x.safetensors");
		final String message = runWithFileSizeLimit(file, 64, FullDisk.REFUSED);
		assertTrue(message.startsWith(file + " could not be written: "), message);
		assertEquals(List.of(), names());

		final byte[] older = { 1, 2, 3 };
		Files.write(file, older);
		runWithFileSizeLimit(file, 64, FullDisk.REFUSED);
		assertArrayEquals(older, Files.readAllBytes(file));
		assertEquals(List.of("x.safetensors"), names());
	}

	/** Writes 4 MiB in a Java of its own. */
	static final class FullDisk {

		static final int REFUSED = 3;

		private FullDisk() {}

		public static void main(final String[] args) {
			try {
				SafetensorsWriter.write(Path.of(args[0]),
					Map.of("w", new FloatTensor(new long[] { 1 << 20 }, ramp(1 << 20))), Map.of());
			}
			catch (final InvalidInputException e) {
				System.out.print(e.getMessage());
				System.exit(REFUSED);
			}
		}
	}

	private static String runWithFileSizeLimit(final Path file, final int kibibytes,
		final int expectedExit) throws Exception
	{
		final String classPath = Stream.of(SafetensorsWriter.class, FullDisk.class, JsonWriter.class)
			.map(SafetensorsWriterTest::location).collect(Collectors.joining(":"));
		// Java's own performance data would be a file above the limit.
		final Process process =
			new ProcessBuilder("bash", "-c", "ulimit -f " + kibibytes + "; exec \"$@\"", "bash",
				Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:-UsePerfData",
				"-Xmx64m", "-cp", classPath, FullDisk.class.getName(), file.toString())
				.redirectErrorStream(true).start();
		final String output =
			new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertEquals(expectedExit, process.waitFor(), output);
		return output;
	}

	private static String location(final Class<?> type) {
		try {
			return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
		}
		catch (final URISyntaxException e) {
			throw new IllegalStateException(e);
		}
	}

	private static float[] ramp(final int count) {
		final float[] values = new float[count];
		for (int i = 0; i < count; i++) {
			values[i] = i * 0.5f;
		}
		return values;
	}

	private List<String> names() {
		try (Stream<Path> files = Files.list(folder)) {
			return files.map(f -> f.getFileName().toString()).sorted().toList();
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}
}
