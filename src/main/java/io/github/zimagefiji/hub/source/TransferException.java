
package io.github.zimagefiji.hub.source;

import java.io.IOException;
import java.time.Duration;

/** A request failed in a way that may be over the next time. */
public final class TransferException extends IOException {

	private static final long serialVersionUID = 1L;

	private final Duration retryAfter;

	/** @param reason the end of a sentence, without a full stop */
	public TransferException(final String reason) {
		this(reason, null);
	}

	/**
	 * @param retryAfter the pause that the host asks for; null if it asks for none
	 */
	public TransferException(final String reason, final Duration retryAfter) {
		super(reason);
		this.retryAfter = retryAfter;
	}

	/** The pause that the host asks for, or null. */
	Duration retryAfter() {
		return retryAfter;
	}
}
