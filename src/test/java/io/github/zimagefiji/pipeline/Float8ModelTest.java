
package io.github.zimagefiji.pipeline;

import static io.github.zimagefiji.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.zimagefiji.ModelVariant;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.engine.TensorType;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.golden.Parity;
import io.github.zimagefiji.model.folder.CombinationFile;
import io.github.zimagefiji.model.folder.ModelFolder;
import io.github.zimagefiji.request.ComputeOptions;
import io.github.zimagefiji.request.Precision;
import io.github.zimagefiji.request.TextToImageRequest;
import io.github.zimagefiji.weights.loaded.LoadedWeights;

/**
 * The tiny reference model with a transformer of 8 bits, against the same numbers stored in 32
 * bits.
 */
@Tag("engine")
class Float8ModelTest {

	/** In which way a layer's scale is stored. */
	enum Style {
			UNSCALED, SCALE_WEIGHT, WEIGHT_SCALE
	}

	/** What the codes without a sign stand for, in rising order. */
	private static final float[] SIZES = new float[0x7F];

	static {
		for (int i = 0; i < SIZES.length; i++) {
			SIZES[i] = value(i);
		}
	}

	@TempDir
	Path temporary;

	private Path model(final ComfyFiles transformer, final String name) {
		final Path file = temporary.resolve(name + CombinationFile.SUFFIX);
		CombinationFile.of(transformer.write(temporary.resolve(name + ".safetensors")), Golden.model(),
			Golden.model(), Golden.model()).withVariant(ModelVariant.TURBO).write(file);
		return file;
	}

	private static float[] latents(final Path model, final Precision precision) {
		try (Pipeline pipeline = Pipeline.open(model, new ComputeOptions("cpu", precision, 1))) {
			return pipeline.generate(TextToImageRequest.builder("An astronaut riding a horse")
				.size(96, 64).seed(43).steps(4).guidance(0.0).build(), Progress.NONE).latents();
		}
	}

	/**
	 * The transformer with every layer's matrix in FP8, or with what those bytes stand for.
	 */
	private static ComfyFiles quantized(final Style style, final boolean widened) {
		final ComfyFiles result = ComfyFiles.empty();
		ComfyFiles.transformer().tensors().forEach((name, tensor) -> {
			if (!name.startsWith("layers.") || tensor.shape().size() != 2) result.put(name, tensor);
			else put(result, name, tensor, style, widened);
		});
		if (style == Style.SCALE_WEIGHT && !widened)
			result.put("scaled_fp8", new ComfyFiles.Stored("F8_E4M3", List.of(0L), new byte[0]));
		return result;
	}

	private static void put(final ComfyFiles result, final String name,
		final ComfyFiles.Stored tensor, final Style style, final boolean widened)
	{
		final float[] values = floats(tensor);
		float most = 0;
		for (final float value : values) {
			most = Math.max(most, Math.abs(value));
		}
		final float scale = style == Style.UNSCALED ? 1 : most / 448;
		final byte[] codes = new byte[values.length];
		final ByteBuffer wide = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
		for (int i = 0; i < values.length; i++) {
			codes[i] = (byte) code(values[i] / scale);
			wide.putFloat(value(codes[i] & 0xFF) * scale);
		}
		if (widened) result.put(name, new ComfyFiles.Stored("F32", tensor.shape(), wide.array()));
		else result.put(name, new ComfyFiles.Stored("F8_E4M3", tensor.shape(), codes));
		if (widened || style == Style.UNSCALED) return;
		final String layer = name.substring(0, name.length() - ".weight".length());
		final boolean old = style == Style.SCALE_WEIGHT;
		result.put(layer + (old ? ".scale_weight" : ".weight_scale"), ComfyFiles.number(scale));
		result.put(layer + (old ? ".scale_input" : ".input_scale"), ComfyFiles.number(0.25f));
		if (!old)
			result.put(layer + ".comfy_quant", ComfyFiles.text("{\"format\": \"float8_e4m3fn\"}"));
	}

