
package io.github.zimagefiji.cli.generate;

import java.nio.file.Path;
import java.util.List;

import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.image.PixelFormat;
import io.github.zimagefiji.image.SourceImage;
import io.github.zimagefiji.image.TiffFile;

/** How one image becomes a TIFF file. */
interface TiffForm {

	/** 8-bit colour, as in PNG files. */
	TiffForm COLOUR = (file, image) -> TiffFile.write(file, List.of(image), PixelFormat.RGB8);

	/**
	 * Writes the file.
	 *
	 * @throws io.github.zimagefiji.error.InvalidInputException if that fails
	 */
	void write(Path file, GeneratedImage image);

	/**
	 * The type, scale and channels of the source, whose field of view the image shows.
	 */
	static TiffForm of(final SourceImage source) {
		return (file, image) -> TiffFile.write(file, source, List.of(image));
	}

	/**
	 * As {@link #of(SourceImage)}, with the source at some place of the image, counted in pixels.
	 */
	static TiffForm of(final SourceImage source, final int left, final int top) {
		return (file, image) -> TiffFile.write(file, source, List.of(image), left, top);
	}
}
