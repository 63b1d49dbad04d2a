
package io.github.zimagefiji.image;

import java.util.List;

import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.request.TextToImageRequest;

/**
 * A window title of prompt and seed, such as {@code a cell in mitosis (seed 42)}. It is also what
 * ImageJ proposes as a file name, so it has no characters that file systems refuse.
 */
final class ImageTitle {

	/** Longest part taken from the prompt, in Unicode code points. */
	static final int MAX_PROMPT = 40;

	private static final String NOT_IN_TITLES = "[\\p{Cc}\\p{Zl}\\p{Zp}\\s/\\\\:*?\"<>|]+";

	private ImageTitle() {
		// only of()
	}

	/**
	 * The title of one or several images, at least one; the prompt is the first one's.
	 */
	static String of(final List<GeneratedImage> images) {
		return of(images.get(0).provenance().request().prompt(), seeds(images));
	}

	/** The title of all images of a request. */
	static String of(final TextToImageRequest request) {
		final long first = request.seed();
		return of(request.prompt(), request.count() == 1 ? "seed " + first
			: "seeds " + first + " to " + (first + request.count() - 1));
	}

	private static String of(final String prompt, final String seeds) {
		return ofPrompt(prompt) + " (" + seeds + ")";
	}

	/** The part of a title that tells the prompt. */
	static String ofPrompt(final String prompt) {
		final String shortened = shorten(prompt);
		return shortened.isEmpty() ? "Z-Image" : shortened;
	}

	private static String shorten(final String prompt) {
		// Cut before cleaning too: a prompt may be long, a title is made for each
		// image.
		final String line =
			firstCodePoints(prompt, 8 * MAX_PROMPT).replaceAll(NOT_IN_TITLES, " ").strip();
		final String cut = firstCodePoints(line, MAX_PROMPT);
		return cut.length() == line.length() ? line : cut.strip() + "…";
	}

	private static String firstCodePoints(final String text, final int count) {
		if (text.codePointCount(0, text.length()) <= count) return text;
		return text.substring(0, text.offsetByCodePoints(0, count));
	}

	private static String seeds(final List<GeneratedImage> images) {
		final long first = seed(images.get(0));
		if (images.size() == 1) return "seed " + first;
		for (int i = 1; i < images.size(); i++) {
			if (seed(images.get(i)) != first + i) return images.size() + " images";
		}
		return "seeds " + first + " to " + seed(images.get(images.size() - 1));
	}

	private static long seed(final GeneratedImage image) {
		return image.provenance().request().seed();
	}
}
