
package io.github.zimagefiji.weights;

import static io.github.zimagefiji.Refusals.assertRefused;
import static io.github.zimagefiji.weights.TestFiles.safetensors;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files with holes, so that 20 GB need no room; other systems' file systems would really write
 * them.
 */
@EnabledOnOs(OS.LINUX)
@Tag("engine")
class LargeCheckpointTest {

	private static final int TENSORS = 1200;
	private static final long TENSOR_BYTES = 2L * 4096 * 2048;

	@TempDir
	Path folder;

	@Test
	void aModelOf20GigabytesOpensAndIsRecognizedWithinASecond() throws IOException {
		final Path file = large("model.safetensors",
			IntStream.range(0, TENSORS)
				.mapToObj(i -> "\"layers." + i +
					".weight\":{\"dtype\":\"BF16\",\"shape\":[4096,2048],\"data_offsets\":[" +
					i * TENSOR_BYTES + "," + (i + 1) * TENSOR_BYTES + "]}")
				.collect(Collectors.joining(",", "{", "}")),
			TENSORS * TENSOR_BYTES);
		final Checkpoint checkpoint =
			assertTimeout(Duration.ofSeconds(1), () -> Checkpoint.open(folder));
		assertEquals(TENSORS * TENSOR_BYTES, checkpoint.byteCount());
		final Fingerprint fingerprint =
			assertTimeout(Duration.ofSeconds(1), () -> Fingerprint.of(Map.of("transformer", checkpoint)));
		assertEquals(Fingerprint.SAMPLED, fingerprint.kind());
		assertEquals(List.of(), openHandles(file));
	}

	@Test
	void noFileStaysOpenWhileItsTensorsAreInUse() throws IOException {
		final Path file = large("model.safetensors",
			"{\"a\":{\"dtype\":\"U8\",\"shape\":[5000],\"data_offsets\":[0,5000]}}", 5000);
		final Checkpoint checkpoint = Checkpoint.openFile(file);
		assertEquals(5000, checkpoint.read(checkpoint.entry("a")).remaining());
		assertEquals(List.of(), openHandles(file));
	}

	@Test
	void aTensorTooLargeForABufferIsRefused() throws IOException {
		final long bytes = 1L << 31;
		final Path file = large("model.safetensors",
			"{\"huge\":{\"dtype\":\"U8\",\"shape\":[" + bytes + "],\"data_offsets\":[0," + bytes + "]}}",
			bytes);
		final Checkpoint checkpoint = Checkpoint.openFile(file);
		assertRefused(() -> checkpoint.read(checkpoint.entry("huge")), "\"huge\"", file,
			"2147483648 bytes");
	}

	private Path large(final String name, final String header, final long dataBytes)
		throws IOException
	{
		final Path file = folder.resolve(name);
		final byte[] start = safetensors(header, 0);
		try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
			out.write(start);
			out.setLength(start.length + dataBytes);
		}
		return file;
	}

	private static List<Path> openHandles(final Path file) throws IOException {
		try (Stream<Path> handles = Files.list(Path.of("/proc/self/fd"))) {
			return handles.filter(handle -> {
				try {
					return Files.readSymbolicLink(handle).equals(file.toRealPath());
				}
				catch (final IOException e) {
					// the handle of this very listing
					return false;
				}
			}).toList();
		}
	}
}
