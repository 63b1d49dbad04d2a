
package io.github.zimagefiji.fields;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A constant of an enumeration that users write in lower case, with hyphens. */
public interface Labelled {

	/** Its name in Java. */
	String name();

	/**
	 * What recipes, dialogs, provenance and the command line call it, such as {@code image-to-image}.
	 */
	default String label() {
		return of(name());
	}

	/** The constant that they call so. */
	static <E extends Labelled> Optional<E> find(final E[] all, final String label) {
		return Stream.of(all).filter(each -> each.label().equals(label)).findFirst();
	}

	/** What they call a constant of this name. */
	static String of(final String name) {
		return name.toLowerCase(Locale.ROOT).replace('_', '-');
	}
}
