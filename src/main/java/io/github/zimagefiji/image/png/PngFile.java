
package io.github.zimagefiji.image.png;

import java.awt.image.BufferedImage;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import javax.imageio.IIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

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
		final BufferedImage pixels =
			new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
		pixels.setRGB(0, 0, image.width(), image.height(), intensities.packedRgb(), 0, image.width());
		final IIOMetadataNode texts = new IIOMetadataNode("iTXt");
		addText(texts, "Software", "Z-Image for Fiji " + provenance.pluginVersion());
		addText(texts, "Description", provenance.request().prompt());
		addText(texts, KEYWORD, json);
		AtomicFile.write(file, out -> write(out, pixels, texts));
	}

	/**
	 * Adds an {@code iTXt} chunk, or none if the text is empty. NUL ends a text in PNG, so it is left
	 * out.
	 */
	private static void addText(final IIOMetadataNode texts, final String keyword,
		final String text)
	{
		if (text.isEmpty()) return;
		final IIOMetadataNode entry = new IIOMetadataNode("iTXtEntry");
		entry.setAttribute("keyword", keyword);
		entry.setAttribute("compressionFlag", "FALSE");
		entry.setAttribute("compressionMethod", "0");
		entry.setAttribute("languageTag", "");
		entry.setAttribute("translatedKeyword", "");
		entry.setAttribute("text", text.replace("\0", ""));
		texts.appendChild(entry);
	}

	private static void write(final OutputStream out, final BufferedImage pixels,
		final IIOMetadataNode texts) throws IOException
	{
		final ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
		try (ImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
			final IIOMetadata metadata =
				writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(pixels), null);
			final IIOMetadataNode root = new IIOMetadataNode(metadata.getNativeMetadataFormatName());
			root.appendChild(texts);
			metadata.mergeTree(metadata.getNativeMetadataFormatName(), root);
			writer.setOutput(stream);
			writer.write(new IIOImage(pixels, null, metadata));
		}
		catch (final IIOException e) {
			// it says that writing failed; its cause says why
			throw e.getCause() instanceof IOException reason ? reason : e;
		}
		finally {
			writer.dispose();
		}
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
		try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
			if (!PngReader.startsWithSignature(in)) return false;
			in.skipNBytes(8);
			return in.readInt() == width && in.readInt() == height;
		}
		catch (final IOException e) {
			return false;
		}
	}
}
