
package io.github.zimagefiji.hub.source;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpTimeoutException;

/**
 * Why a connection failed, in words; the messages of {@code java.net.http} are often empty.
 */
final class NetworkReason {

	private NetworkReason() {
		// only of()
	}

	/**
	 * The end of a sentence, without a full stop. Nothing of the request's headers is in it.
	 */
	static String of(final IOException e, final URI uri) {
		final String host = uri.getHost();
		if (e instanceof HttpTimeoutException) return host + " does not answer";
		if (e instanceof ConnectException)
			return host + " cannot be reached (is the computer online, and is a proxy needed?)";
		return "the connection to " + host + " broke";
	}
}
