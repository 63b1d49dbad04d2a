
package io.github.zimagefiji.dataset.recipe;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.zimagefiji.fields.Key;
import io.github.zimagefiji.fields.WrongValueException;

/**
 * A prompt with places for values in braces, such as <code>{count} round {colour} nuclei</code>.
 *
 * @param text the prompt; {@code {count}} is the number of objects of a procedural scene's first
 *          kind in words
 * @param negative what to avoid; has places, too
 * @param values what each place may hold, of which one is drawn for each image
 */
public record PromptTemplate(String text, @Key(usual = "") String negative,
		@Key(usual = "{}") Map<String, List<String>> values)
{

	/** The place that the scene fills. */
	public static final String COUNT = "count";

	/**
	 * @throws WrongValueException if a place has no values, or a table no place
	 */
	public PromptTemplate {
		final Map<String, List<String>> copy = new LinkedHashMap<>();
		values.forEach((name, list) -> copy.put(name, List.copyOf(list)));
		values = Collections.unmodifiableMap(copy);
		final List<String> places = places(text + negative);
		values.forEach(PromptTemplate::checkTable);
		for (final String place : places) {
			if (!place.equals(COUNT) && !values.containsKey(place))
				throw new WrongValueException("text", "The prompt has the placeholder {" + place +
					"}, but \"values\" has no table \"" + place + "\". Add one, or remove the braces.");
		}
	}

	public static List<String> checkTable(final String place, final List<String> table) {
		if (table.isEmpty()) throw new WrongValueException(place,
			"The placeholder \"" + place + "\" has no values. Give at least one.");
		if (place.equals(COUNT)) throw new WrongValueException(COUNT,
			"\"count\" is the number of objects and takes no values. Name the table otherwise.");
		return table;
	}

	/** Whether the number of objects is told. */
	public boolean usesCount() {
		return places(text + negative).contains(COUNT);
	}

	private static List<String> places(final String text) {
		return Template.of(text).places();
	}
}
