
package io.github.zimagefiji.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.DeflaterOutputStream;

/**
 * Writes TIFF and BigTIFF files of any kind, for tests: what a tag says is written as it is, right
 * or wrong.
 */
public final class TiffBytes {

	/** How blocks are packed; LZW without any gain, but by its rules. */
	public enum Packing {

			NONE(1), LZW(5), DEFLATE(8), PACK_BITS(32773);

		public final int number;

		Packing(final int number) {
			this.number = number;
		}
	}

	private final boolean big;
	private final ByteOrder order;
	private final List<Map<Integer, Object>> pages = new ArrayList<>();
	private final List<List<byte[]>> blocks = new ArrayList<>();

	public TiffBytes(final boolean big, final ByteOrder order) {
		this.big = big;
		this.order = order;
	}

	/** A page of whole numbers: tags as long[] or String. */
	public TiffBytes page(final Map<Integer, Object> tags, final List<byte[]> data) {
		pages.add(new TreeMap<>(tags));
		blocks.add(data);
		return this;
	}

	public byte[] make() {
		final int head = big ? 16 : 8;
		final List<Long> starts = new ArrayList<>();
		final ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.writeBytes(new byte[head]);
		for (int i = 0; i < pages.size(); i++) {
			final long[] offsets = new long[blocks.get(i).size()];
			final long[] lengths = new long[offsets.length];
			for (int b = 0; b < offsets.length; b++) {
				offsets[b] = out.size();
				lengths[b] = blocks.get(i).get(b).length;
				out.writeBytes(blocks.get(i).get(b));
			}
			final boolean tiled = pages.get(i).containsKey(322);
			pages.get(i).putIfAbsent(tiled ? 324 : 273, offsets);
			pages.get(i).putIfAbsent(tiled ? 325 : 279, lengths);
		}
		final List<byte[]> directories = new ArrayList<>();
		for (final Map<Integer, Object> page : pages) {
			final byte[] directory = directory(page, out);
			starts.add((long) out.size());
			directories.add(directory);
			out.writeBytes(new byte[directory.length]);
		}
		final ByteBuffer file = ByteBuffer.wrap(out.toByteArray()).order(order);
		file.put((byte) (order == ByteOrder.BIG_ENDIAN ? 'M' : 'I')).put(file.get(0))
			.putShort((short) (big ? 43 : 42));
		if (big) file.putShort((short) 8).putShort((short) 0).putLong(starts.get(0));
		else file.putInt((int) (long) starts.get(0));
		for (int i = 0; i < directories.size(); i++) {
			final ByteBuffer each = ByteBuffer.wrap(directories.get(i)).order(order);
			final long next = i + 1 < starts.size() ? starts.get(i + 1) : 0;
			if (big) each.putLong(each.limit() - 8, next);
			else each.putInt(each.limit() - 4, (int) next);
			file.put((int) (long) starts.get(i), directories.get(i));
		}
		return file.array();
	}

	private byte[] directory(final Map<Integer, Object> tags, final ByteArrayOutputStream out) {
		final int length = big ? 20 : 12;
		final int room = big ? 8 : 4;
		final ByteBuffer made = ByteBuffer.allocate((big ? 16 : 6) + length * tags.size()).order(order);
		if (big) made.putLong(tags.size());
		else made.putShort((short) tags.size());
		tags.forEach((tag, value) -> {
			final byte[] data = data(value);
			final int type = value instanceof String ? 2 : big ? 16 : 4;
			final long count = value instanceof String ? data.length : data.length / (big ? 8 : 4);
			made.putShort((short) (int) tag).putShort((short) type);
			if (big) made.putLong(count);
			else made.putInt((int) count);
			if (data.length <= room) {
				made.put(data).put(new byte[room - data.length]);
				return;
			}
			if (big) made.putLong(out.size());
			else made.putInt(out.size());
			out.writeBytes(data);
		});
		return made.array();
	}

	private byte[] data(final Object value) {
		if (value instanceof String text) return (text + "\0").getBytes(StandardCharsets.UTF_8);
		final long[] numbers = (long[]) value;
		final ByteBuffer data = ByteBuffer.allocate(numbers.length * (big ? 8 : 4)).order(order);
		for (final long number : numbers) {
			if (big) data.putLong(number);
			else data.putInt((int) number);
		}
		return data.array();
	}

	public static byte[] pack(final byte[] plain, final Packing packing) {
		final ByteArrayOutputStream out = new ByteArrayOutputStream();
		switch (packing) {
			case NONE -> out.writeBytes(plain);
			case DEFLATE -> {
				try (DeflaterOutputStream zip = new DeflaterOutputStream(out)) {
					zip.write(plain);
				}
				catch (final IOException e) {
					throw new UncheckedIOException(e);
				}
			}
			case PACK_BITS -> {
				for (final byte value : plain) {
					out.write(0);
					out.write(value);
				}
			}
			default -> new LzwWriter(out).write(plain);
		}
		return out.toByteArray();
	}

	/** The plainest LZW that uses its table. */
	private static final class LzwWriter {

		private final ByteArrayOutputStream out;
		private final Map<String, Integer> table = new java.util.HashMap<>();
		private int next = 258;
		private int width = 9;
		private long bits;
		private int count;

		LzwWriter(final ByteArrayOutputStream out) {
			this.out = out;
		}

		void write(final byte[] plain) {
			code(256);
			String known = "";
			for (final byte value : plain) {
				final String longer = known + (char) (value & 0xff);
				if (longer.length() == 1 || table.containsKey(longer)) {
					known = longer;
					continue;
				}
				code(known);
				table.put(longer, next++);
				if (next == 1 << width) width++;
				known = longer.substring(longer.length() - 1);
				if (next == 4095) {
					code(known);
					known = "";
					code(256);
					table.clear();
					next = 258;
					width = 9;
				}
			}
			if (!known.isEmpty()) code(known);
			code(257);
			while (count > 0)
				bits(0, 8 - count % 8);
		}

		private void code(final String known) {
			code(known.length() == 1 ? known.charAt(0) : table.get(known));
		}

		private void code(final int code) {
			bits(code, width);
		}

		private void bits(final int value, final int many) {
			bits = bits << many | value;
			count += many;
			while (count >= 8) {
				count -= 8;
				out.write((int) (bits >> count));
			}
		}
	}
}
