
package io.github.zimagefiji.image.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.file.common.FileBytes;
import io.github.zimagefiji.image.file.common.JpegFile;
import io.github.zimagefiji.image.file.common.Planes;
import io.github.zimagefiji.image.file.common.StoredImage;
import io.github.zimagefiji.image.file.tiff.TiffPicture;

/**
 * The kinds of image files, told by how they begin and never by their names.
 */
public enum PictureFormat {

		/** Also BigTIFF. */
		TIFF(TiffPicture::open),
		/** Not animated. */
		PNG(single(PngPicture::open)),
		/** Also CMYK. */
		JPEG(single(JpegFile::open)),
		/** Not animated. */
		GIF(single(GifPicture::open)),
		/** Not compressed. */
		BMP(single(BmpPicture::open)),
		/** Not compressed. */
		DICOM((file, slice, frame) -> {
			checkSingle(file, "slice", slice);
			return DicomPicture.open(file, frame);
		}),
		/** The first image. */
		FITS((file, slice, frame) -> {
			checkSingle(file, "frame", frame);
			return FitsPicture.open(file, slice);
		}),
		/** PBM, PGM and PPM. */
		PNM(single(PnmPicture::open)),
		/** Recognised, but not read. */
		WEBP(single(file -> {
			throw new InvalidInputException(file.file() +
				" is a WebP picture, which is not read. Save it as a PNG file with another program, such as a browser.");
		}));

	/** Reads one slice and frame, each from 1; 0 for the only one that there is. */
	private interface Reader {

		StoredImage open(FileBytes file, int slice, int frame) throws IOException;
	}

	/** Reads the only picture of a file. */
	private interface SingleReader {

		StoredImage open(FileBytes file) throws IOException;
	}

	private static final int DICOM_MARK = 128;
	private static final int LONGEST_MARK = 16;

	private final Reader reader;

	PictureFormat(final Reader reader) {
		this.reader = reader;
	}

	private static Reader single(final SingleReader reader) {
		return (file, slice, frame) -> {
			checkSingle(file, "slice", slice);
			checkSingle(file, "frame", frame);
			return reader.open(file);
		};
	}

	private static void checkSingle(final FileBytes file, final String axis, final int chosen) {
		Planes.only(file.file().getFileName().toString(), axis, chosen, 1);
	}

	/**
	 * The kind of a file; null if it is not known.
	 *
	 * @throws IOException if the file cannot be read
	 */
	public static PictureFormat of(final FileBytes file) throws IOException {
		final String start = text(file, 0, Math.min(LONGEST_MARK, file.size()));
		if (start.matches("(?s)(II[*+]\0|MM\0[*+]).*")) return TIFF;
		if (start.startsWith("\u0089PNG\r\n\u001a\n")) return PNG;
		if (start.startsWith("\u00ff\u00d8\u00ff")) return JPEG;
		if (start.startsWith("GIF87a") || start.startsWith("GIF89a")) return GIF;
		if (start.startsWith("SIMPLE  =")) return FITS;
		if (start.matches("(?s)P[1-6][\\s#].*")) return PNM;
		if (start.matches("(?s)RIFF....WEBP.*")) return WEBP;
		if (file.size() > DICOM_MARK + 4 && text(file, DICOM_MARK, 4).equals("DICM")) return DICOM;
		return start.startsWith("BM") ? BMP : null;
	}

	private static String text(final FileBytes file, final long place, final long length)
		throws IOException
	{
		return new String(file.block(place, length).array(), StandardCharsets.ISO_8859_1);
	}

	/**
	 * Reads one slice and frame with all its channels, upright.
	 *
	 * @param slice from 1; 0 for the only one that there is
	 * @param frame from 1; 0 for the only one that there is
	 * @throws InvalidInputException if the file is cut off or damaged, holds what is not read, or has
	 *           no such plane
	 * @throws IOException if the system cannot read it
	 */
	public StoredImage open(final FileBytes file, final int slice, final int frame)
		throws IOException
	{
		return reader.open(file, slice, frame);
	}
}
