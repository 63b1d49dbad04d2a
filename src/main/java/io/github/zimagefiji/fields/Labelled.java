
package io.github.zimagefiji.fields;

import java.util.Locale;

/** A constant of an enumeration that users write in lower case, with hyphens. */
public interface Labelled {

	/** Its name in Java. */
	String name();

	/** What recipes, folders and dialogs call it, such as {@code image-to-image}. */
	default String label() {
		return of(name());
	}

	/** What they call a constant of this name. */
	static String of(final String name) {
		return name.toLowerCase(Locale.ROOT).replace('_', '-');
	}
}
