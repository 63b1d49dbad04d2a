
package io.github.zimagefiji.image.png;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.Provenance;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.source.Intensities;
import io.github.zimagefiji.io.AtomicFile;
import io.github.zimagefiji.provenance.ProvenanceJson;

/**
 * PNG files that say where their image comes from; ImageJ's own writer drops everything but the
 * pixels.
 * <p>
 * The provenance lies before the pixels in an {@code iTXt} chunk with the keyword {@code zimage},
 * as JSON ({@link ProvenanceJson#pretty}); the prompt also in {@code Description}, which other
 * programs show.
 * </p>
 *
 * @see <a href="https://www.w3.org/TR/png-3/">Portable Network Graphics, third edition</a>
 */
public final class PngFile {

	/** The keyword of the chunk that holds the provenance. */
	static final String KEYWORD = "zimage";

	private PngFile() {
		// only static methods
	}

	/**
	 * Writes one image with 8 bits a channel, and its provenance. The same image gives the same bytes
	 * on the same Java runtime: there is no date in the file.
	 *
	 * @throws InvalidInputException if the file cannot be written, if the image does not hold 3 ×
	 *           height × width samples, or if its prompts are longer than 16 MiB
	 */
	public static void write(final Path file, final GeneratedImage image) {
		final Intensities intensities = new Intensities(image);
		final Provenance provenance = image.provenance();
		final String json = ProvenanceJson.pretty(provenance);
		if (json.getBytes(StandardCharsets.UTF_8).length > PngText.MAX_BYTES - 1024)
			throw new InvalidInputException(
				"The prompts are too long for a PNG file. Shorten them to less than 16 MiB.");
		AtomicFile.write(file, out -> {
			final PngWriter png = new PngWriter(out);
			png.header(image.width(), image.height());
			png.text("Software", "Z-Image for Fiji " + provenance.pluginVersion());
			png.text("Description", provenance.request().prompt());
			png.text(KEYWORD, json);
			png.pixels(intensities, image.width(), image.height());
			png.end();
		});
	}

	/**
	 * Reads where the image in a PNG file comes from. Pixels are not decoded: a file cut off within
	 * them is still read.
	 *
	 * @return nothing if it is a PNG file of another program
	 * @throws InvalidInputException if the file cannot be read, is not a PNG file, or is damaged
	 *           before its provenance was found
	 */
	public static Optional<Provenance> readProvenance(final Path file) {
		return PngReader.text(file, KEYWORD).map(ProvenanceJson::read);
	}

	/**
	 * Whether a file starts as PNG files of an image of some size do (signature, then the chunk
	 * {@code IHDR} with width and height), whatever it is called; not if it cannot be read.
	 */
	public static boolean isPng(final Path file, final int width, final int height) {
		final byte[] signature = PngWriter.signature();
		try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
			if (!Arrays.equals(in.readNBytes(signature.length), signature)) return false;
			in.skipNBytes(8);
			return in.readInt() == width && in.readInt() == height;
		}
		catch (final IOException e) {
			return false;
		}
	}
}
