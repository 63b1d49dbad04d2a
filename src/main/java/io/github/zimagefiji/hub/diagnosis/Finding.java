
package io.github.zimagefiji.hub.diagnosis;

import java.util.Objects;

/**
 * Something that was found out.
 *
 * @param topic a word or two, such as "Java"
 * @param text a fact, or a sentence that says what is wrong and what to do
 * @param verdict how it is to be taken
 */
public record Finding(String topic, String text, Verdict verdict) {

	/** How a finding is to be taken. */
	public enum Verdict {
			/** A fact. */
			GOOD,
			/** Something that may be as it should be. */
			NOTE,
			/** Something that keeps images from being made, or makes them wrong. */
			WRONG
	}

	public Finding {
		Objects.requireNonNull(topic, "topic");
		Objects.requireNonNull(text, "text");
		Objects.requireNonNull(verdict, "verdict");
	}

	static Finding good(final String topic, final String text) {
		return new Finding(topic, text, Verdict.GOOD);
	}

	static Finding note(final String topic, final String text) {
		return new Finding(topic, text, Verdict.NOTE);
	}

	static Finding wrong(final String topic, final String text) {
		return new Finding(topic, text, Verdict.WRONG);
	}
}
