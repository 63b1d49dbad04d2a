
package io.github.zimagefiji.image.file.tiff;

import java.io.ByteArrayInputStream;

import ij.IJ;
import ij.ImagePlus;
import ij.io.FileInfo;
import ij.io.FileOpener;
import ij.measure.Calibration;

/**
 * What ImageJ wrote into the description of a TIFF file: the calibration and how the image is
 * displayed. ImageJ itself takes it from there, off an image of one pixel.
 *
 * @param text the description
 */
record ImageJDescription(String text) {

	private static final int INCH = 2;
	private static final int CENTIMETRE = 3;

	/**
	 * Gives an image its calibration.
	 *
	 * @param resolution pixels a unit in x and y, and TIFF's number of the unit
	 * @param format of the samples
	 * @return what is to be known of the file
	 */
	FileInfo calibrate(final ImagePlus image, final double[] resolution, final TiffSample format) {
		final FileInfo info = info(image, resolution, format);
		final ImagePlus pixel = pixel(info);
		image.setCalibration(pixel.getCalibration());
		info.width = image.getWidth();
		info.height = image.getHeight();
		info.inputStream = null;
		return info;
	}

	private FileInfo info(final ImagePlus image, final double[] resolution, final TiffSample format) {
		final FileInfo info = new FileInfo();
		info.fileFormat = FileInfo.TIFF;
		info.fileName = image.getTitle();
		info.description = text.length() < 7 ? null : text;
		info.fileType = switch (image.getBitDepth()) {
			case 8 -> FileInfo.GRAY8;
			case 16 -> format.kind() == TiffSample.Kind.SIGNED ? FileInfo.GRAY16_SIGNED
				: FileInfo.GRAY16_UNSIGNED;
			case 24 -> FileInfo.RGB;
			default -> FileInfo.GRAY32_FLOAT;
		};
		if (resolution[0] > 0) info.pixelWidth = 1 / resolution[0];
		if (resolution[1] > 0) info.pixelHeight = 1 / resolution[1];
		info.unit = resolution[2] == CENTIMETRE ? "cm"
			: resolution[2] == INCH && resolution[0] > 0 ? "inch" : null;
		// what screens were said to have
		if ("inch".equals(info.unit) && info.pixelWidth == 1.0 / 72) {
			info.pixelWidth = 1;
			info.pixelHeight = 1;
			info.unit = null;
		}
		return info;
	}

	private static ImagePlus pixel(final FileInfo info) {
		info.width = 1;
		info.height = 1;
		info.inputStream = new ByteArrayInputStream(new byte[16]);
		// ImageJ would ask whether this one or that of all images is meant
		final ImagePlus any = new ImagePlus();
		final Calibration global = any.getGlobalCalibration();
		if (global != null) any.setGlobalCalibration(null);
		final String description = info.description;
		try {
			info.description = withoutStack(description);
			return new FileOpener(info).openImage();
		}
		finally {
			info.description = description;
			if (global != null) any.setGlobalCalibration(global);
		}
	}

	/** So many pixels are not there. */
	private static String withoutStack(final String description) {
		return description == null ? null
			: description.replaceAll("(?m)^(images|channels|slices|frames)=.*$", "");
	}

	/** Sets the display range, if there is one. */
	ImagePlus displayed(final ImagePlus image) {
		final String least = value("min");
		final String most = value("max");
		if (!text.startsWith("ImageJ") || most == null) return image;
		try {
			final double from = least == null ? 0 : Double.parseDouble(least);
			final double to = Double.parseDouble(most);
			if (from != 0 || to != 0) image.setDisplayRange(from, to);
		}
		catch (final NumberFormatException e) {
			// ImageJ ignores it too
		}
		return image;
	}

	private String value(final String key) {
		for (final String line : text.split("\n", -1))
			if (line.startsWith(key + "=")) return line.substring(key.length() + 1).trim();
		return null;
	}

	/** How channels are shown, as {@link ij.CompositeImage} numbers it. */
	int mode(final boolean colour) {
		final String mode = value("mode");
		if (mode == null) return colour ? IJ.COMPOSITE : IJ.COLOR;
		return mode.startsWith("composite") ? IJ.COMPOSITE
			: mode.startsWith("gr") ? IJ.GRAYSCALE : IJ.COLOR;
	}
}
