
package io.github.zimagefiji.image;

import java.util.Arrays;

import ij.process.AutoThresholder;
import ij.process.ByteProcessor;
import ij.process.FloatProcessor;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.source.Intensities;
import io.github.zimagefiji.image.source.LabelImage;
import io.github.zimagefiji.request.InputImage;
import io.github.zimagefiji.request.InputMask;
import io.github.zimagefiji.request.IntensityMapping;

/**
 * Makes the pictures that ControlNets follow. Each has the size of what it is made of, and three
 * samples for a pixel. {@link ControlPreprocessor} offers them by name.
 */
public final class ControlPicture {

	/** Standard deviation in pixels of the smoothing before edges are found. */
	private static final double SMOOTHING = 1;

	/**
	 * The colours that the built-in ControlNet was trained with ({@code LABEL_PALETTE} of its recipe
	 * in {@code render.py}); the first is the background's.
	 */
	private static final int[] PALETTE = { 0x000000, 0xe63c3c, 0x3cc84b, 0x4169f0, 0xfabe1e, 0xaa3cc8,
		0x46dce6, 0xf06ee6, 0xbef046, 0xfa966e, 0x008282, 0x966428, 0x8282fa };

	private ControlPicture() {
		// only static methods
	}

	/**
	 * Edges, white on black: the luma (ITU-R BT.601) is smoothed by ImageJ's Gaussian blur with a
	 * standard deviation of 1 pixel; its Sobel filter (<i>Find Edges</i>) gives gradients; those
	 * above the threshold of Otsu's method, which ImageJ chooses among 256 steps up to the largest,
	 * are edges.
	 *
	 * @throws InvalidInputException if the picture has no contrast, or a side of less than 3 pixels
	 */
	public static InputImage edges(final InputImage picture) {
		if (picture.width() < 3 || picture.height() < 3) throw new InvalidInputException(
			"The picture \"" + picture.name() + "\" of " + picture.width() + " × " + picture.height() +
				" pixels is too small for edges; each side needs at least 3. Choose another picture.");
		final FloatProcessor gradients =
			new FloatProcessor(picture.width(), picture.height(), Intensities.luma(picture.samples()));
		gradients.blurGaussian(SMOOTHING);
		gradients.findEdges();
		gradients.resetMinAndMax();
		// rounding alone makes gradients of this size
		if (!(gradients.getMax() > 1e-5)) throw new InvalidInputException("The picture \"" +
			picture.name() +
			"\" has no edges: all of it has the same brightness. Choose another picture or intensity range.");
		gradients.setMinAndMax(0, gradients.getMax());
		final ByteProcessor steps = gradients.convertToByteProcessor();
		final int threshold =
			new AutoThresholder().getThreshold(AutoThresholder.Method.Otsu, steps.getHistogram());
		final float[] plane = new float[steps.getPixelCount()];
		for (int i = 0; i < plane.length; i++)
			plane[i] = steps.get(i) > threshold ? 1 : 0;
		return grey("edges of " + picture.name(), picture.width(), picture.height(), plane);
	}

	/**
	 * The outlines of objects, white on black: pixels of an object beside one (of four) of another
	 * label.
	 */
	public static InputImage labelBoundaries(final LabelImage labels) {
		final int width = labels.width();
		final int height = labels.height();
		final int[] at = labels.labels();
		final float[] plane = new float[at.length];
		for (int i = 0; i < at.length; i++) {
			final int x = i % width;
			final int y = i / width;
			final boolean boundary = x > 0 && at[i - 1] != at[i] || x < width - 1 && at[i + 1] != at[i] ||
				y > 0 && at[i - width] != at[i] || y < height - 1 && at[i + width] != at[i];
			plane[i] = at[i] > 0 && boundary ? 1 : 0;
		}
		return grey("label boundaries of " + labels.name(), width, height, plane);
	}

	/**
	 * Objects filled with colours, on black: label {@code n} gets colour {@code 1 + (n - 1) mod 12}
	 * of the 13 that the built-in ControlNet was trained with, of which 0 is the background.
	 */
	public static InputImage filledLabels(final LabelImage labels) {
		final int pixels = labels.labels().length;
		final float[] samples = new float[3 * pixels];
		for (int i = 0; i < pixels; i++) {
			final int label = labels.labels()[i];
			final int colour = label == 0 ? PALETTE[0] : PALETTE[1 + (label - 1) % (PALETTE.length - 1)];
			samples[i] = (colour >> 16) / 255f;
			samples[pixels + i] = (colour >> 8 & 0xff) / 255f;
			samples[2 * pixels + i] = (colour & 0xff) / 255f;
		}
		return new InputImage("labels of " + labels.name(), labels.width(), labels.height(), samples,
			IntensityMapping.RGB);
	}

	/**
	 * White where the mask says to paint, black elsewhere; the built-in ControlNet was trained with
	 * such masks, too.
	 */
	public static InputImage mask(final InputMask mask) {
		final float[] plane = new float[mask.values().length];
		for (int i = 0; i < plane.length; i++)
			plane[i] = mask.isPainted(i) ? 1 : 0;
		return grey("mask of " + mask.name(), mask.width(), mask.height(), plane);
	}

	/**
	 * Depth as grey, as depth ControlNets are used to: near is white, far is black.
	 *
	 * @param picture larger numbers are nearer; the intensity range that made it says which are white
	 *          and black
	 * @param farIsBright the opposite: larger numbers are farther, and the picture is inverted
	 */
	public static InputImage depth(final InputImage picture, final boolean farIsBright) {
		final float[] plane = Intensities.luma(picture.samples());
		for (int i = 0; i < plane.length; i++)
			plane[i] = Math.min(farIsBright ? 1 - plane[i] : plane[i], 1);
		return grey("depth of " + picture.name(), picture.width(), picture.height(), plane,
			picture.mapping());
	}

	private static InputImage grey(final String name, final int width, final int height,
		final float[] plane)
	{
		return grey(name, width, height, plane, IntensityMapping.RGB);
	}

	private static InputImage grey(final String name, final int width, final int height,
		final float[] plane, final IntensityMapping mapping)
	{
		final float[] samples = Arrays.copyOf(plane, 3 * plane.length);
		System.arraycopy(plane, 0, samples, plane.length, plane.length);
		System.arraycopy(plane, 0, samples, 2 * plane.length, plane.length);
		return new InputImage(name, width, height, samples, mapping);
	}
}
