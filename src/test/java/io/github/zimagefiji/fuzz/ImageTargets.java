
package io.github.zimagefiji.fuzz;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.OvalRoi;
import ij.gui.PolygonRoi;
import ij.gui.Roi;
import ij.gui.ShapeRoi;
import ij.io.RoiEncoder;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ShortProcessor;
import io.github.zimagefiji.dataset.scene.RoiSet;
import io.github.zimagefiji.image.SourceImage;
import io.github.zimagefiji.image.source.LabelImage;
import io.github.zimagefiji.image.source.MaskSource;
import io.github.zimagefiji.image.source.PlaneChoice;
import io.github.zimagefiji.request.IntensityRange;

/**
 * Readers of pictures, masks, labels and ROIs. Pictures are read in three ways in turn: as an
 * image, a mask and labels.
 */
final class ImageTargets {

	private static final int SIDE = 12;
	private static final List<String> COMPRESSIONS =
		List.of("LZW", "ZLib", "PackBits", "Deflate", "JPEG");

	private ImageTargets() {
		// only in()
	}

	static List<Target> in(final Path folder) throws IOException {
		final List<Target> targets = new ArrayList<>();
		targets.add(pictures(folder, "TIFF", Format.TIFF, "tif", tiffs(folder)));
		targets.add(pictures(folder, "PNG", Format.PNG, "png",
			List.of(coded("png", colours(BufferedImage.TYPE_INT_ARGB)),
				coded("png", colours(BufferedImage.TYPE_USHORT_GRAY)),
				coded("png", colours(BufferedImage.TYPE_BYTE_INDEXED)),
				coded("png", colours(BufferedImage.TYPE_BYTE_GRAY)))));
		targets.add(pictures(folder, "JPEG", Format.BYTES, "jpg",
			List.of(coded("jpg", colours(BufferedImage.TYPE_INT_RGB)),
				coded("jpg", colours(BufferedImage.TYPE_BYTE_GRAY)))));
		targets.add(pictures(folder, "GIF", Format.BYTES, "gif",
			List.of(coded("gif", colours(BufferedImage.TYPE_BYTE_INDEXED)))));
		targets.add(pictures(folder, "BMP", Format.BYTES, "bmp",
			List.of(coded("bmp", colours(BufferedImage.TYPE_INT_RGB)),
				coded("bmp", colours(BufferedImage.TYPE_BYTE_GRAY)))));
		targets.add(pictures(folder, "PGM", Format.BYTES, "pgm",
			List.of(bytes("P5\n12 12\n255\n" + "a".repeat(SIDE * SIDE)),
				bytes("P2\n# plain\n4 2\n255\n0 1 2 3 4 5 6 255\n"))));
		targets
			.add(pictures(folder, "DICOM", Format.BYTES, "dcm", List.of(DicomBytes.image(SIDE, SIDE))));
		targets.add(pictures(folder, "FITS", Format.BYTES, "fits", List.of(fits())));
		targets.add(rois(folder, "ROI", Format.BYTES, "x.roi", rois()));
		targets.add(rois(folder, "ROI set", Format.ZIP, "x.zip", List.of(zip(rois()))));
		return targets;
	}

	private static Target pictures(final Path folder, final String name, final Format format,
		final String ending, final List<byte[]> seeds) throws IOException
	{
		return new Target(name, format, Targets.file(folder, name, "x." + ending), seeds,
			(file, input, i) -> {
				switch (i % 3) {
					case 0 -> SourceImage.open(file,
						IntensityRange.values()[i / 3 % IntensityRange.values().length], PlaneChoice.SHOWN)
						.input();
					case 1 -> mask(file);
					default -> labels(file);
				}
			});
	}

	/** Seeds are pictures, which need be neither masks nor labels. */
	private static void mask(final Path file) {
		MaskSource.openMask(file, PlaneChoice.SHOWN);
	}

