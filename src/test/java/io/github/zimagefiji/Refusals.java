
package io.github.zimagefiji;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.function.Executable;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.error.ZImageException;

/** What tests expect of input that is refused and of actions that fail. */
public final class Refusals {

	private Refusals() {
		// only static methods
	}

	/**
	 * Asserts that a call is refused with a sentence that contains all of the given words; returns
	 * the sentence.
	 */
	public static String assertRefused(final Executable call, final Object... words) {
		return assertFails(InvalidInputException.class, call, words);
	}

	/**
	 * Asserts that a call fails with a sentence that contains all of the given words; returns the
	 * sentence.
	 */
	public static String assertFails(final Class<? extends ZImageException> type,
		final Executable call, final Object... words)
	{
		final String message = assertThrows(type, call).getMessage();
		for (final Object each : words) {
			assertTrue(message.contains(each.toString()), () -> "\"" + each + "\" is not in: " + message);
		}
		assertTrue(message.endsWith("."), message);
		return message;
	}
}
