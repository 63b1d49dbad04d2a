
package io.github.zimagefiji.hub.source;

import java.io.IOException;
import java.io.InputStream;
import java.net.Authenticator;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import javax.net.ssl.SSLException;

import io.github.zimagefiji.PluginVersion;
import io.github.zimagefiji.error.DownloadFailedException;

/**
 * Asks one host. Redirects are followed here rather than by the HTTP client, so that the token goes
 * to the host's own origin only and no redirect leads to another scheme.
 */
public final class Web {

	private static final int MOST_REDIRECTS = 8;
	private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

	private final HttpClient client;
	private final URI origin;
	private final Optional<String> token;
	private final Duration answer;

	/**
	 * @param origin the host's address
	 * @param token sent to it alone
	 * @param answer how long to wait for the beginning of an answer
	 */
	public Web(final URI origin, final Optional<String> token, final Duration answer) {
		this.origin = origin;
		this.token = token;
		this.answer = answer;
		// HTTP/1.1 gives each file a separate connection. Without a proxy() the
		// properties of the system decide.
		final HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
			.followRedirects(HttpClient.Redirect.NEVER).connectTimeout(answer);
		Optional.ofNullable(Authenticator.getDefault()).ifPresent(builder::authenticator);
		client = builder.build();
	}

	/** Whether requests to the host carry a token. */
	public boolean hasToken() {
		return token.isPresent();
	}

	/**
	 * Gets an address, following redirects.
	 *
	 * @param headers sent with every request
	 * @return any answer but a redirect; its body must be closed
	 * @throws TransferException if the host could not be reached or the connection broke
	 * @throws DownloadFailedException if the redirects lead nowhere or to where they must not
	 */
	public HttpResponse<InputStream> get(final URI uri, final Map<String, String> headers)
		throws IOException, InterruptedException
	{
		return ask("GET", uri, headers);
	}

	/** Asks for the headers alone, as {@link #get} does for everything. */
	HttpResponse<InputStream> head(final URI uri) throws IOException, InterruptedException {
		return ask("HEAD", uri, Map.of());
	}

	private HttpResponse<InputStream> ask(final String method, final URI uri,
		final Map<String, String> headers) throws IOException, InterruptedException
	{
		final Set<URI> seen = new HashSet<>();
		URI at = uri;
		while (true) {
			if (!seen.add(at)) throw new DownloadFailedException(
				name(uri) + " redirects in a circle. Try again later, or choose another host.");
			if (seen.size() > MOST_REDIRECTS + 1)
				throw new DownloadFailedException(name(uri) + " redirects more than " + MOST_REDIRECTS +
					" times. Try again later, or choose another host.");
			final HttpResponse<InputStream> response = send(method, at, headers);
			if (!REDIRECTS.contains(response.statusCode())) return response;
			response.body().close();
			at = target(at, response.headers().firstValue("Location").orElse(""));
		}
	}

	private HttpResponse<InputStream> send(final String method, final URI uri,
		final Map<String, String> headers) throws IOException, InterruptedException
	{
		final HttpRequest.Builder request =
			HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody())
				.timeout(answer).header("User-Agent", "zimage-fiji/" + PluginVersion.get())
				.header("Accept-Encoding", "identity");
		headers.forEach(request::header);
		if (Endpoint.sameOrigin(uri, origin))
			token.ifPresent(t -> request.header("Authorization", "Bearer " + t));
		try {
			return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
		}
		catch (final SSLException e) {
			throw new DownloadFailedException("The secure connection to " + uri.getHost() + " failed: " +
				e.getMessage() + ". Check the computer's date, and ask who runs its network.", e);
		}
		catch (final IOException e) {
			throw TransferException.of(e, uri);
		}
	}

	private static URI target(final URI from, final String location) {
		final URI to;
		try {
			to = from.resolve(location);
		}
		catch (final IllegalArgumentException e) {
			throw new DownloadFailedException(name(from) +
				" redirects to something that is no address. " + "Try again later, or choose another host.",
				e);
		}
		if (location.isEmpty() || to.getHost() == null) throw new DownloadFailedException(
			name(from) + " redirects to no address. Try again later, or choose another host.");
		if (!from.getScheme().equalsIgnoreCase(to.getScheme()) || !Endpoint.isAllowed(to))
			throw new DownloadFailedException(name(from) + " redirects to " + to.getScheme() + "://" +
				to.getHost() + ", which is not as safe. The download was stopped; choose another host.");
		return to;
	}

	/** An address without its query, which may hold a signature. */
	private static String name(final URI uri) {
		return uri.getHost() + uri.getRawPath();
	}
}