	private static void labels(final Path file) {
		LabelImage.open(file, PlaneChoice.SHOWN);
	}

	private static Target rois(final Path folder, final String name, final Format format,
		final String file, final List<byte[]> seeds) throws IOException
	{
		return new Target(name, format, Targets.file(folder, name, file), seeds,
			(at, input, i) -> RoiSet.open(at).scene(64, 64, "cell"));
	}

	private static List<byte[]> rois() throws IOException {
		final PolygonRoi polygon =
			new PolygonRoi(new float[] { 20.5f, 30, 40 }, new float[] { 4, 14.5f, 6 }, Roi.POLYGON);
		polygon.setGroup(3);
		final List<byte[]> encoded = new ArrayList<>();
		for (final Roi roi : List.of(new Roi(2, 2, 8, 8), new OvalRoi(40, 40, 10, 8), polygon,
			new ShapeRoi(new Roi(20, 20, 9, 9)).not(new ShapeRoi(new Roi(22, 22, 3, 3)))))
		{
			encoded.add(RoiEncoder.saveAsByteArray(roi));
		}
		return encoded;
	}

	private static byte[] zip(final List<byte[]> rois) throws IOException {
		final ByteArrayOutputStream out = new ByteArrayOutputStream();
		try (ZipOutputStream zip = new ZipOutputStream(out)) {
			for (int i = 0; i < rois.size(); i++) {
				zip.putNextEntry(new ZipEntry(i + ".roi"));
				zip.write(rois.get(i));
			}
		}
		return out.toByteArray();
	}

	private static BufferedImage colours(final int type) {
		final BufferedImage image = new BufferedImage(SIDE, SIDE, type);
		for (int i = 0; i < SIDE * SIDE; i++)
			image.setRGB(i % SIDE, i / SIDE, 0xFF000000 | i * 0x030201);
		return image;
	}

	private static byte[] coded(final String format, final BufferedImage image) throws IOException {
		final ByteArrayOutputStream out = new ByteArrayOutputStream();
		if (!ImageIO.write(image, format, out)) throw new IOException(format);
		return out.toByteArray();
	}

	/** As ImageJ and as Java write them. */
	private static List<byte[]> tiffs(final Path folder) throws IOException {
		final List<byte[]> tiffs = new ArrayList<>();
		final Path file = Targets.file(folder, "seeds", "x.tif");
		for (final ImagePlus image : List.of(new ImagePlus("a", new ByteProcessor(SIDE, SIDE)),
			new ImagePlus("b", new ShortProcessor(SIDE, SIDE)),
			new ImagePlus("c", new FloatProcessor(SIDE, SIDE)),
			new ImagePlus("d", new ColorProcessor(SIDE, SIDE))))
		{
			IJ.saveAsTiff(image, file.toString());
			tiffs.add(Files.readAllBytes(file));
		}
		final ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
		for (final String compression : COMPRESSIONS) {
			final ImageWriteParam parameters = writer.getDefaultWriteParam();
			parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
			parameters.setCompressionType(compression);
			final ByteArrayOutputStream out = new ByteArrayOutputStream();
			try (ImageOutputStream image = ImageIO.createImageOutputStream(out)) {
				writer.setOutput(image);
				writer.write(null,
					new IIOImage(colours(
						compression.equals("LZW") ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_BYTE_GRAY),
						null, null),
					parameters);
			}
			tiffs.add(out.toByteArray());
		}
		writer.dispose();
		return tiffs;
	}

	private static byte[] fits() {
		final StringBuilder header = new StringBuilder();
		for (final String card : List.of("SIMPLE  =                    T",
			"BITPIX  =                   16", "NAXIS   =                    2",
			"NAXIS1  =                   12", "NAXIS2  =                   12",
			"BZERO   =                32768", "END"))
			header.append(String.format("%-80s", card));
		return bytes(String.format("%-2880s", header) + "a".repeat(2880));
	}

	private static byte[] bytes(final String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}
}