	private static float[] floats(final ComfyFiles.Stored tensor) {
		final ByteBuffer bytes = ByteBuffer.wrap(tensor.bytes()).order(ByteOrder.LITTLE_ENDIAN);
		final boolean wide = tensor.dtype().equals("F32");
		final float[] values = new float[bytes.remaining() / (wide ? 4 : 2)];
		for (int i = 0; i < values.length; i++) {
			values[i] = wide ? bytes.getFloat() : Float.intBitsToFloat(bytes.getShort() << 16);
		}
		return values;
	}

	/** E4M3 by its definition: 2^(e-7) (1 + m/8), or 2^-6 m/8 for e = 0. */
	private static float value(final int code) {
		final int e = code >> 3 & 15;
		final double size =
			e == 0 ? Math.pow(2, -6) * (code & 7) / 8 : Math.pow(2, e - 7) * (1 + (code & 7) / 8.0);
		return (float) (code < 128 ? size : -size);
	}

	/** The nearest code. */
	private static int code(final float value) {
		int low = 0;
		int high = 0x7E;
		while (high - low > 1) {
			final int middle = low + high >>> 1;
			if (SIZES[middle] <= Math.abs(value)) low = middle;
			else high = middle;
		}
		final int best = Math.abs(value) - SIZES[low] <= SIZES[high] - Math.abs(value) ? low : high;
		return value < 0 ? best | 0x80 : best;
	}

	@ParameterizedTest
	@EnumSource
	void eightBitsGiveTheVeryImageOfTheNumbersTheyStandFor(final Style style) {
		final Path small = model(quantized(style, false), "small");
		final Path wide = model(quantized(style, true), "wide");
		for (final Precision precision : new Precision[] { Precision.FLOAT32, Precision.BFLOAT16 }) {
			assertArrayEquals(latents(wide, precision), latents(small, precision), precision.toString());
		}
	}

	@ParameterizedTest
	@EnumSource
	void theImageStaysNearThatOfTheFullModel(final Style style) {
		final float[] exact = latents(Golden.model(), Precision.FLOAT32);
		final double distance =
			Parity.distance(exact, latents(model(quantized(style, false), "small"), Precision.FLOAT32));
		// Measured: 0.125 without scales and 0.089 with them; a wrong scale or a
		// wrong code gives more than 1.
		assertTrue(distance > 0.01 && distance < 0.2, "distance " + distance);
	}

	@Test
	void widenedWeightsCountAsMemoryOfTheProcess() {
		final ModelFolder model =
			ModelFolder.open(model(quantized(Style.SCALE_WEIGHT, false), "small"));
		final long expected = model.transformerWeights().entries().values().stream()
			.filter(e -> e.byteCount() == e.elementCount()).mapToLong(e -> 2 * e.elementCount()).sum();
		assertTrue(expected > 0);
		final long others = model.transformerWeights().entries().values().stream()
			.filter(e -> e.byteCount() == 4 * e.elementCount()).mapToLong(e -> 2 * e.elementCount())
			.sum();
		assertEquals(expected + others,
			LoadedWeights.anonymousBytes(model.transformerWeights(), TensorType.BFLOAT16));
	}

