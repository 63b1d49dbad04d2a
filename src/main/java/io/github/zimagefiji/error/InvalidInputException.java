
package io.github.zimagefiji.error;

import org.jspecify.annotations.Nullable;

/**
 * A request, a model folder or a file cannot be used as it is; the user can change that. Nothing
 * was computed.
 */
public class InvalidInputException extends ZImageException {

	private static final long serialVersionUID = 1L;

	public InvalidInputException(final String message) {
		super(message);
	}

	public InvalidInputException(final String message, final @Nullable Throwable cause) {
		super(message, cause);
	}
}
