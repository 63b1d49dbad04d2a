
package io.github.zimagefiji.image.file.common;

import io.github.zimagefiji.error.InvalidInputException;

/** Which of several planes of a file is meant. */
public final class Planes {

	private Planes() {
		// only static methods
	}

	/**
	 * A position in a file, from 1.
	 *
	 * @param name of the file
	 * @param axis what is counted
	 * @param chosen 0 if none is
	 * @throws InvalidInputException if there is no such one, or if there are several of which none is
	 *           chosen
	 */
	public static int only(final String name, final String axis, final int chosen, final int count) {
		if (chosen > count) throw new InvalidInputException("The image \"" + name + "\" has no " +
			axis + " " + chosen + "; its last " + axis + " is " + count + ".");
		if (chosen == 0 && count > 1)
			throw new InvalidInputException("The image \"" + name + "\" has " + count + " " + axis +
				"s, of which one is needed. Choose one by its number, or save it as a file by itself.");
		return Math.max(1, chosen);
	}
}
