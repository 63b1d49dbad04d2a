
package io.github.zimagefiji.image.file.tiff;

import java.io.IOException;
import java.util.Arrays;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.file.common.FileBytes;
import io.github.zimagefiji.image.file.common.JavaMemory;
import io.github.zimagefiji.image.file.common.TiffDirectory;
import io.github.zimagefiji.image.file.common.TiffTag;

/**
 * How the pixels of a page lie in a TIFF file. What is not read right is refused by its name.
 *
 * @param width pixels
 * @param height pixels
 * @param samples of a pixel
 * @param format of each sample
 * @param photometric what samples mean, by TIFF's number
 * @param planar whether samples lie in their own blocks
 * @param coding how blocks are packed
 * @param blockWidth pixels of a strip or tile
 * @param blockHeight rows of a strip or tile
 * @param offsets of all blocks: of rows of blocks, of samples if planar
 * @param lengths bytes of each block
 * @param extra what samples beyond grey or colour mean, by TIFF's numbers
 */
record TiffLayout(int width, int height, int samples, TiffSample format, int photometric,
		boolean planar, TiffCoding coding, int blockWidth, int blockHeight, long[] offsets,
		long[] lengths, int[] extra)
{

	static final int WHITE_IS_ZERO = 0;
	static final int BLACK_IS_ZERO = 1;
	static final int RGB = 2;
	static final int PALETTE = 3;
	static final int CMYK = 5;
	static final int YCBCR = 6;

	private static final int MOST_SAMPLES = 1024;
	private static final long MOST_BLOCKS = 1 << 24;
	/** Pixels that a row of tiles may go beyond the image. */
	private static final long MOST_PADDING = 4096;

	/**
	 * Reads what a page's directory says of its pixels.
	 *
	 * @throws InvalidInputException if that contradicts itself or the file's length, or is not read
	 */
	static TiffLayout of(final FileBytes file, final TiffDirectory page) throws IOException {
		final long width = page.number(TiffTag.WIDTH, 0);
		final long height = page.number(TiffTag.HEIGHT, 0);
		if (width < 1 || height < 1) throw file.damaged();
		if (width > JavaMemory.LARGEST_ARRAY / height) throw file
			.problem("states " + width + " × " + height + " pixels; at most 2147 million can be read");
		final int samples = (int) page.number(TiffTag.SAMPLES, 1);
		if (samples < 1 || samples > MOST_SAMPLES) throw file.damaged();
		final TiffSample format = TiffSample.of(file, page, samples);
		final TiffCoding coding = TiffCoding.of(file, page, format);
		final boolean planar = samples > 1 && page.number(TiffTag.PLANAR, 1) == 2;
		final int photometric = photometric(file, page, samples);
		checkColours(file, photometric, format, coding);
		final boolean tiled = page.has(TiffTag.TILE_WIDTH) || page.has(TiffTag.TILE_OFFSETS);
		final long blockWidth = tiled ? page.number(TiffTag.TILE_WIDTH, 0) : width;
		// a strip may be said to be higher than the image
		final long blockHeight = tiled ? page.number(TiffTag.TILE_HEIGHT, 0)
			: Math.min(height, page.number(TiffTag.ROWS_PER_STRIP, height));
		if (blockWidth < 1 || blockHeight < 1 || blockWidth > Integer.MAX_VALUE ||
			blockHeight > Integer.MAX_VALUE) throw file.damaged();
		final long across = (width + blockWidth - 1) / blockWidth;
		final long blocks =
			across * ((height + blockHeight - 1) / blockHeight) * (planar ? samples : 1);
		if (blocks > MOST_BLOCKS) throw file.damaged();
		checkPadding(file, across * blockWidth, width);
		final long[] offsets = page.numbers(
			tiled && page.has(TiffTag.TILE_OFFSETS) ? TiffTag.TILE_OFFSETS : TiffTag.STRIP_OFFSETS,
			2 * MOST_BLOCKS);
		if (offsets.length < blocks) throw file.damaged();
		final TiffLayout layout =
			new TiffLayout((int) width, (int) height, samples, format, photometric, planar, coding,
				(int) blockWidth, (int) blockHeight, Arrays.copyOf(offsets, (int) blocks),
				lengths(page, tiled, (int) blocks), extra(page, samples, photometric));
		return layout.checked(file);
	}

	private static void checkPadding(final FileBytes file, final long stored, final long needed) {
		if (stored - needed > MOST_PADDING)
			throw file.problem("is divided into tiles that are far larger than the image");
	}

	/** The stated lengths; none if there are too few. */
	private static long[] lengths(final TiffDirectory page, final boolean tiled, final int blocks)
		throws IOException
	{
		final long[] lengths = page.numbers(
			tiled && page.has(TiffTag.TILE_LENGTHS) ? TiffTag.TILE_LENGTHS : TiffTag.STRIP_LENGTHS,
			2 * MOST_BLOCKS);
		return lengths.length < blocks ? new long[0] : Arrays.copyOf(lengths, blocks);
	}

	private TiffLayout checked(final FileBytes file) {
		if (lengths.length == 0 && coding.isPacked()) throw file.damaged();
		final long[] known = new long[offsets.length];
		for (int i = 0; i < offsets.length; i++) {
			final long bytes = blockBytes(rows(i));
			if (bytes > JavaMemory.LARGEST_ARRAY)
				throw file.problem("has strips or tiles of " + bytes + " bytes, which is too large");
			// what is not packed needs its room, whatever the file says
			known[i] = coding.isPacked() ? lengths[i] : bytes;
			if (known[i] < 0 || offsets[i] < 0 || known[i] > file.size() - offsets[i])
				throw file.damaged();
			if (coding.isPacked() && bytes > coding.most(known[i])) throw file
				.problem("states " + width + " × " + height + " pixels, more than its bytes can hold");
		}
		return new TiffLayout(width, height, samples, format, photometric, planar, coding, blockWidth,
			blockHeight, offsets, known, extra);
	}

	private static int photometric(final FileBytes file, final TiffDirectory page, final int samples)
		throws IOException
	{
		final int stated = (int) page.number(TiffTag.PHOTOMETRIC, samples > 2 ? RGB : BLACK_IS_ZERO);
		final String name = switch (stated) {
			case 0, 1, 2, 3, 5, 6 -> null;
			case 4 -> "is a transparency mask";
			case 8, 9, 10 -> "holds CIELAB colours";
			case 32803 -> "holds the raw values of a camera's colour filters";
			case 32844, 32845 -> "holds logarithmic (LogLuv) colours";
			default -> "holds colours of a kind that is not known (photometric interpretation " + stated +
				")";
		};
		if (name != null) throw file.problem(name + ", which are not read");
		if (stated == CMYK && page.number(TiffTag.INK_SET, 1) != 1)
			throw file.problem("holds inks other than CMYK, which are not read");
		if (samples < colours(stated)) throw file.damaged();
		return stated;
	}

	private static void checkColours(final FileBytes file, final int photometric,
		final TiffSample format, final TiffCoding coding)
	{
		if (photometric == YCBCR && !coding.isJpeg())
			throw file.problem("holds YCbCr colours without JPEG, which are not read");
		if (photometric == CMYK && (format.bits() != 8 || !format.isByte()))
			throw file.problem("holds CMYK colours of " + format.bits() + " bits, which are not read");
		if (photometric == CMYK && coding.isJpeg())
			throw file.problem("holds CMYK colours in JPEG, which are not read");
		if (photometric == RGB && format.bits() < 8 || photometric == PALETTE && !format.isByte())
			throw file.problem("holds " + (photometric == RGB ? "RGB" : "palette") + " colours of " +
				format.bits() + " bits, which are not read");
	}

	private static int[] extra(final TiffDirectory page, final int samples, final int photometric)
		throws IOException
	{
		final int[] extra = new int[Math.max(0, samples - colours(photometric))];
		final long[] stated = page.numbers(TiffTag.EXTRA_SAMPLES, MOST_SAMPLES);
		for (int i = 0; i < Math.min(extra.length, stated.length); i++)
			extra[i] = (int) stated[i];
		return extra;
	}

	private static int colours(final int photometric) {
		return photometric == CMYK ? 4 : photometric == RGB || photometric == YCBCR ? 3 : 1;
	}

	/** How many samples are grey or colour; the others are extra. */
	int colours() {
		return colours(photometric);
	}

	/** Whether another page can be a channel beside this one. */
	boolean isLike(final TiffLayout other) {
		return width == other.width && height == other.height && samples == other.samples &&
			format.equals(other.format) && photometric == other.photometric;
	}

	/** Bytes of a plane with all its samples, without packing. */
	long planeBytes() {
		return ((long) width * (planar ? 1 : samples) * format.bits() + 7) / 8 * height *
			(planar ? samples : 1);
	}

	/** The plane that follows so many others without a directory. */
	TiffLayout after(final int planes, final int of) {
		if (planes < 0 || planes >= of) throw new IllegalArgumentException(planes + " of " + of);
		final long[] moved = offsets.clone();
		for (int i = 0; i < moved.length; i++)
			moved[i] += planes * planeBytes();
		return new TiffLayout(width, height, samples, format, photometric, planar, coding, blockWidth,
			blockHeight, moved, lengths, extra);
	}

	/** Blocks side by side. */
	int across() {
		return (int) (((long) width + blockWidth - 1) / blockWidth);
	}

	/** Blocks of one plane. */
	int blocksOfPlane() {
		return planar ? offsets.length / samples : offsets.length;
	}

	/** Samples of a pixel in a block. */
	int samplesInBlock() {
		return planar ? 1 : samples;
	}

	/** The first row of a block in the image. */
	int top(final int block) {
		return block % blocksOfPlane() / across() * blockHeight;
	}

	/** Rows of a block that lie in the image. */
	int rows(final int block) {
		final int top = top(block);
		return Math.min(blockHeight, height - top);
	}

	/** Bytes of a row of a block, unpacked. */
	long rowBytes() {
		return ((long) blockWidth * samplesInBlock() * format.bits() + 7) / 8;
	}

	private long blockBytes(final int rows) {
		return rowBytes() * rows;
	}
}
