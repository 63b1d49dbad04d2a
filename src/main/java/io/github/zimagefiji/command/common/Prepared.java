
package io.github.zimagefiji.command.common;

import java.util.function.Predicate;

/**
 * A command that completes its values after SciJava has loaded what it remembers, and before a
 * dialog shows them. An initializer would come too early for that, and would not know which values
 * the user has given.
 */
public interface Prepared {

	/**
	 * Completes the values.
	 *
	 * @param given tells by name which values a script or macro has given; they must stay
	 * @param dialog whether a dialog will show the others
	 * @throws io.github.zimagefiji.error.InvalidInputException if the values given contradict each
	 *           other
	 */
	void prepare(Predicate<String> given, boolean dialog);

	/**
	 * Whether a dialog shows an input. What it does not show keeps its value.
	 *
	 * @param name of the input
	 */
	default boolean isShown(final String name) {
		return true;
	}
}
