
package io.github.zimagefiji.weights.loaded;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.zimagefiji.engine.EngineFixture;
import io.github.zimagefiji.engine.Tensor;
import io.github.zimagefiji.engine.TensorType;
import io.github.zimagefiji.weights.Checkpoint;
import io.github.zimagefiji.weights.TestFiles;

/** The same numbers in each format that files come in. */
@Tag("engine")
class LoadedWeightsTest extends EngineFixture {

	private static final String HEADER =
		"{\"f32\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}," +
			"\"f16\":{\"dtype\":\"F16\",\"shape\":[4],\"data_offsets\":[16,24]}," +
			"\"bf16\":{\"dtype\":\"BF16\",\"shape\":[4],\"data_offsets\":[24,32]}}";

	/**
	 * 1 + 2^-8 lies between two numbers of bfloat16, as does 1 + 3 × 2^-8; the last is too large for
	 * float16.
	 */
	private static final float[] EXACT = { 1 + 0x1p-8f, 1 + 3 * 0x1p-8f, -0.15625f, 100_000f };

	@TempDir
	Path folder;
	private Checkpoint checkpoint;

	@BeforeEach
	void open() {
		final byte[] header = HEADER.getBytes(StandardCharsets.UTF_8);
		final ByteBuffer file =
			ByteBuffer.allocate(8 + header.length + 32).order(ByteOrder.LITTLE_ENDIAN);
		file.putLong(header.length).put(header);
		for (final float value : EXACT) {
			file.putFloat(value);
		}
		// 1, -2, 0.5 and 65504, the largest, as float16; then 1, -2, 0.5 and 3 ×
		// 2^100 as bfloat16.
		for (final int bits : new int[] { 0x3c00, 0xc000, 0x3800, 0x7bff, 0x3f80, 0xc000, 0x3f00,
			0x7240 })
		{
			file.putShort((short) bits);
		}
		checkpoint =
			Checkpoint.openFile(TestFiles.write(folder.resolve("w.safetensors"), file.array()));
	}

	private float[] load(final String name, final TensorType type) {
		try (LoadedWeights weights = new LoadedWeights(checkpoint, engine.scope(), type)) {
			final Tensor tensor = weights.map(List.of(name)).tensors().get(name);
			return scope.convert(tensor, TensorType.FLOAT32).toFloats().clone();
		}
	}

	@Test
	void everyFormatIsExactInFloat32() {
		assertArrayEquals(EXACT, load("f32", TensorType.FLOAT32));
		assertArrayEquals(new float[] { 1, -2, 0.5f, 65504 }, load("f16", TensorType.FLOAT32));
		assertArrayEquals(new float[] { 1, -2, 0.5f, 3 * 0x1p100f }, load("bf16", TensorType.FLOAT32));
	}

	@Test
	void narrowingRoundsHalfToEvenAndKeepsTheRange() {
		assertArrayEquals(new float[] { 1, 1 + 0x1p-6f, -0.15625f, 99840 },
			load("f32", TensorType.BFLOAT16));
		assertArrayEquals(new float[] { 1, -2, 0.5f, 65536 }, load("f16", TensorType.BFLOAT16));
		assertArrayEquals(new float[] { 1, -2, 0.5f, 3 * 0x1p100f }, load("bf16", TensorType.BFLOAT16));
	}
}
