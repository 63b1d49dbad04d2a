
package io.github.zimagefiji.dataset.output;

import java.nio.file.Path;
import java.util.List;

import ij.ImagePlus;
import ij.Prefs;
import ij.io.FileInfo;
import ij.io.FileSaver;
import ij.io.TiffEncoder;
import ij.process.ImageProcessor;
import io.github.zimagefiji.io.AtomicFile;
import io.github.zimagefiji.provenance.ProvenanceText;

/**
 * TIFF files of one plane, uncompressed, as ImageJ writes them: the same bytes for the same pixels
 * and texts.
 */
public final class ItemTiff {

	/** Header, directory, and ImageJ's texts beside the pixels. */
	static final long MORE_BYTES = 4000;

	private ItemTiff() {
		// only static methods
	}

	/**
	 * Writes an item's image, which says where it comes from (<i>Image &gt; Show Info…</i>).
	 */
	static void image(final Path file, final MadeItem item) {
		write(file, item.image().processor(), null, ProvenanceText.write(List.of(item.provenance())));
	}

	/**
	 * Writes an image that says nothing of where it comes from.
	 *
	 * @throws io.github.zimagefiji.error.InvalidInputException if that fails
	 */
	public static void image(final Path file, final DatasetImage image) {
		write(file, image.processor(), null, null);
	}

	/** Writes an item's labels, 16 bits. */
	static void labels(final Path file, final MadeItem item) {
		write(file, labels(item), null, null);
	}

	static ImageProcessor labels(final MadeItem item) {
		return DatasetImage.shorts(item.scene().width(), item.scene().height(), item.scene().labels());
	}

	/**
	 * Writes one plane.
	 *
	 * @param description its ImageDescription, ASCII; null for ImageJ's own
	 * @param info text that ImageJ shows; null for none
	 */
	static void write(final Path file, final ImageProcessor pixels, final String description,
		final String info)
	{
		final ImagePlus image = new ImagePlus(file.getFileName().toString(), pixels);
		final FileInfo fileInfo = image.getFileInfo();
		fileInfo.info = info;
		fileInfo.description =
			description == null ? new FileSaver(image).getDescriptionString() : description;
		AtomicFile.write(file, encoder(fileInfo)::write);
	}

	/**
	 * One that writes big-endian, as ImageJ does by itself: its preference must not change a
	 * dataset's bytes.
	 */
	private static synchronized TiffEncoder encoder(final FileInfo info) {
		final boolean usual = Prefs.intelByteOrder;
		Prefs.intelByteOrder = false;
		try {
			return new TiffEncoder(info); // looks at the preference only here
		}
		finally {
			Prefs.intelByteOrder = usual;
		}
	}
}
