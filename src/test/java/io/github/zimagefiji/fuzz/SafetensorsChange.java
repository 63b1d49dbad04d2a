
package io.github.zimagefiji.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Changes the header of a safetensors file, and sometimes its data. */
final class SafetensorsChange {

	private static final int LENGTH_BYTES = 8;

	private final Random random;

	SafetensorsChange(final Random random) {
		this.random = random;
	}

	byte[] change(final byte[] file) {
		final ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
		final int length = (int) in.getLong();
		final String header = new String(file, LENGTH_BYTES, length, StandardCharsets.UTF_8);
		final byte[] changed = (random.nextInt(10) > 0 ? new JsonChange(random).change(header) : header)
			.getBytes(StandardCharsets.UTF_8);
		int data = file.length - LENGTH_BYTES - length;
		if (random.nextInt(10) == 0) data = random.nextInt(data + 1);
		final byte[] result = new byte[LENGTH_BYTES + changed.length + data];
		ByteBuffer.wrap(result).order(ByteOrder.LITTLE_ENDIAN)
			.putLong(random.nextInt(20) > 0 ? changed.length : new ByteChange(random).number())
			.put(changed).put(file, LENGTH_BYTES + length, data);
		if (data > 0 && random.nextInt(10) == 0)
			result[LENGTH_BYTES + changed.length + random.nextInt(data)] = (byte) random.nextInt(256);
		return result;
	}
}
