
package io.github.zimagefiji.hub.source;

import io.github.zimagefiji.error.InvalidInputException;

/** A repository that its host shows to those only who have a token for it. */
public final class ClosedRepositoryException extends InvalidInputException {

	private static final long serialVersionUID = 1L;

	ClosedRepositoryException(final String message) {
		super(message);
	}
}
