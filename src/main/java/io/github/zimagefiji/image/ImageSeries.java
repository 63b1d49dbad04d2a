
package io.github.zimagefiji.image;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import ij.ImagePlus;
import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.Provenance;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.source.Intensities;
import io.github.zimagefiji.request.TextToImageRequest;
import net.imglib2.img.basictypeaccess.array.ByteArray;
import net.imglib2.img.cell.Cell;
import net.imglib2.img.cell.CellGrid;
import net.imglib2.img.cell.LazyCellImg;
import net.imglib2.type.numeric.integer.UnsignedByteType;

/**
 * Many generated images as one (x, y, channel, index), of which each is generated when one of its
 * pixels is first read. Channels are red, green and blue, 0 to 255, by
 * {@link GeneratedImage#toByte}; image i has the request's seed + i.
 * <p>
 * The images read most recently are kept; one that was dropped is generated again, and is the same,
 * since its seed is. Any number of threads may read: each image is generated once while it is kept,
 * by the thread that reads it first. A failure reaches the reader as an exception, and the next
 * reading tries again. If the model's files have changed since the first image, that is a failure
 * too.
 * </p>
 */
public final class ImageSeries extends LazyCellImg<UnsignedByteType, ByteArray> {

	private static final int CHANNELS = 3;

	private final RecentValues<Cell<ByteArray>> recent;
	private final SeriesRecord record;

	private ImageSeries(final CellGrid grid, final RecentValues<Cell<ByteArray>> recent,
		final SeriesRecord record)
	{
		super(grid, new UnsignedByteType(), recent::get);
		this.recent = recent;
		this.record = record;
	}

	/**
	 * Makes a series; nothing is generated yet.
	 *
	 * @param request with width and height; its count is the length of the series
	 * @param keep how many images stay in memory, 1 or more; each takes 3 × width × height bytes
	 * @param maker generates the image of a request with count 1; always the same one
	 * @throws InvalidInputException if size or {@code keep} cannot be used, or if the request has
	 *           explicit latents
	 */
	public static ImageSeries of(final TextToImageRequest request, final int keep,
		final Function<TextToImageRequest, GeneratedImage> maker)
	{
		if (keep < 1) throw new InvalidInputException(
			"A series keeps " + keep + " images; it must keep 1 or more.");
		if (request.latents() != null) throw new InvalidInputException(
			"A series draws its starting noise from the seeds; leave the starting latents out.");
		if (request.width() == null || request.height() == null)
			throw new InvalidInputException("A series needs the width and height of its images.");
		final int width = request.width();
		final int height = request.height();
		if ((long) width * height * CHANNELS > Integer.MAX_VALUE)
			throw new InvalidInputException("Images of " + width + " × " + height +
				" pixels are too large for a series. Generate them one by one.");
		final CellGrid grid = new CellGrid(new long[] { width, height, CHANNELS, request.count() },
			new int[] { width, height, CHANNELS, 1 });
		final SeriesRecord record = new SeriesRecord(request);
		return new ImageSeries(grid, new RecentValues<>(keep, index -> {
			final GeneratedImage image =
				record.add((int) index, maker.apply(record.request((int) index)));
			return new Cell<>(new int[] { width, height, CHANNELS, 1 }, new long[] { 0, 0, 0, index },
				new ByteArray(new Intensities(image).planarBytes()));
		}), record);
	}

	/** The request of the whole series. */
	public TextToImageRequest request() {
		return record.request();
	}

	/** How many images there are. */
	public int count() {
		return request().count();
	}

	/** The seed of an image, 0 to {@link #count()} - 1. */
	public long seed(final int index) {
		return request().seed() + checked(index);
	}

	/**
	 * Where an image comes from, 0 to {@link #count()} - 1; it is generated if it has not been.
	 */
	public Provenance provenance(final int index) {
		return record.known(checked(index)).orElseGet(() -> {
			planes(index);
			return record.known(index).orElseThrow();
		});
	}

	/**
	 * The series for ImageJ: a virtual stack of RGB slices, each generated when it is looked at or
	 * measured. The first one is generated at once. Slices are labelled "seed N"; the lines below
	 * that, which <i>Image › Show Info</i> shows and <i>Save As › Tiff</i> keeps, say where a slice
	 * comes from.
	 */
	public ImagePlus toImagePlus() {
		return new ImagePlus(ImageTitle.of(request()), new SeriesStack(this));
	}

	/**
	 * What is, or will be, the provenance of an image; nothing as long as no image of the series has
	 * been generated.
	 */
	Optional<Provenance> expected(final int index) {
		return record.expected(index);
	}

	/**
	 * (3, height, width): red, green, blue of an image, which is generated if it is not in memory;
	 * not to be changed.
	 */
	byte[] planes(final int index) {
		return recent.get(checked(index)).getData().getCurrentStorageArray();
	}

	private int checked(final int index) {
		if (index >= 0 && index < count()) return index;
		throw new InvalidInputException(
			"The series has no image " + index + "; it has 0 to " + (count() - 1) + ".");
	}

	/**
	 * What a series asks for, and what is known of the images that it got; it outlives their pixels.
	 */
	private static final class SeriesRecord {

		private final TextToImageRequest request;
		private final Map<Integer, Provenance> known = new ConcurrentHashMap<>();
		private volatile Provenance first;

		SeriesRecord(final TextToImageRequest request) {
			this.request = request;
		}

		TextToImageRequest request() {
			return request;
		}

		/** The request of one image. */
		TextToImageRequest request(final int index) {
			return request.toBuilder().seed(request.seed() + index).count(1).build();
		}

		/**
		 * Notes where an image comes from.
		 *
		 * @return the image
		 * @throws InvalidInputException if it does not belong to the others: it has another size, or
		 *           another model made it
		 */
		GeneratedImage add(final int index, final GeneratedImage image) {
			if (image.width() != request.width() || image.height() != request.height())
				throw new InvalidInputException("An image of " + image.width() + " × " + image.height() +
					" pixels came for a series whose images have " + request.width() + " × " +
					request.height() + ".");
			final Provenance provenance = image.provenance();
			if (first == null) first = provenance;
			if (!first.model().fingerprint().equals(provenance.model().fingerprint()))
				throw new InvalidInputException("The files of the model " + provenance.model().name() +
					" have changed since the series was begun. Make a new series.");
			known.put(index, provenance);
			return image;
		}

		Optional<Provenance> known(final int index) {
			return Optional.ofNullable(known.get(index));
		}

		/**
		 * The provenance of an image that has been generated; for another one that of the first, with
		 * its seed: all else is the same in a series, up to how the memory of the moment lets the
		 * pixels be decoded.
		 */
		Optional<Provenance> expected(final int index) {
			final Optional<Provenance> own = known(index);
			if (own.isPresent() || first == null) return own;
			final TextToImageRequest one =
				first.request().toBuilder().seed(request.seed() + index).build();
			return Optional.of(new Provenance(one, first.conditions(), false, first.model(),
				first.sigmas(), first.precision(), first.device(), first.threads(), first.decoding(),
				first.droppedTokens(), first.pluginVersion(), first.engineVersion()));
		}
	}
}
