
package io.github.zimagefiji.error;

import org.jspecify.annotations.Nullable;

/**
 * A host or the network failed, not the request; what was received so far is kept, and trying again
 * may help.
 */
public class DownloadFailedException extends ZImageException {

	private static final long serialVersionUID = 1L;

	public DownloadFailedException(final String message) {
		super(message);
	}

	public DownloadFailedException(final String message, final @Nullable Throwable cause) {
		super(message, cause);
	}
}
