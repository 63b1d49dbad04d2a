
package io.github.zimagefiji.dataset.scene;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import ij.gui.Roi;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.source.PlaneChoice;
import io.github.zimagefiji.io.IOReason;

/**
 * The outlines of one image's objects, as ImageJ's ROI Manager saves them: a {@code .zip} with
 * ROIs, or a single {@code .roi}. Other things in a ZIP file are left alone; names in it are shown
 * and never used as paths.
 */
public final class RoiSet {

	/** The most that all ROIs of one file may take together. */
	private static final long MOST_BYTES = 1L << 28;

	private final Path file;
	private final List<LabelledRoi> rois = new ArrayList<>();
	private long bytes;

	private RoiSet(final Path file) {
		this.file = file;
	}

	/** Whether a file is one of these, by its name. */
	public static boolean isNamed(final String name) {
		return name.toLowerCase(Locale.ROOT).matches("[^.].*\\.(zip|roi)");
	}

	/**
	 * Reads a file.
	 *
	 * @throws InvalidInputException if it cannot be read, holds no ROI, something that fills no area,
	 *           ROIs of several slices, or more ROIs than 16 bits tell apart
	 */
	public static RoiSet open(final Path file) {
		return open(file, PlaneChoice.SHOWN);
	}

	/**
	 * Reads a file, of which only the ROIs on a plane count; those on no plane count on every one.
	 *
	 * @param choice 0 for positions that all ROIs share
	 * @throws InvalidInputException as {@link #open(Path)}, and if no ROI is left
	 */
	public static RoiSet open(final Path file, final PlaneChoice choice) {
		final RoiSet set = new RoiSet(file);
		try {
			if (Files.size(file) > MOST_BYTES) throw tooLarge("The file " + file);
			if (file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".zip")) set.readZip();
			else try (InputStream in = Files.newInputStream(file)) {
				set.add(in, "The file " + file);
			}
		}
		catch (final IOException e) {
			throw new InvalidInputException("The ROI set " + file + " cannot be read: " + IOReason.of(e) +
				". Save it anew from ImageJ's ROI Manager.", e);
		}
		set.choose("channel", choice.channel(), Roi::getCPosition);
		set.choose("slice", choice.slice(), RoiSet::slice);
		set.choose("frame", choice.frame(), Roi::getTPosition);
		return set;
	}

	/**
	 * A scene of the ROIs, each filled as ImageJ fills it: a later one lies on those before it. What
	 * is beyond the image's edge is cut off. Those with a group have the class {@code group N}.
	 *
	 * @param className what those without a group are called
	 * @throws InvalidInputException if one lies outside the image or is hidden by later ones
	 */
	public Scene scene(final int width, final int height, final String className) {
		final ShortProcessor plane = new ShortProcessor(width, height);
		final List<String> classes = new ArrayList<>();
		for (final LabelledRoi roi : rois) {
			roi.checkPlace(width, height);
			plane.setValue(classes.size() + 1.0);
			plane.fill(roi.roi());
			classes.add(roi.className(className));
		}
		final Scene scene =
			new Scene(file.getFileName().toString(), width, height, labels(plane), classes);
		final int[] areas = scene.areas();
		for (int i = 0; i < areas.length; i++) {
			if (areas[i] == 0) throw new InvalidInputException(rois.get(i).what() +
				" covers no pixel that later ones leave free. Remove it from the set, or put it after them.");
		}
		return scene;
	}

	/** The classes of its objects. */
	public Set<String> classes(final String className) {
		final Set<String> classes = new LinkedHashSet<>();
		for (final LabelledRoi roi : rois)
			classes.add(roi.className(className));
		return classes;
	}

	private void readZip() throws IOException {
		try (ZipFile zip = new ZipFile(file.toFile())) {
			final Set<String> names = new HashSet<>();
			for (final ZipEntry entry : Collections.list(zip.entries())) {
				final String name = entry.getName();
				// what a Mac adds is called like the ROIs, too
				if (!name.toLowerCase(Locale.ROOT).endsWith(".roi") || name.startsWith("__MACOSX/"))
					continue;
				final String what = "The ROI \"" + name.replaceAll("\\p{Cntrl}", "?") + "\" of " + file;
				if (!names.add(name)) throw new InvalidInputException(
					what + " stands there twice. Save the set anew from ImageJ's ROI Manager.");
				if (names.size() > Scene.MOST_OBJECTS) throw new InvalidInputException(
					"The ROI set " + file + " holds more than " + Scene.MOST_OBJECTS +
						" ROIs; labels of 16 bits tell apart no more. Cut the image into smaller ones.");
				try (InputStream in = zip.getInputStream(entry)) {
					add(in, what);
				}
			}
		}
		catch (final IllegalArgumentException e) {
			throw new IOException("a name in it is not text", e);
		}
		if (rois.isEmpty()) throw new InvalidInputException("The file " + file +
			" holds no ROI. Save a set from ImageJ's ROI Manager, or remove the file.");
	}

	private void add(final InputStream in, final String what) throws IOException {
		final byte[] data = in.readNBytes(LabelledRoi.MOST_BYTES + 1);
		bytes += data.length;
		if (data.length > LabelledRoi.MOST_BYTES || bytes > MOST_BYTES) throw tooLarge(what);
		rois.add(LabelledRoi.read(data, what));
	}

	private static InvalidInputException tooLarge(final String what) {
		return new InvalidInputException(what + " is larger than outlines of one image are: at most " +
			(LabelledRoi.MOST_BYTES >> 20) + " MB for one, " + (MOST_BYTES >> 20) +
			" MB for all. Check the file.");
	}

	/** Of plain stacks, ROIs have a position that is neither z nor time. */
	private static int slice(final Roi roi) {
		return roi.getZPosition() > 0 ? roi.getZPosition() : roi.getPosition();
	}

	/** ROIs of several slices would all be drawn into one image. */
	private void choose(final String axis, final int chosen, final ToIntFunction<Roi> position) {
		final Set<Integer> positions = new TreeSet<>();
		for (final LabelledRoi roi : rois)
			if (position.applyAsInt(roi.roi()) > 0) positions.add(position.applyAsInt(roi.roi()));
		if (chosen == 0 && positions.size() > 1)
			throw new InvalidInputException("The ROI set " + file + " has ROIs of several " + axis +
				"s of a stack (" + positions.size() + "). Say in the recipe which " + axis +
				" is meant (under labels, " + axis + ": N), or save those of each to its own file.");
		if (chosen == 0) return;
		rois.removeIf(
			roi -> position.applyAsInt(roi.roi()) > 0 && position.applyAsInt(roi.roi()) != chosen);
		if (rois.isEmpty()) throw new InvalidInputException(
			"The ROI set " + file + " has no ROI of " + axis + " " + chosen + ". It has those of: " +
				positions.stream().map(String::valueOf).collect(Collectors.joining(", ")) + ".");
	}

	private static int[] labels(final ImageProcessor plane) {
		final int[] labels = new int[plane.getPixelCount()];
		for (int i = 0; i < labels.length; i++)
			labels[i] = plane.get(i);
		return labels;
	}
}