	/**
	 * Names beside a layer's weight, and its type, as the named programs write them.
	 */
	@ParameterizedTest
	@CsvSource(delimiter = ';', value = { "I8; weight_scale; to INT8", "I8; -; to INT8",
		"U8; weight_scale_2; to NVFP4", "I8; scale, svd_up, svd_down; by SDNQ",
		"U8; scale, zero_point; by SDNQ", "I8; scale; by SDNQ",
		"U8; scale, svd_up, svd_down, zero_point; by SDNQ", "I16; scale; by SDNQ",
		"U16; scale; by SDNQ", "F8_E4M3; scale; by SDNQ", "F8_E5M2; scale; by SDNQ",
		"BF16; scale; by SDNQ", "-; qweight, wscales, smooth_factor; by Nunchaku",
		"-; qweight, bias, proj_down, proj_up, smooth_factor, smooth_factor_orig, wscales; by Nunchaku",
		"-; qweight, wtscale, wcscales; by Nunchaku", "-; qweight, wscales, wzeros; by Nunchaku",
		"-; qweight, lora_down, lora_up, smooth; by Nunchaku",
		"-; qweight, scales, scaled_zeros; by GPTQ or AWQ",
		"U32; scales, biases; by MLX, as mflux does", "U32; scales; by MLX, as mflux does",
		"-; encoded_exponent, sign_mantissa, luts, gaps; as DFloat11 (DF11)",
		"-; gaps; as DFloat11 (DF11)", "-; split_positions; as DFloat11 (DF11)",
		"U8; weight.absmax, weight.quant_map; by bitsandbytes", "I8; SCB; by bitsandbytes",
		"-; qweight, qzeros, scales; by GPTQ or AWQ", "-; weight._data, weight._scale; by quanto",
		"F8_E4M3; weight_scale_inv; to FP8 with a scale for each block", "U8; -; in packed numbers" })
	void formsThatAreNotReadAreNamed(final String type, final String beside, final String words) {
		final String layer = "layers.0.attention.qkv.";
		final ComfyFiles files = ComfyFiles.transformer();
		files.remove(layer + "weight");
		if (!type.equals("-")) files.put(layer + "weight", new ComfyFiles.Stored(type, List.of(4L, 2L),
			new byte[type.equals("U32") ? 32 : type.endsWith("16") ? 16 : 8]));
		for (final String name : beside.split(", ")) {
			if (!name.equals("-")) files.put(layer + name, ComfyFiles.number(1));
		}
		final Path file = model(files, "small");
		final String message =
			assertThrows(InvalidInputException.class, () -> ModelFolder.open(file)).getMessage();
		assertTrue(
			message.contains("is quantized " + words) && message.contains("small.safetensors") &&
				message.contains(layer) && message.endsWith("FP8 with one scale for each tensor."),
			message);
	}

	@Test
	void numbersOfFourBitsAreNamed() {
		final Path file = model(ComfyFiles.transformer().put("layers.0.attention.qkv.weight",
			new ComfyFiles.Stored("F4", List.of(4L, 2L), new byte[4])), "small");
		assertRefused(() -> ModelFolder.open(file), "\"F4\"", "NVFP4");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '`',
		value = {
			"\"quantization_config\": {\"quant_method\": \"sdnq\", \"weights_dtype\": \"int8\"}; sdnq",
			"\"dfloat11_config\": {\"version\": \"0.5.0\", \"threads_per_block\": [512]}; as DFloat11" })
	void aConfigThatDescribesAnotherFormIsRefusedWithItsName(final String entry, final String form) {
		final ModelCopy copy = ModelCopy.to(temporary.resolve("model"));
		final String config = "transformer/config.json";
		copy.write(config, Golden.text("model/" + config).replaceFirst("\\{", "{" + entry + ","));
		assertRefused(() -> ModelFolder.open(copy.folder()), "quantized (" + form + ")", "config.json");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '`',
		value = {
			"layers.0.attention.qkv.comfy_quant; {\"format\": \"int8_tensorwise\"}; as int8_tensorwise",
			"layers.0.attention.qkv.comfy_quant; {\"format\": \"nvfp4\"}; as nvfp4",
			"layers.0.attention.qkv.comfy_quant; {}; as an unknown way",
			"layers.0.attention.qkv.comfy_quant; [; is damaged",
			"layers.0.attention.qkv.weight_scale_2; x; weight_scale_2",
			"layers.0.attention.qkv.weight.absmax; x; by bitsandbytes",
			"layers.0.attention.qkv.weight.quant_state.bitsandbytes__nf4; x; by bitsandbytes",
			"layers.0.attention.qkv.weight_scale; xxxx; with the scale" })
	void otherQuantizedFormsAreRefused(final String name, final String text, final String part) {
		final Path file =
			model(quantized(Style.UNSCALED, false).put(name, ComfyFiles.text(text)), "small");
		assertRefused(() -> ModelFolder.open(file), part, "small.safetensors");
	}

	@Test
	void scalesOfOtherTypesAndImpossibleScalesAreRefused() {
		final ComfyFiles files = ComfyFiles.transformer();
		files.put("layers.0.attention.qkv.scale_weight", ComfyFiles.number(0.5f));
		final Path other = model(files, "other");
		assertRefused(() -> ModelFolder.open(other), "with scales");
		files.put("layers.0.attention.qkv.scale_weight", ComfyFiles.number(Float.NaN));
		final Path impossible = model(files, "impossible");
		assertRefused(() -> ModelFolder.open(impossible), "is NaN");
	}
}
