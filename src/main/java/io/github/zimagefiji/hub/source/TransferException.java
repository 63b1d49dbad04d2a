
package io.github.zimagefiji.hub.source;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
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

	/**
	 * A connection that failed, in words; the messages of {@code java.net.http} are often empty.
	 * Nothing of the request's headers is in it.
	 */
	static TransferException of(final IOException e, final URI uri) {
		final String host = uri.getHost();
		if (e instanceof HttpTimeoutException) return new TransferException(host + " does not answer");
		if (e instanceof ConnectException) return new TransferException(
			host + " cannot be reached (is the computer online, and is a proxy needed?)");
		return new TransferException("the connection to " + host + " broke");
	}

	/** The pause that the host asks for, or null. */
	Duration retryAfter() {
		return retryAfter;
	}
}
