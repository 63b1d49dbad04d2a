
package io.github.zimagefiji.command;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

/** LoRA files for tests. */
final class LoraFiles {

	private LoraFiles() {
		// only static methods
	}

	/** A copy of a safetensors file with one tensor more. */
	static Path withUnknownTensor(final Path file, final Path copy) throws IOException {
		final ByteBuffer bytes =
			ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
		final byte[] header = new byte[(int) bytes.getLong()];
		bytes.get(header);
		final int end = bytes.remaining();
		final JsonObject json =
			JsonParser.parseString(new String(header, StandardCharsets.UTF_8)).getAsJsonObject();
		json.add("some.thing", JsonParser.parseString(
			"{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[" + end + "," + (end + 4) + "]}"));
		final byte[] longer = json.toString().getBytes(StandardCharsets.UTF_8);
		final ByteBuffer result =
			ByteBuffer.allocate(8 + longer.length + end + 4).order(ByteOrder.LITTLE_ENDIAN);
		result.putLong(longer.length).put(longer).put(bytes);
		return Files.write(copy, result.array());
	}
}
