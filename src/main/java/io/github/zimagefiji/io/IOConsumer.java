
package io.github.zimagefiji.io;

import java.io.IOException;

/**
 * Something that uses a stream, a channel or a file and may fail in doing so.
 *
 * @param <T> what is used
 */
@FunctionalInterface
public interface IOConsumer<T> {

	/**
	 * Uses the value; whoever called closes it.
	 *
	 * @throws IOException if reading or writing fails
	 */
	void accept(T value) throws IOException;
}
