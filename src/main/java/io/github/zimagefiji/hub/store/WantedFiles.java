
package io.github.zimagefiji.hub.store;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which files of a model are of use: settings, weights in the safetensors format, the tokenizer,
 * what its makers say. Never Python pickles or programs.
 */
public final class WantedFiles {

	private static final Pattern NOTES = Pattern.compile("(license|notice|readme)(\\.(md|txt))?");
	private static final Pattern TOKENIZER =
		Pattern.compile("tokenizer(_\\d)?/[^/]+\\.(txt|json|jinja)");
	private static final Pattern MODEL = Pattern.compile("([^/]+/)?[^/]+\\.(json|safetensors)");

	private WantedFiles() {
		// only static methods
	}

	/**
	 * Whether a file belongs to a model in the layout of diffusers: one folder for each part.
	 */
	public static boolean ofModel(final String path) {
		final String lower = path.toLowerCase(Locale.ROOT);
		// Names with a dot in front are notes of programs, such as
		// .cache/huggingface.
		if (lower.startsWith(".") || lower.contains("/.")) return false;
		return NOTES.matcher(lower).matches() || TOKENIZER.matcher(lower).matches() ||
			MODEL.matcher(lower).matches();
	}

	/** Whether a file may be downloaded at all. */
	public static boolean isAllowed(final String path) {
		final String lower = path.toLowerCase(Locale.ROOT);
		return lower.endsWith(".safetensors") || lower.endsWith(".json") || ofModel(path);
	}
}
