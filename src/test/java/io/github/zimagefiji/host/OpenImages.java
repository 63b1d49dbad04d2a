
package io.github.zimagefiji.host;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

import ij.ImagePlus;
import ij.WindowManager;
import io.github.zimagefiji.Provenance;
import io.github.zimagefiji.image.ImageProvenance;

/** The images that are open at one moment, to find the one that comes next. */
final class OpenImages {

	private final Set<Integer> ids = new HashSet<>();

	/** Remembers what is open now. */
	static OpenImages now() {
		final OpenImages images = new OpenImages();
		ids().forEach(images.ids::add);
		return images;
	}

	/** Waits for the image that a command made since. */
	ImagePlus next(final Person person) throws Exception {
		return person.await("an image that Z-Image made",
			() -> ids().filter(id -> !ids.contains(id)).mapToObj(WindowManager::getImage)
				.filter(image -> image != null && ImageProvenance.of(image).isPresent()).findFirst());
	}

	/** Whether there is no other image now. */
	boolean areAll() {
		return ids().allMatch(ids::contains);
	}

	private static IntStream ids() {
		return Optional.ofNullable(WindowManager.getIDList()).map(Arrays::stream)
			.orElse(IntStream.empty());
	}

	static Provenance provenance(final ImagePlus image) {
		return ImageProvenance.of(image).orElseThrow();
	}

	static int[] pixels(final ImagePlus image) {
		return (int[]) image.getProcessor().getPixels();
	}
}
