
package io.github.zimagefiji.image.file.tiff;

import java.io.IOException;
import java.nio.ByteBuffer;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.file.common.FileBytes;
import io.github.zimagefiji.image.file.common.JavaMemory;

/** Reads the samples of a page of a TIFF file. */
final class TiffPixels {

	/** Signed numbers of 16 bits are stored as ImageJ does. */
	private static final int SIGNED = 32768;
	private static final int PIECE = 1 << 20;

	private final FileBytes file;
	private final TiffLayout layout;
	private final Object[] planes;

	private TiffPixels(final FileBytes file, final TiffLayout layout) {
		this.file = file;
		this.layout = layout;
		final TiffSample format = layout.format();
		final int pixels = layout.width() * layout.height();
		final int bytes = format.isByte() ? 1 : format.isShort() ? 2 : 4;
		JavaMemory.check((long) bytes * pixels * layout.samples() +
			2 * layout.rowBytes() * Math.min(step(layout), layout.height()), file.file());
		planes = new Object[layout.samples()];
		for (int i = 0; i < planes.length; i++)
			planes[i] = format.isByte() ? new byte[pixels]
				: format.isShort() ? new short[pixels] : new float[pixels];
	}

	/**
	 * Reads all samples.
	 *
	 * @return for each sample its plane (height, width), row-major: bytes, shorts (signed ones 32768
	 *         higher), or 32-bit floating point
	 * @throws InvalidInputException if a block is damaged, or if Java's memory does not suffice
	 */
	static Object[] read(final FileBytes file, final TiffLayout layout) throws IOException {
		final TiffPixels pixels = new TiffPixels(file, layout);
		for (int block = 0; block < layout.offsets().length; block++)
			pixels.add(block);
		return pixels.planes;
	}

	private void add(final int block) throws IOException {
		final int rows = layout.rows(block);
		final int step = step(layout);
		for (int top = 0; top < rows; top += step)
			add(block, top, Math.min(step, rows - top));
	}

	/** Rows that are read at once: what is not packed need not be a block. */
	private static int step(final TiffLayout layout) {
		return layout.coding().isPacked() ? layout.blockHeight()
			: (int) Math.max(1, PIECE / layout.rowBytes());
	}

	private void add(final int block, final int top, final int rows) throws IOException {
		final int samples = layout.samplesInBlock();
		final int rowBytes = (int) layout.rowBytes();
		final boolean packed = layout.coding().isPacked();
		final long place = layout.offsets()[block] + (long) top * rowBytes;
		final ByteBuffer data = layout.coding().unpack(file,
			file.block(place, packed ? layout.lengths()[block] : (long) rows * rowBytes), rows, rowBytes,
			layout.format(), samples);
		final int left = block % layout.blocksOfPlane() % layout.across() * layout.blockWidth();
		final int columns = Math.min(layout.blockWidth(), layout.width() - left);
		final int first = layout.planar() ? block / layout.blocksOfPlane() : 0;
		for (int row = 0; row < rows; row++)
			for (int sample = 0; sample < samples; sample++)
				row(data, row * rowBytes, planes[first + sample],
					(layout.top(block) + top + row) * layout.width() + left, columns, sample);
	}

	private void row(final ByteBuffer data, final int start, final Object plane, final int to,
		final int columns, final int sample)
	{
		final TiffSample format = layout.format();
		final int samples = layout.samplesInBlock();
		final int shift = format.kind() == TiffSample.Kind.SIGNED ? SIGNED : 0;
		if (plane instanceof byte[] bytes) {
			for (int x = 0; x < columns; x++)
				bytes[to + x] = (byte) format.whole(data, start, x * samples + sample);
		}
		else if (plane instanceof short[] shorts) {
			for (int x = 0; x < columns; x++)
				shorts[to + x] = (short) (format.whole(data, start, x * samples + sample) + shift);
		}
		else {
			final float[] floats = (float[]) plane;
			for (int x = 0; x < columns; x++)
				floats[to + x] = format.number(data, start, x * samples + sample);
		}
	}
}
