
package io.github.zimagefiji.hub;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.weights.Checkpoint;
import io.github.zimagefiji.weights.TensorEntry;
import io.github.zimagefiji.weights.writer.FloatTensor;
import io.github.zimagefiji.weights.writer.SafetensorsWriter;

/** Copies of the tiny reference model. */
public final class HubModels {

	private HubModels() {}

	/** Copies the model into a new folder. */
	public static Path copy(final Path target) throws IOException {
		try (Stream<Path> files = Files.walk(Golden.model())) {
			for (final Path each : files.filter(Files::isRegularFile).toList()) {
				final Path to = target.resolve(Golden.model().relativize(each).toString());
				Files.createDirectories(to.getParent());
				Files.copy(each, to);
			}
		}
		return target;
	}

	/**
	 * Copies the model with a float32 transformer, as Z-Image is published: the numbers of the
	 * reference model with further bits, among them numbers exactly between two of bfloat16.
	 */
	public static Path copyWide(final Path target) throws IOException {
		final Random random = new Random(1);
		for (final Path shard : Checkpoint.open(copy(target).resolve("transformer")).files()) {
			final Checkpoint checkpoint = Checkpoint.openFile(shard);
			final Map<String, FloatTensor> tensors = new LinkedHashMap<>();
			for (final TensorEntry entry : checkpoint.entries().values()) {
				final ByteBuffer halves = checkpoint.read(entry);
				final float[] values = new float[(int) entry.elementCount()];
				for (int i = 0; i < values.length; i++) {
					final int low = i % 5 == 0 ? 0x8000 : random.nextInt(1 << 16);
					values[i] = Float.intBitsToFloat(halves.getShort(2 * i) << 16 | low);
				}
				tensors.put(entry.name(), new FloatTensor(entry.shape(), values));
			}
			SafetensorsWriter.write(shard, tensors, checkpoint.metadata());
		}
		return target;
	}

	/** Changes one bit of the numbers at a file's end. */
	public static void flip(final Path file) throws IOException {
		final byte[] bytes = Files.readAllBytes(file);
		bytes[bytes.length - 3] ^= 1;
		Files.write(file, bytes);
	}
}
