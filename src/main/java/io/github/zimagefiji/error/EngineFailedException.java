
package io.github.zimagefiji.error;

import org.jspecify.annotations.Nullable;

/**
 * The computing engine could not be started, ran out of memory, or gave a result that is not a
 * number.
 */
public class EngineFailedException extends ZImageException {

	private static final long serialVersionUID = 1L;

	public EngineFailedException(final String message) {
		super(message);
	}

	public EngineFailedException(final String message, final @Nullable Throwable cause) {
		super(message, cause);
	}
}
