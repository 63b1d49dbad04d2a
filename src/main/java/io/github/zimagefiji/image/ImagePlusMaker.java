
package io.github.zimagefiji.image;

import java.awt.Color;
import java.util.List;
import java.util.stream.IntStream;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.LUT;
import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.image.source.Intensities;

/**
 * Makes one {@link ImagePlus} of some generated images; see
 * {@link Images#toImagePlus(List, PixelFormat)}.
 */
final class ImagePlusMaker {

	private final List<GeneratedImage> images;
	private final PixelFormat format;

	ImagePlusMaker(final List<GeneratedImage> images, final PixelFormat format) {
		this.images = images;
		this.format = format;
	}

	ImagePlus make() {
		final ImagePlus plain = GeneratedStack.of(images, this::planes);
		if (format == PixelFormat.FLOAT32) return composite(plain);
		if (format == PixelFormat.GRAY32) plain.setDisplayRange(0, 1);
		return plain;
	}

	private List<ImageProcessor> planes(final GeneratedImage image) {
		final int width = image.width();
		final int height = image.height();
		final Intensities intensities = new Intensities(image);
		return switch (format) {
			case RGB8 -> List.of(new ColorProcessor(width, height, intensities.packedRgb()));
			case GRAY8 -> List.of(new ByteProcessor(width, height, intensities.lumaBytes()));
			case GRAY32 -> List.of(new FloatProcessor(width, height, intensities.luma()));
			default -> IntStream.range(0, 3).<ImageProcessor> mapToObj(
				channel -> new FloatProcessor(width, height, intensities.plane(channel))).toList();
		};
	}

	private static ImagePlus composite(final ImagePlus plain) {
		final CompositeImage composite = new CompositeImage(plain, CompositeImage.COMPOSITE);
		composite.setLuts(
			new LUT[] { channelLut(Color.RED), channelLut(Color.GREEN), channelLut(Color.BLUE) });
		composite.setPosition(1, 1, 1);
		return composite;
	}

	private static LUT channelLut(final Color color) {
		final LUT lut = LUT.createLutFromColor(color);
		lut.min = 0;
		lut.max = 1;
		return lut;
	}
}
