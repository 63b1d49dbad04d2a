
package io.github.zimagefiji.image;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

import ij.ImagePlus;
import ij.io.FileInfo;
import io.github.zimagefiji.Provenance;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.png.PngFile;
import io.github.zimagefiji.provenance.ProvenanceText;

/** Finds out where an open image comes from. */
public final class ImageProvenance {

	private ImageProvenance() {
		// only of()
	}

	/**
	 * The provenance of an image of any type, or of the current slice of a stack or hyperstack;
	 * selections do not matter. Slices are known by their label "seed N", so they may have been
	 * sorted, copied or deleted; those without such a label by their position. <i>Images to Stack</i>
	 * puts an image's Info into its slice's label; it is read from there too. ImageJ does not read
	 * what a PNG file says of itself, so for one that was opened from disk, alone or in an image
	 * sequence, the file is asked.
	 *
	 * @return nothing if the image was not generated, or if it is not certain which of several it is
	 * @throws InvalidInputException if a provenance is there but damaged
	 */
	public static Optional<Provenance> of(final ImagePlus image) {
		final String label = label(image);
		final List<Provenance> inLabel = ProvenanceText.read(label);
		if (inLabel.size() == 1) return Optional.of(inLabel.get(0));
		final List<Provenance> inInfo = ProvenanceText.read(image.getInfoProperty());
		if (inInfo.isEmpty() && inLabel.isEmpty()) return inPngFile(image, label);
		return choose(inInfo, GeneratedStack.seed(label), image);
	}

	private static Optional<Provenance> inPngFile(final ImagePlus image, final String label) {
		final Optional<Path> file = file(image, label);
		// Another size: cropped or scaled since, so the file's words are no longer
		// true of it.
		if (file.isEmpty() || !PngFile.isPng(file.get(), image.getWidth(), image.getHeight()))
			return Optional.empty();
		return PngFile.readProvenance(file.get());
	}

	/**
	 * The PNG file that the image, or the slice of an image sequence, was read from.
	 */
	private static Optional<Path> file(final ImagePlus image, final String label) {
		final FileInfo info = image.getOriginalFileInfo();
		if (info == null || info.directory == null || info.fileName == null) return Optional.empty();
		// A sequence has a folder only; its slices are labelled with the names of
		// their files.
		final boolean sequence = info.fileName.isEmpty() && label != null;
		final String name = sequence ? label.lines().findFirst().orElse("") : info.fileName;
		if (!name.toLowerCase(Locale.ROOT).endsWith(".png")) return Optional.empty();
		try {
			return Optional.of(Path.of(info.directory, name)).filter(Files::isRegularFile);
		}
		catch (final InvalidPathException e) {
			// an address on the web, or a name that this system does not allow
			return Optional.empty();
		}
	}

	private static String label(final ImagePlus image) {
		if (image.hasImageStack()) return image.getStack().getSliceLabel(image.getCurrentSlice());
		// getStack() would give a single image a stack and a label that it did not
		// have
		return image.getImageProperties().getProperty("Slice_Label");
	}

	private static Optional<Provenance> choose(final List<Provenance> all, final OptionalLong seed,
		final ImagePlus image)
	{
		final List<Provenance> fitting =
			all.stream().filter(p -> seed.isEmpty() || p.request().seed() == seed.getAsLong()).toList();
		if (fitting.stream().distinct().count() == 1) return Optional.of(fitting.get(0));
		return atPosition(all, image).filter(fitting::contains);
	}

	/** Several planes may belong to one image, as channels. */
	private static Optional<Provenance> atPosition(final List<Provenance> all,
		final ImagePlus image)
	{
		final int planes = image.getStackSize();
		if (all.isEmpty() || planes % all.size() != 0) return Optional.empty();
		return Optional.of(all.get((image.getCurrentSlice() - 1) / (planes / all.size())));
	}
}
