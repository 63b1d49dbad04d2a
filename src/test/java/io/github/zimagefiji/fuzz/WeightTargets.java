
package io.github.zimagefiji.fuzz;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.github.zimagefiji.weights.Checkpoint;
import io.github.zimagefiji.weights.lora.LoraFile;

/** Readers of safetensors files and of what lies beside them. */
final class WeightTargets {

	private static final String QUANTIZED =
		"{\"__metadata__\":{\"_quantization_metadata\":\"{\\\"layers\\\":{\\\"a\\\":{\\\"format\\\":\\\"float8_e4m3fn\\\"}}}\"}," +
			"\"a.weight\":{\"dtype\":\"F8_E4M3\",\"shape\":[2,4],\"data_offsets\":[0,8]}," +
			"\"a.weight_scale\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[8,12]}}";
	private static final String PLAIN = "{\"__metadata__\":{\"format\":\"pt\"}," +
		"\"a\\u00e9\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]}," +
		"\"b\":{\"dtype\":\"BF16\",\"shape\":[5],\"data_offsets\":[24,34]}," +
		"\"c\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[34,42]}}";
	private static final String LORA_SETTINGS =
		"{\\\"transformer.lora_alpha\\\":8,\\\"transformer.r\\\":2," +
			"\\\"transformer.use_rslora\\\":false,\\\"transformer.use_dora\\\":false," +
			"\\\"transformer.alpha_pattern\\\":{\\\"layers.0.attention.to_q\\\":4}," +
			"\\\"transformer.rank_pattern\\\":{}}";

	private WeightTargets() {
		// only in()
	}

	static List<Target> in(final Path folder) throws IOException {
		final byte[] plain = safetensors(PLAIN, 42);
		final Path shards = Targets.file(folder, "shard index", "model.safetensors.index.json");
		Files.write(shards.resolveSibling("x.safetensors"), plain);
		final Path config = Targets.file(folder, "adapter_config", "adapter_config.json");
		final Path lora = config.resolveSibling("lora.safetensors");
		Files.write(lora, lora("", ".lora_A.weight", ".lora_B.weight"));
		return List.of(
			new Target("safetensors", Format.SAFETENSORS,
				Targets.file(folder, "safetensors", "x.safetensors"),
				List.of(plain, safetensors(QUANTIZED, 12, (byte) 0x3F)),
				(file, input, i) -> readAll(Checkpoint.openFile(file))),
			new Target("shard index", Format.JSON, shards,
				Targets
					.texts("{\"metadata\":{\"total_size\":42},\"weight_map\":{\"aé\":\"x.safetensors\"," +
						"\"b\":\"x.safetensors\",\"c\":\"x.safetensors\"}}"),
				(file, input, i) -> readAll(Checkpoint.open(file.getParent()))),
			new Target("LoRA", Format.SAFETENSORS, Targets.file(folder, "LoRA", "lora.safetensors"),
				List.of(lora("\"__metadata__\":{\"format\":\"pt\"},", ".lora_A.weight", ".lora_B.weight"),
					lora("\"__metadata__\":{\"lora_adapter_metadata\":\"" + LORA_SETTINGS + "\"},",
						".lora_A.default.weight", ".lora_B.default.weight"),
					lora(
						"\"layers.0.attention.to_q.alpha\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[16,20]},",
						".lora_down.weight", ".lora_up.weight", 20)),
				(file, input, i) -> LoraFile.open(file)),
			new Target("LoRA settings", Format.JSON, config,
				Targets.texts("{\"lora_alpha\":8,\"r\":2," +
					"\"use_rslora\":true,\"use_dora\":false,\"peft_type\":\"LORA\"," +
					"\"alpha_pattern\":{\"layers\\\\.0\\\\..*to_q\":4},\"rank_pattern\":{\"^layers.0\":2}," +
					"\"target_modules\":[\"to_q\",\"to_k\"],\"bias\":\"none\"}"),
				(file, input, i) -> LoraFile.open(lora)));
	}

	private static byte[] lora(final String before, final String down, final String up) {
		return lora(before, down, up, 16);
	}

	private static byte[] lora(final String before, final String down, final String up,
		final int bytes)
	{
		return safetensors("{" + before + "\"layers.0.attention.to_q" + down +
			"\":{\"dtype\":\"BF16\",\"shape\":[2,2],\"data_offsets\":[0,8]}," +
			"\"layers.0.attention.to_q" + up +
			"\":{\"dtype\":\"BF16\",\"shape\":[2,2],\"data_offsets\":[8,16]}}", bytes);
	}

	private static byte[] safetensors(final String header, final int dataBytes, final byte... last) {
		final byte[] json = header.getBytes(StandardCharsets.UTF_8);
		final byte[] file = new byte[8 + json.length + dataBytes];
		ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).put(json);
		System.arraycopy(last, 0, file, file.length - last.length, last.length);
		return file;
	}

	private static void readAll(final Checkpoint checkpoint) {
		checkpoint.entries().values().forEach(checkpoint::read);
	}
}
