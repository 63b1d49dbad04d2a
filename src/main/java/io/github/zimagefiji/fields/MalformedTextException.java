
package io.github.zimagefiji.fields;

import org.jspecify.annotations.Nullable;

import io.github.zimagefiji.error.InvalidInputException;

/**
 * A text is not what it should be, or goes beyond the bounds of its kind. A caller that knows the
 * file says so in a sentence with {@link #reason()}.
 */
public final class MalformedTextException extends InvalidInputException {

	private static final long serialVersionUID = 1L;

	private final String reason;

	/**
	 * @param reason a clause without a full stop, such as "it is nested deeper than 64 levels"
	 */
	public MalformedTextException(final String reason) {
		this(reason, null);
	}

	/** The same with what was found first. */
	public MalformedTextException(final String reason, final @Nullable Throwable cause) {
		super("The text cannot be read: " + reason + ". Correct it, or get it again.", cause);
		this.reason = reason;
	}

	/** What is wrong, as a clause without a full stop. */
	public String reason() {
		return reason;
	}
}
