
package io.github.zimagefiji.hub.source;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Addresses that may be asked: HTTPS everywhere, plain HTTP only on this very computer.
 */
public final class Endpoint {

	private static final Pattern LOOPBACK =
		Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1\\]");

	private Endpoint() {
		// only static methods
	}

	/**
	 * Looks at the address of a host.
	 *
	 * @return the end of a sentence about what is wrong with it, or nothing
	 */
	public static Optional<String> problem(final URI uri) {
		if (uri.getScheme() == null || uri.getHost() == null)
			return Optional.of("is no web address, such as https://huggingface.co");
		if (uri.getRawUserInfo() != null) return Optional.of("names a user; give a token instead");
		if (uri.getRawQuery() != null || uri.getRawFragment() != null)
			return Optional.of("has a ? or # in it");
		if (!isAllowed(uri)) return Optional
			.of("does not begin with https://, without which files could be replaced on " + "their way");
		return Optional.empty();
	}

	/** Whether a request may be sent there. */
	static boolean isAllowed(final URI uri) {
		if ("https".equalsIgnoreCase(uri.getScheme())) return uri.getHost() != null;
		return "http".equalsIgnoreCase(uri.getScheme()) && isLoopback(uri);
	}

	/** Whether both are the same site: scheme, host and port. */
	static boolean sameOrigin(final URI a, final URI b) {
		return a.getScheme().equalsIgnoreCase(b.getScheme()) &&
			a.getHost().equalsIgnoreCase(b.getHost()) && port(a) == port(b);
	}

	private static boolean isLoopback(final URI uri) {
		return uri.getHost() != null &&
			LOOPBACK.matcher(uri.getHost().toLowerCase(Locale.ROOT)).matches();
	}

	private static int port(final URI uri) {
		if (uri.getPort() >= 0) return uri.getPort();
		return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
	}
}
