
package io.github.zimagefiji.dataset.recipe;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with places in braces, divided at them.
 *
 * @param texts before, between and after the places: one more than those
 * @param places their names
 */
public record Template(List<String> texts, List<String> places) {

	private static final Pattern PLACE = Pattern.compile("\\{([^{}]*)\\}");

	/** Takes a text apart. */
	public static Template of(final String text) {
		final List<String> texts = new ArrayList<>();
		final List<String> places = new ArrayList<>();
		final Matcher matcher = PLACE.matcher(text);
		int from = 0;
		while (matcher.find()) {
			texts.add(text.substring(from, matcher.start()));
			places.add(matcher.group(1));
			from = matcher.end();
		}
		texts.add(text.substring(from));
		return new Template(List.copyOf(texts), List.copyOf(places));
	}

	/** The text with its places filled; braces of values are kept as they are. */
	public String fill(final Function<String, String> values) {
		if (places.isEmpty()) return texts.get(0);
		final StringBuilder filled = new StringBuilder(80);
		for (int i = 0; i < places.size(); i++)
			filled.append(texts.get(i)).append(values.apply(places.get(i)));
		return filled.append(texts.get(places.size())).toString();
	}
}
