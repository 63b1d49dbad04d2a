
package io.github.zimagefiji.image.file.tiff;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.file.common.FileBytes;
import io.github.zimagefiji.image.file.common.TiffDirectory;
import io.github.zimagefiji.image.file.common.TiffField;
import io.github.zimagefiji.image.file.common.TiffTag;

/**
 * What ImageJ wrote about an image into a TIFF file, in its private tags 50838 and 50839 of the
 * first directory (see {@code ij.io.TiffEncoder}). ImageJ's own decoder believes every length in a
 * file, and reads Java objects from it (plots); this one reads nothing that the file does not hold,
 * and bytes only.
 *
 * @param entries by their type
 */
public record ImageJEntries(Map<Integer, List<ByteBuffer>> entries) {

	/** The Info property. */
	public static final int INFO = 0x696e666f;
	/** The labels of slices. */
	public static final int LABELS = 0x6c61626c;
	/** Two numbers for each channel. */
	public static final int RANGES = 0x72616e67;
	/** 768 bytes for each channel. */
	public static final int LUTS = 0x6c757473;

	private static final int MAGIC = 0x494a494a;
	/**
	 * No more than this is taken from a file: 64 MiB, and the lengths of a million entries.
	 */
	private static final long MOST_BYTES = 1L << 26;
	private static final long MOST_ENTRIES = 1L << 20;

	/**
	 * Reads the entries of some types.
	 *
	 * @return nothing if ImageJ did not write the file
	 * @throws InvalidInputException if they are damaged
	 */
	public static ImageJEntries read(final FileBytes file, final TiffDirectory directory,
		final Set<Integer> wanted) throws IOException
	{
		final Map<Integer, List<ByteBuffer>> entries = new HashMap<>();
		final TiffField counts = directory.field(TiffTag.IMAGEJ_LENGTHS).orElse(null);
		final TiffField data = directory.field(TiffTag.IMAGEJ_DATA).orElse(null);
		if (counts == null || data == null || counts.count() < 2 || counts.count() > MOST_ENTRIES)
			return new ImageJEntries(entries);
		final ByteBuffer lengths = file.block(counts.place(), 4 * counts.count());
		final long headerLength = length(file, lengths);
		if (headerLength > MOST_BYTES) throw file.damaged();
		final ByteBuffer types = file.block(data.place(), headerLength);
		if (types.remaining() < 4 || types.getInt() != MAGIC) return new ImageJEntries(entries);
		long at = data.place() + headerLength;
		long left = MOST_BYTES;
		while (types.remaining() >= 8) {
			final int type = types.getInt();
			final long count = types.getInt() & 0xffffffffL;
			for (long i = 0; i < count; i++) {
				final long length = length(file, lengths);
				if (wanted.contains(type) && length > 0) {
					left -= length;
					if (left < 0) throw file.damaged();
					entries.computeIfAbsent(type, any -> new ArrayList<>()).add(file.block(at, length));
				}
				at += length;
			}
		}
		return new ImageJEntries(entries);
	}

	private static long length(final FileBytes file, final ByteBuffer lengths) {
		if (lengths.remaining() < 4) throw file.damaged();
		return lengths.getInt() & 0xffffffffL;
	}

	/** The entries of a type, in order. */
	public List<ByteBuffer> of(final int type) {
		return entries.getOrDefault(type, List.of());
	}

	/** The entries of a type as texts. */
	public List<String> texts(final int type) {
		final List<String> texts = new ArrayList<>();
		for (final ByteBuffer entry : of(type)) {
			final Charset utf16 = entry.order() == java.nio.ByteOrder.BIG_ENDIAN
				? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
			texts.add(utf16.decode(entry.duplicate()).toString());
		}
		return texts;
	}

	/** The display ranges of all channels; null if there are none. */
	double[] ranges() {
		if (of(RANGES).isEmpty()) return null;
		final ByteBuffer numbers = of(RANGES).get(0);
		final double[] ranges = new double[numbers.limit() / 8];
		for (int i = 0; i < ranges.length; i++)
			ranges[i] = numbers.getDouble(8 * i);
		return ranges;
	}

	/** The lookup tables of all channels; null if there are none. */
	byte[][] luts() {
		final byte[][] luts = of(LUTS).stream().filter(lut -> lut.limit() == 768).map(ByteBuffer::array)
			.toArray(byte[][]::new);
		return luts.length == 0 ? null : luts;
	}
}
