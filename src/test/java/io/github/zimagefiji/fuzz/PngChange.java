
package io.github.zimagefiji.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;

/** Changes a PNG file chunk by chunk; most lengths and checksums stay right. */
final class PngChange {

	private static final int SIGNATURE = 8;
	private static final String[] TYPES =
		{ "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "iCCP", "tEXt", "zTXt", "iTXt",
			"pHYs", "sBIT", "hIST", "tIME", "bKGD", "sPLT", "eXIf", "acTL", "fcTL", "abCD" };

	/** A chunk's type and data. */
	private record Chunk(String type, byte[] data) {}

	private final Random random;
	private final ByteChange bytes;

	PngChange(final Random random) {
		this.random = random;
		bytes = new ByteChange(random);
	}

	byte[] change(final byte[] file) {
		final List<Chunk> chunks = new ArrayList<>();
		final ByteBuffer in = ByteBuffer.wrap(file).position(SIGNATURE);
		while (in.remaining() >= 12) {
			final byte[] data = new byte[in.getInt()];
			final byte[] type = new byte[4];
			in.get(type).get(data).getInt();
			chunks.add(new Chunk(new String(type, StandardCharsets.ISO_8859_1), data));
		}
		for (int i = random.nextInt(3); i >= 0 && !chunks.isEmpty(); i--)
			changeOnce(chunks);
		final ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.write(file, 0, SIGNATURE);
		chunks.forEach(chunk -> write(out, chunk));
		return out.toByteArray();
	}

	private void changeOnce(final List<Chunk> chunks) {
		final int at = random.nextInt(chunks.size());
		final Chunk chunk = chunks.get(at);
		switch (random.nextInt(8)) {
			case 0, 1, 2,
					3 -> chunks.set(at, new Chunk(chunk.type, bytes.change(chunk.data, chunk.data)));
			case 4 -> chunks.add(at, chunk);
			case 5 -> chunks.remove(at);
			case 6 -> chunks.set(at, new Chunk(TYPES[random.nextInt(TYPES.length)], chunk.data));
			default -> chunks.add(at, new Chunk(TYPES[random.nextInt(TYPES.length)],
				Arrays.copyOf(chunk.data, random.nextInt(64))));
		}
	}

	private void write(final ByteArrayOutputStream out, final Chunk chunk) {
		final byte[] type = chunk.type.getBytes(StandardCharsets.ISO_8859_1);
		final CRC32 crc = new CRC32();
		crc.update(type);
		crc.update(chunk.data);
		final boolean wrong = random.nextInt(60) == 0;
		final ByteBuffer whole = ByteBuffer.allocate(12 + chunk.data.length);
		whole.putInt(wrong ? (int) bytes.number() : chunk.data.length).put(type).put(chunk.data)
			.putInt((int) crc.getValue() + (random.nextInt(60) == 0 ? 1 : 0));
		out.writeBytes(whole.array());
	}
}
