
package io.github.zimagefiji.hub.source;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

import io.github.zimagefiji.error.DownloadFailedException;
import io.github.zimagefiji.error.InvalidInputException;

/** What answers of a host other than the wanted file mean. */
public final class HttpErrors {

	private static final int UNAUTHORIZED = 401;
	private static final int FORBIDDEN = 403;
	private static final int NOT_FOUND = 404;
	private static final int TIMEOUT = 408;
	private static final int TOO_MANY = 429;
	private static final int SERVER_ERRORS = 500;

	private final Repository repository;
	private final boolean withToken;

	/** @param withToken whether a token was sent */
	public HttpErrors(final Repository repository, final boolean withToken) {
		this.repository = repository;
		this.withToken = withToken;
	}

	/**
	 * Closes an answer that is not what was asked for and says why.
	 *
	 * @param what was asked for, such as "the list of files"
	 * @return what to throw
	 * @throws TransferException if it is worth trying again
	 */
	public RuntimeException refuse(final HttpResponse<InputStream> response, final String what)
		throws IOException
	{
		response.body().close();
		final int status = response.statusCode();
		// Where everybody may read, "forbidden" is what stores of files answer for
		// one that is not there.
		final boolean open = repository.host().tokenVariable() == null;
		if (!open && (status == UNAUTHORIZED || status == FORBIDDEN))
			return new ClosedRepositoryException(
				repository.title() + " is not open to everybody (HTTP " + status + "). " + advice());
		if (status == NOT_FOUND || open && status == FORBIDDEN) return new InvalidInputException(
			"There is no " + what + " of " + repository.title() + " at revision " +
				repository.revision() + ". Check the name on " + repository.endpoint() + ".");
		if (status == TIMEOUT || status == TOO_MANY || status >= SERVER_ERRORS)
			throw new TransferException(
				(status == TOO_MANY ? "too many requests" : "server error") + " (HTTP " + status + ")",
				retryAfter(response.headers().firstValue("Retry-After").orElse(""), Instant.now()));
		return new DownloadFailedException(repository.title() + " answers with HTTP " + status +
			" instead of " + what + ". Try again later, or choose another host.");
	}

	private String advice() {
		final String conditions = "Accept its conditions on " + repository.page();
		final String variable = repository.host().tokenVariable();
		if (!repository.isOnHostItself()) return conditions + "; a token in " + variable +
			" is sent to " + repository.host().endpoint() + " only, so download it from there.";
		return conditions + ", and " + (withToken ? "check the" : "put your") + " token in " +
			variable + " (in Fiji also by Access Token...)" +
			(withToken ? "." : "; it is sent once the license is accepted.");
	}

	/**
	 * {@code Retry-After} in either of its forms (RFC 9110, section 10.2.3).
	 *
	 * @return null if it says nothing
	 */
	public static Duration retryAfter(final String header, final Instant now) {
		final String text = header.strip();
		if (text.matches("\\d{1,9}")) return Duration.ofSeconds(Long.parseLong(text));
		try {
			final Duration until = Duration.between(now,
				ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
			return until.isNegative() ? Duration.ZERO : until;
		}
		catch (final DateTimeException e) {
			return null;
		}
	}
}
