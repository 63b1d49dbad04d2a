
package io.github.zimagefiji.weights;

import static io.github.zimagefiji.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.zimagefiji.engine.EngineFixture;
import io.github.zimagefiji.engine.TensorType;
import io.github.zimagefiji.weights.loaded.LoadedWeights;

/** All 256 numbers of 8 bits. */
@Tag("engine")
class Float8Test extends EngineFixture {

	@TempDir
	Path folder;

	/**
	 * The sums are of what PyTorch 2.13 gives: arange(256, dtype=uint8).view(TYPE).float(),
	 * big-endian, one NaN for all.
	 */
	@ParameterizedTest
	@CsvSource({ "F8_E4M3, 97b0ae31f014134f37dea670bde1407404c495fa1aeb54e10c096c44c851ad34",
		"F8_E5M2, 7b1ae2b14bfa6cf185aa2d4d2e9e07baec28aa2761045774d4bf863f8e2d99ce" })
	void everyCodeIsWhatPyTorchMakesOfIt(final StoredType type, final String expected)
		throws NoSuchAlgorithmException
	{
		final ByteBuffer bytes = ByteBuffer.allocate(4 * 256);
		for (int code = 0; code < 256; code++) {
			bytes.putFloat(Float8.value(type, code));
		}
		assertEquals(expected,
			HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array())));
	}

	@Test
	void theEdgesAreThoseOfTheDefinition() {
		assertEquals(448, Float8.value(StoredType.F8_E4M3, 0x7E));
		assertEquals(-0x1p-9f, Float8.value(StoredType.F8_E4M3, 0x81));
		assertEquals(Float.NaN, Float8.value(StoredType.F8_E4M3, 0xFF));
		assertEquals(57344, Float8.value(StoredType.F8_E5M2, 0x7B));
		assertEquals(Float.NEGATIVE_INFINITY, Float8.value(StoredType.F8_E5M2, 0xFC));
		assertEquals(0x1p-16f, Float8.value(StoredType.F8_E5M2, 1));
	}

	@ParameterizedTest
	@EnumSource(names = { "F8_E4M3", "F8_E5M2" })
	void loadingIsExactInBothTypes(final StoredType type) {
		final float[] expected = new float[256];
		for (int code = 0; code < 256; code++) {
			expected[code] = Float8.value(type, code);
		}
		final Checkpoint file =
			file("{\"w.weight\":{\"dtype\":\"" + type + "\",\"shape\":[16,16],\"data_offsets\":[0,256]}}",
				256, 0);
		assertArrayEquals(expected, load(file, TensorType.FLOAT32));
		assertArrayEquals(expected, load(file, TensorType.BFLOAT16));
	}

	@ParameterizedTest
	@CsvSource({ "scale_weight", "weight_scale" })
	void theScaleIsMultipliedIn(final String name) {
		final float scale = 0.0123f;
		final Checkpoint file =
			file("{\"w.weight\":{\"dtype\":\"F8_E4M3\",\"shape\":[16,16],\"data_offsets\":[0,256]},\"w." +
				name + "\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[256,260]}}", 260, scale);
		final float[] expected = new float[256];
		for (int code = 0; code < 256; code++) {
			expected[code] = Float8.value(StoredType.F8_E4M3, code) * scale;
		}
		assertEquals(List.of("w.weight"), List.copyOf(file.entries().keySet()));
		assertArrayEquals(expected, load(file, TensorType.FLOAT32));
	}

	@Test
	void theScaleIsPartOfTheFingerprint() {
		final String header =
			"{\"w.weight\":{\"dtype\":\"F8_E4M3\",\"shape\":[16,16],\"data_offsets\":[0,256]}," +
				"\"w.weight_scale\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[256,260]}}";
		final String one = Fingerprint.ofTensors(file(header, 260, 0.5f));
		assertEquals(one, Fingerprint.ofTensors(file(header, 260, 0.5f)));
		assertEquals(false, one.equals(Fingerprint.ofTensors(file(header, 260, 0.25f))));
	}

	@ParameterizedTest
	@CsvSource({ "float8_e4m3fn, ''",
		"int8_blockwise, 'quantized as int8_blockwise (the layer \"w\")'" })
	void theMetadataMaySayTheFormat(final String format, final String refusal) {
		final String header =
			"{\"__metadata__\":{\"_quantization_metadata\":\"{\\\"layers\\\":{\\\"w\\\":{\\\"format\\\":\\\"" +
				format +
				"\\\"}}}\"},\"w.weight\":{\"dtype\":\"F8_E4M3\",\"shape\":[16,16],\"data_offsets\":[0,256]}}";
		if (refusal.isEmpty()) assertEquals(1, file(header, 256, 0).entries().size());
		else assertRefused(() -> file(header, 256, 0), refusal, "f8.safetensors");
	}

	private Checkpoint file(final String header, final int dataBytes, final float last) {
		final byte[] bytes = TestFiles.safetensors(header, dataBytes);
		if (dataBytes > 256)
			ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(bytes.length - 4, last);
		return Checkpoint.openFile(TestFiles.write(folder.resolve("f8.safetensors"), bytes));
	}

	private float[] load(final Checkpoint checkpoint, final TensorType type) {
		try (LoadedWeights weights = new LoadedWeights(checkpoint, engine.scope(), type)) {
			return scope
				.convert(weights.map(List.of("w.weight")).tensors().get("w.weight"), TensorType.FLOAT32)
				.toFloats().clone();
		}
	}
}
