
package io.github.zimagefiji.image.file.common;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;

import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

import io.github.zimagefiji.error.InvalidInputException;

/**
 * One of the JDK's own image readers, whatever others are installed, which refuses what it would
 * warn of: data that are missing, which it fills up.
 */
public final class JavaReader implements Closeable {

	private static final String OWN = "com.sun.imageio.";
	/** Too much between two markers is common, and harmless. */
	private static final String HARMLESS = "extraneous bytes";

	private final FileBytes file;
	private final ImageReader reader;
	private final ImageInputStream in;
	private String warning;

	/** @throws IOException if the stream cannot be read */
	public JavaReader(final FileBytes file, final String format, final InputStream stream)
		throws IOException
	{
		this.file = file;
		reader = own(format);
		in = new MemoryCacheImageInputStream(stream);
		reader.setInput(in, true, true);
		reader.addIIOReadWarningListener((source, text) -> {
			if (!text.contains(HARMLESS)) warning = text;
		});
	}

	private static ImageReader own(final String format) {
		final Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
		while (readers.hasNext()) {
			final ImageReader each = readers.next();
			if (each.getClass().getName().startsWith(OWN)) return each;
		}
		throw new IllegalStateException("Java has no reader for " + format);
	}

	/** The first picture of the file, in Java's colours. */
	public BufferedImage read() throws IOException {
		return get(() -> reader.read(0));
	}

	/** The samples of the first picture, as they are stored. */
	Raster readRaster() throws IOException {
		return get(() -> reader.readRaster(0, null));
	}

	/** Something that can fail as readers do. */
	private interface Reading<T> {

		T get() throws IOException;
	}

	private <T> T get(final Reading<T> reading) throws IOException {
		final T made;
		try {
			made = reading.get();
		}
		catch (final IIOException | RuntimeException e) {
			// readers believe what a damaged file says
			throw damaged(e);
		}
		if (warning != null) throw damaged(null);
		return made;
	}

	private InvalidInputException damaged(final Exception cause) {
		return cause instanceof InvalidInputException invalid ? invalid
			: new InvalidInputException(file.damaged().getMessage(), cause);
	}

	@Override
	public void close() throws IOException {
		reader.dispose();
		in.close();
	}
}
