
package io.github.zimagefiji.image.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.file.common.FileBytes;

/**
 * The elements of a DICOM file up to its pixels (DICOM PS3.5, section 7; PS3.10, section 7),
 * without those within sequences. No length is believed.
 */
final class DicomHeader {

	static final int SAMPLES = 0x00280002;
	static final int PHOTOMETRIC = 0x00280004;
	static final int PLANAR = 0x00280006;
	static final int FRAMES = 0x00280008;
	static final int ROWS = 0x00280010;
	static final int COLUMNS = 0x00280011;
	static final int BITS = 0x00280100;
	static final int SIGNED = 0x00280103;
	static final int INTERCEPT = 0x00281052;
	static final int SLOPE = 0x00281053;

	private static final int START = 132;
	private static final int SYNTAX = 0x00020010;
	private static final int PIXELS = 0x7fe00010;
	private static final int SEQUENCE_END = 0xfffee0dd;
	private static final int ITEMS = 0xfffe;
	private static final long UNKNOWN = 0xffffffffL;
	private static final int MOST_ELEMENTS = 1_000_000;
	private static final int MOST_TEXT = 64;
	/** Value representations with a length of two bytes, and of four. */
	private static final Set<String> SHORT = Set.of("AE", "AS", "AT", "CS", "DA", "DS", "DT", "FL",
		"FD", "IS", "LO", "LT", "PN", "SH", "SL", "SS", "ST", "TM", "UI", "UL", "US");
	private static final Set<String> LONG =
		Set.of("OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV");

	private final FileBytes file;
	private final Map<Integer, long[]> places = new HashMap<>();
	private boolean implicit;
	private boolean big;
	private int depth;

	private DicomHeader(final FileBytes file) {
		this.file = file;
	}

	/**
	 * Reads a file's elements.
	 *
	 * @throws InvalidInputException if it is cut off or damaged, or if its pixels are compressed
	 */
	static DicomHeader read(final FileBytes file) throws IOException {
		final DicomHeader header = new DicomHeader(file);
		header.walk();
		return header;
	}

	private void walk() throws IOException {
		file.order(ByteOrder.LITTLE_ENDIAN);
		boolean meta = true;
		long at = START;
		for (int i = 0; i < MOST_ELEMENTS; i++) {
			// what says how the file is written is always written in one way
			if (meta && file.unsignedShort(at) != 2) {
				meta = false;
				chooseSyntax();
			}
			final int group = file.unsignedShort(at);
			final int tag = group << 16 | file.unsignedShort(at + 2);
			final long[] value = value(at + 4, group, meta);
			final boolean open = value[1] == UNKNOWN;
			if (tag == PIXELS && depth == 0) {
				if (open) throw file.problem("holds compressed DICOM pixels, which are not read");
				places.put(tag, new long[] { value[0], Math.min(value[1], file.size() - value[0]) });
				return;
			}
			if (tag == SEQUENCE_END && depth > 0) depth--;
			if (group == ITEMS) {
				at = value[0] + (depth > 0 || open ? 0 : value[1]);
				continue;
			}
			if (depth == 0) places.putIfAbsent(tag, value);
			if (open) depth++;
			else if (value[1] > file.size() - value[0]) throw file.damaged();
			at = value[0] + (open ? 0 : value[1]);
		}
		throw file.damaged();
	}

	/** Where a value begins, and how long it is said to be. */
	private long[] value(final long at, final int group, final boolean meta) throws IOException {
		if (group == ITEMS || implicit && !meta) return new long[] { at + 4, file.unsignedInt(at) };
		final String kind = new String(file.block(at, 2).array(), StandardCharsets.ISO_8859_1);
		if (SHORT.contains(kind)) return new long[] { at + 4, file.unsignedShort(at + 2) };
		if (LONG.contains(kind)) return new long[] { at + 8, file.unsignedInt(at + 4) };
		throw file.damaged();
	}

	private void chooseSyntax() throws IOException {
		switch (text(SYNTAX)) {
			case "", "1.2.840.10008.1.2" -> implicit = true;
			case "1.2.840.10008.1.2.1" -> implicit = false;
			case "1.2.840.10008.1.2.2" -> big = true;
			default -> throw file.problem("holds compressed DICOM pixels, which are not read");
		}
		if (big) file.order(ByteOrder.BIG_ENDIAN);
	}

	/** Where the pixels begin. */
	long pixels() {
		return places.get(PIXELS)[0];
	}

	/** How many bytes of pixels there are. */
	long pixelBytes() {
		return places.get(PIXELS)[1];
	}

	/** A number of two bytes, or another one if it is not there. */
	long number(final int tag, final long otherwise) throws IOException {
		final long[] place = places.get(tag);
		return place == null || place[1] < 2 ? otherwise : file.unsignedShort(place[0]);
	}

	/** A number written as text. */
	double decimal(final int tag, final double otherwise) throws IOException {
		final String text = text(tag);
		if (text.isEmpty()) return otherwise;
		try {
			return Double.parseDouble(text);
		}
		catch (final NumberFormatException e) {
			throw file.damaged();
		}
	}

	/** A short text; empty if there is none. */
	String text(final int tag) throws IOException {
		final long[] place = places.get(tag);
		if (place == null || place[1] == UNKNOWN) return "";
		final ByteBuffer text = file.block(place[0], Math.min(MOST_TEXT, place[1]));
		return new String(text.array(), StandardCharsets.ISO_8859_1).replace('\0', ' ').trim();
	}
}
