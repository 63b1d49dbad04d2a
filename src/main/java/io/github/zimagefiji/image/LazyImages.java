package io.github.zimagefiji.image;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.IntFunction;

import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.InvalidInputException;
import net.imglib2.img.Img;
import net.imglib2.img.basictypeaccess.array.ByteArray;
import net.imglib2.img.cell.Cell;
import net.imglib2.img.cell.CellGrid;
import net.imglib2.img.cell.LazyCellImg;
import net.imglib2.type.numeric.integer.UnsignedByteType;

/**
 * Many generated images as one, of which each is made when one of its pixels is first read. The most recently read ones
 * are kept; one that was dropped is made again, and is the same, since its seed is.
 */
public final class LazyImages {

	private static final int CHANNELS = 3;

	private final int width;
	private final int height;
	private final int keep;
	private final IntFunction<GeneratedImage> maker;

	/** From the least to the most recently read. */
	private final Map<Long, FutureTask<Cell<ByteArray>>> recent = new LinkedHashMap<>(16, 0.75f, true);

	private LazyImages(final int width, final int height, final int keep, final IntFunction<GeneratedImage> maker) {
		this.width = width;
		this.height = height;
		this.keep = keep;
		this.maker = maker;
	}

	/**
	 * Makes the image; nothing is generated yet. It may be read from several threads; each image is made once while it is
	 * kept. Reading throws what {@code maker} throws, and the next reading tries again.
	 *
	 * @param width pixels of each image
	 * @param height pixels of each image
	 * @param count number of images
	 * @param keep how many are kept in memory, 1 or more; each takes 3 × width × height bytes
	 * @param maker makes the image of an index, 0 to {@code count} - 1; always the same one
	 * @return (x, y, channel, index): red, green and blue, 0 to 255, by {@link GeneratedImage#toByte}
	 * @throws InvalidInputException if a number is out of range
	 */
	public static Img<UnsignedByteType> of(final int width, final int height, final int count, final int keep,
		final IntFunction<GeneratedImage> maker)
	{
		if (count < 1) throw new InvalidInputException("A series of " + count + " images was asked for; it needs 1 or more.");
		if (keep < 1) throw new InvalidInputException("A series keeps " + keep + " images; it must keep 1 or more.");
		final CellGrid grid = new CellGrid(new long[] { width, height, CHANNELS, count }, new int[] { width, height, CHANNELS,
			1 });
		return new LazyCellImg<>(grid, new UnsignedByteType(), new LazyImages(width, height, keep, maker)::cell);
	}

	private Cell<ByteArray> cell(final long index) {
		final FutureTask<Cell<ByteArray>> task = task(index);
		task.run(); // does nothing if it has run, or is running on another thread
		try {
			return task.get();
		}
		catch (final ExecutionException e) {
			forget(index, task);
			if (e.getCause() instanceof RuntimeException known) throw known;
			throw new IllegalStateException(e.getCause());
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new CancellationException("Interrupted while waiting for image " + index + ".");
		}
	}

	private synchronized FutureTask<Cell<ByteArray>> task(final long index) {
		final FutureTask<Cell<ByteArray>> task = recent.computeIfAbsent(index, i -> new FutureTask<>(() -> make(i)));
		final Iterator<Map.Entry<Long, FutureTask<Cell<ByteArray>>>> oldest = recent.entrySet().iterator();
		while (recent.size() > keep && oldest.hasNext()) {
			// One that is being made is waited for; dropping it would have it made twice.
			if (oldest.next().getValue().isDone()) oldest.remove();
		}
		return task;
	}

	private synchronized void forget(final long index, final FutureTask<Cell<ByteArray>> failed) {
		recent.remove(index, failed);
	}

	private Cell<ByteArray> make(final long index) {
		final GeneratedImage image = maker.apply((int) index);
		if (image.width() != width || image.height() != height) throw new InvalidInputException("Image " + index + " has " +
			image.width() + " × " + image.height() + " pixels; those of this series have " + width + " × " + height + ".");
		return new Cell<>(new int[] { width, height, CHANNELS, 1 }, new long[] { 0, 0, 0, index }, new ByteArray(
			new Intensities(image).planarBytes()));
	}
}
