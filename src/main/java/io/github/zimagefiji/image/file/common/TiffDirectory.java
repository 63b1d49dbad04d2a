
package io.github.zimagefiji.image.file.common;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.github.zimagefiji.error.InvalidInputException;

/**
 * The directory of one page of a TIFF or BigTIFF file, in either byte order. Pages are many, so
 * only the bytes are kept.
 */
public final class TiffDirectory {

	private static final int CLASSIC = 42;
	private static final int BIG = 43;
	/** More pages, or entries, than any real file has. */
	private static final int MOST_PAGES = 1 << 18;
	private static final int MOST_ENTRIES = 4096;
	private static final long MOST_BYTES = 1L << 26;

	private final FileBytes file;
	private final boolean big;
	private final long place;
	private final ByteBuffer entries;

	private TiffDirectory(final FileBytes file, final boolean big, final long place,
		final ByteBuffer entries)
	{
		this.file = file;
		this.big = big;
		this.place = place;
		this.entries = entries;
	}

	/**
	 * Reads all directories of a file, and sets the file's byte order.
	 *
	 * @return at least one
	 * @throws InvalidInputException if it is no TIFF file, or damaged: if directories form a circle,
	 *           or lie beyond the file's end
	 */
	public static List<TiffDirectory> read(final FileBytes file) throws IOException {
		final boolean big = isBig(file);
		final List<TiffDirectory> all = new ArrayList<>();
		final Set<Long> seen = new HashSet<>();
		long bytes = 0;
		for (long next = offset(file, big ? 8 : 4, big); next != 0;) {
			if (!seen.add(next)) throw file.damaged();
			final TiffDirectory directory = at(file, next, big);
			all.add(directory);
			bytes += directory.entries.capacity();
			if (all.size() > MOST_PAGES || bytes > MOST_BYTES)
				throw file.problem("has more than " + (all.size() - 1) + " pages");
			final long end = directory.place + directory.entries.capacity();
			// some programs leave out the last zero
			next = end + (big ? 8 : 4) > file.size() ? 0 : offset(file, end, big);
		}
		if (all.isEmpty()) throw file.damaged();
		return all;
	}

	private static boolean isBig(final FileBytes file) throws IOException {
		if (file.size() < 8) throw notTiff(file);
		final int mark = file.unsignedShort(0);
		if (mark != 0x4949 && mark != 0x4d4d) throw notTiff(file);
		file.order(mark == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
		final int version = file.unsignedShort(2);
		final boolean big = version == BIG;
		if (!big && version != CLASSIC || big && file.unsignedShort(4) != 8) throw notTiff(file);
		return big;
	}

	/**
	 * Reads the first directory of a file only, and sets the file's byte order.
	 *
	 * @throws InvalidInputException as {@link #read}
	 */
	public static TiffDirectory first(final FileBytes file) throws IOException {
		final boolean big = isBig(file);
		final long place = offset(file, big ? 8 : 4, big);
		if (place == 0) throw file.damaged();
		return at(file, place, big);
	}

	private static TiffDirectory at(final FileBytes file, final long place, final boolean big)
		throws IOException
	{
		final long count = big ? file.block(place, 8).getLong() : file.unsignedShort(place);
		if (count < 1 || count > MOST_ENTRIES) throw file.problem("has " +
			Long.toUnsignedString(count) + " entries in a TIFF directory, where a few dozen are normal");
		final long start = place + (big ? 8 : 2);
		return new TiffDirectory(file, big, start, file.block(start, count * (big ? 20 : 12)));
	}

	private static long offset(final FileBytes file, final long place, final boolean big)
		throws IOException
	{
		final long offset = big ? file.block(place, 8).getLong() : file.unsignedInt(place);
		if (offset < 0 || offset >= file.size()) throw file.damaged();
		return offset;
	}

	private static InvalidInputException notTiff(final FileBytes file) {
		return new InvalidInputException(file.file() + " is not a TIFF file. Choose another file.");
	}

	/** The first entry with a tag. */
	public Optional<TiffField> field(final int tag) {
		final int length = big ? 20 : 12;
		final int room = big ? 8 : 4;
		for (int at = 0; at < entries.capacity(); at += length) {
			if ((entries.getShort(at) & 0xffff) != tag) continue;
			final int type = entries.getShort(at + 2) & 0xffff;
			final int value = at + length - room;
			final long count = big ? entries.getLong(at + 4) : entries.getInt(at + 4) & 0xffffffffL;
			final boolean inside = count >= 0 && count <= room && count * TiffField.bytes(type) <= room;
			return Optional.of(new TiffField(type, count, inside ? place + value
				: big ? entries.getLong(value) : entries.getInt(value) & 0xffffffffL));
		}
		return Optional.empty();
	}

	/** Whether there is such a tag. */
	public boolean has(final int tag) {
		return field(tag).isPresent();
	}

	/** The first value of a tag, or another one if it is not there. */
	public long number(final int tag, final long otherwise) throws IOException {
		final TiffField field = field(tag).orElse(null);
		if (field == null || field.count() == 0) return otherwise;
		return new TiffField(field.type(), 1, field.place()).numbers(file, 1)[0];
	}

	/**
	 * All values of a tag; none if it is not there.
	 *
	 * @throws InvalidInputException if there are more than make sense
	 */
	public long[] numbers(final int tag, final long most) throws IOException {
		final TiffField field = field(tag).orElse(null);
		return field == null ? new long[0] : field.numbers(file, most);
	}

	/** A text; empty if there is none. */
	public String text(final int tag, final long most) throws IOException {
		final TiffField field = field(tag).orElse(null);
		return field == null ? "" : field.text(file, most);
	}

	/** A fraction; 0 if there is none. */
	public double fraction(final int tag) throws IOException {
		final TiffField field = field(tag).orElse(null);
		return field == null ? 0 : field.fraction(file);
	}
}
