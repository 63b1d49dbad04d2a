
package io.github.zimagefiji.image;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.Provenance;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.request.TextToImageRequest;

/**
 * What a series asks for, and what is known of the images that it got; it outlives their pixels.
 */
final class SeriesRecord {

	private final TextToImageRequest request;
	private final Map<Integer, Provenance> known = new ConcurrentHashMap<>();
	private volatile Provenance first;

	SeriesRecord(final TextToImageRequest request) {
		this.request = request;
	}

	TextToImageRequest request() {
		return request;
	}

	/** The request of one image. */
	TextToImageRequest request(final int index) {
		return request.toBuilder().seed(request.seed() + index).count(1).build();
	}

	/**
	 * Notes where an image comes from.
	 *
	 * @return the image
	 * @throws InvalidInputException if it does not belong to the others: it has another size, or
	 *           another model made it
	 */
	GeneratedImage add(final int index, final GeneratedImage image) {
		if (image.width() != request.width() || image.height() != request.height())
			throw new InvalidInputException("An image of " + image.width() + " × " + image.height() +
				" pixels came for a series whose images have " + request.width() + " × " +
				request.height() + ".");
		final Provenance provenance = image.provenance();
		if (first == null) first = provenance;
		if (!first.model().fingerprint().equals(provenance.model().fingerprint()))
			throw new InvalidInputException("The files of the model " + provenance.model().name() +
				" have changed since the series was begun. Make a new series.");
		known.put(index, provenance);
		return image;
	}

	Optional<Provenance> known(final int index) {
		return Optional.ofNullable(known.get(index));
	}

	/**
	 * The provenance of an image that has been generated; for another one that of the first, with its
	 * seed: all else is the same in a series, up to how the memory of the moment lets the pixels be
	 * decoded.
	 */
	Optional<Provenance> expected(final int index) {
		final Optional<Provenance> own = known(index);
		if (own.isPresent() || first == null) return own;
		final TextToImageRequest one = first.request().toBuilder().seed(request.seed() + index).build();
		return Optional.of(new Provenance(one, first.conditions(), false, first.model(), first.sigmas(),
			first.precision(), first.device(), first.threads(), first.decoding(), first.droppedTokens(),
			first.pluginVersion(), first.engineVersion()));
	}
}
