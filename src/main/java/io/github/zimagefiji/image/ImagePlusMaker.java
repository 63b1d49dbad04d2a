package io.github.zimagefiji.image;

import java.awt.Color;
import java.util.List;
import java.util.stream.Collectors;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.LUT;

import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.InvalidInputException;

/** Makes one {@link ImagePlus} of some generated images; see {@link Images#toImagePlus(List, PixelFormat)}. */
final class ImagePlusMaker {

	private final List<GeneratedImage> images;
	private final PixelFormat format;

	ImagePlusMaker(final List<GeneratedImage> images, final PixelFormat format) {
		this.images = images;
		this.format = format;
		checkSizes();
	}

	ImagePlus make() {
		final ImagePlus plain = plain();
		plain.setProperty("Info", ProvenanceText.write(images.stream().map(GeneratedImage::provenance).collect(Collectors
			.toList())));
		switch (format) {
			case FLOAT32:
				return composite(plain);
			case GRAY32:
				plain.setDisplayRange(0, 1);
				return plain;
			default:
				return plain;
		}
	}

	private void checkSizes() {
		if (images.isEmpty()) throw new InvalidInputException("There is no image to show. Generate at least one.");
		final GeneratedImage first = images.get(0);
		for (final GeneratedImage image : images) {
			if (image.width() == first.width() && image.height() == first.height()) continue;
			throw new InvalidInputException("Images of " + first.width() + " × " + first.height() + " and of " + image
				.width() + " × " + image.height() + " pixels cannot be in one stack. Show them one by one.");
		}
	}

	private ImagePlus plain() {
		final String title = ImageTitle.of(images);
		final int channels = format == PixelFormat.FLOAT32 ? 3 : 1;
		if (images.size() * channels == 1) return new ImagePlus(title, plane(images.get(0), 0));
		final ImageStack stack = new ImageStack(images.get(0).width(), images.get(0).height());
		for (final GeneratedImage image : images) {
			for (int channel = 0; channel < channels; channel++)
				stack.addSlice(SliceLabel.of(image.provenance().request().seed()), plane(image, channel));
		}
		final ImagePlus plus = new ImagePlus(title, stack);
		plus.setDimensions(channels, images.size(), 1);
		return plus;
	}

	private ImageProcessor plane(final GeneratedImage image, final int channel) {
		final int width = image.width();
		final int height = image.height();
		final Intensities intensities = new Intensities(image);
		switch (format) {
			case RGB8:
				return new ColorProcessor(width, height, intensities.packedRgb());
			case GRAY8:
				return new ByteProcessor(width, height, intensities.lumaBytes());
			case GRAY32:
				return new FloatProcessor(width, height, intensities.luma());
			default:
				return new FloatProcessor(width, height, intensities.plane(channel));
		}
	}

	private static ImagePlus composite(final ImagePlus plain) {
		final CompositeImage composite = new CompositeImage(plain, CompositeImage.COMPOSITE);
		composite.setLuts(new LUT[] { channelLut(Color.RED), channelLut(Color.GREEN), channelLut(Color.BLUE) });
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
