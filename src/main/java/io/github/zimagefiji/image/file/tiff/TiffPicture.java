
package io.github.zimagefiji.image.file.tiff;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;
import ij.io.FileInfo;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.file.common.FileBytes;
import io.github.zimagefiji.image.file.common.JavaPicture;
import io.github.zimagefiji.image.file.common.Orientation;
import io.github.zimagefiji.image.file.common.Planes;
import io.github.zimagefiji.image.file.common.StoredImage;
import io.github.zimagefiji.image.file.common.TiffDirectory;
import io.github.zimagefiji.image.file.common.TiffField;
import io.github.zimagefiji.image.file.common.TiffTag;

/**
 * TIFF and BigTIFF files. Pixels are read by {@link TiffPixels}; ImageJ's own decoder does not read
 * all kinds right, believes what a file states, and writes its complaints where nobody asked for
 * them.
 */
public final class TiffPicture {

	private static final int REDUCED_OR_MASK = 5;
	private static final int OLD_REDUCED = 2;
	/** More than the longest OME-XML. */
	private static final long MOST_TEXT = 1 << 26;

	private final FileBytes file;
	private final List<TiffDirectory> pages;
	private final TiffDirectory first;
	private final String description;

	private TiffPicture(final FileBytes file) throws IOException {
		this.file = file;
		final List<TiffDirectory> all = TiffDirectory.read(file);
		final List<TiffDirectory> full = new ArrayList<>();
		for (final TiffDirectory page : all)
			if ((page.number(TiffTag.SUBFILE, 0) & REDUCED_OR_MASK) == 0 &&
				page.number(TiffTag.OLD_SUBFILE, 1) != OLD_REDUCED) full.add(page);
		pages = full.isEmpty() ? all.subList(0, 1) : full;
		first = pages.get(0);
		description = first.text(TiffTag.DESCRIPTION, MOST_TEXT);
		final boolean counted =
			first.field(TiffTag.METAMORPH).map(field -> field.count() > 1).orElse(false) ||
				first.number(TiffTag.IPLAB, 1) > 1;
		if (first.number(TiffTag.DEPTH, 1) > 1 ||
			description.startsWith("{") && description.contains("\"truncated\": true"))
			throw file.problem("holds planes without their own directories, which are not read");
		if (counted || first.has(TiffTag.NIH_IMAGE) && nihImages() > 1)
			throw file.problem("is a stack of MetaMorph, IPLab or NIH Image, which is not read");
	}

	private int nihImages() throws IOException {
		final TiffField header = first.field(TiffTag.NIH_IMAGE).orElseThrow();
		// NIH Image's own header is always big-endian
		final byte[] count = file.block(header.place() + 260, 2).array();
		return (count[0] & 0xff) << 8 | count[1] & 0xff;
	}

	/**
	 * Reads one slice and frame.
	 *
	 * @param slice from 1; 0 for the only one that there is
	 * @param frame from 1; 0 for the only one that there is
	 * @throws InvalidInputException if the file is damaged, holds what is not read, or has no such
	 *           plane
	 */
	public static StoredImage open(final FileBytes file, final int slice, final int frame)
		throws IOException
	{
		return new TiffPicture(file).read(slice, frame);
	}

	private StoredImage read(final int slice, final int frame) throws IOException {
		final TiffLayout layout = TiffLayout.of(file, first);
		final boolean colours = layout.colours() > 1;
		final int inside = colours || layout.extra().length == 0 ? layout.colours() : layout.samples();
		final int following =
			pages.size() == 1 && !layout.coding().isPacked() ? TiffAxes.stated(description) : 1;
		if (following > 1) checkFollowing(layout, following);
		final TiffAxes axes = TiffAxes.of(file, description, Math.max(pages.size(), following), inside);
		final String name = file.file().getFileName().toString();
		final int z = Planes.only(name, "slice", slice, axes.slices());
		final int t = Planes.only(name, "frame", frame, axes.frames());
		final List<TiffPlanes> read = new ArrayList<>();
		for (int c = 0; c < axes.channels(); c++) {
			final int page = axes.page(c, z - 1, t - 1);
			final TiffLayout each = following > 1 ? layout.after(page, following)
				: page == 0 ? layout : TiffLayout.of(file, page(page));
			if (c > 0 && !each.isLike(read.get(0).layout()))
				throw file.problem("has channels that differ in their size or kind");
			read.add(TiffPlanes.read(file, page(following > 1 ? 0 : page), each));
		}
		return Orientation.turn(
			new StoredImage(image(name, read), read.get(0).opacity(), layout.coding().isJpeg()),
			Orientation.of(first));
	}

	private TiffDirectory page(final int number) {
		if (number < 0 || number >= pages.size()) throw file.damaged();
		return pages.get(number);
	}

	private void checkFollowing(final TiffLayout layout, final int count) {
		final long start = layout.offsets()[0];
		final long bytes = layout.planeBytes();
		if (count > (file.size() - start) / bytes) throw file.damaged();
	}

	private ImagePlus image(final String name, final List<TiffPlanes> read) throws IOException {
		final ImageStack stack =
			new ImageStack(read.get(0).layout().width(), read.get(0).layout().height());
		read.forEach(each -> each.planes().forEach(stack::addSlice));
		final boolean rgb = stack.getProcessor(1).getBitDepth() == 24;
		if (rgb && stack.size() > 1)
			throw file.problem("has " + stack.size() + " channels in colour, of which one is needed");
		final ImageJEntries entries =
			ImageJEntries.read(file, first, Set.of(ImageJEntries.RANGES, ImageJEntries.LUTS));
		final ImageJDescription said = new ImageJDescription(description);
		final ImagePlus image = new ImagePlus(name, stack);
		image.setDimensions(stack.size(), 1, 1);
		final FileInfo info = said.calibrate(image, resolution(), read.get(0).layout().format());
		info.displayRanges = entries.ranges();
		info.channelLuts = entries.luts();
		image.setFileInfo(info);
		if (stack.size() == 1) return said.displayed(image);
		final boolean deepColour = read.get(0).layout().colours() > 1;
		final CompositeImage composite = new CompositeImage(image, said.mode(deepColour));
		if (deepColour && info.displayRanges == null && image.getBitDepth() == 16)
			return JavaPicture.channels(image);
		composite.setPosition(1, 1, 1);
		return composite;
	}

	/** Pixel width and height, and TIFF's number of their unit. */
	private double[] resolution() throws IOException {
		return new double[] { first.fraction(TiffTag.X_RESOLUTION),
			first.fraction(TiffTag.Y_RESOLUTION), first.number(TiffTag.RESOLUTION_UNIT, 2) };
	}
}
