
package io.github.zimagefiji.hub.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import com.google.gson.JsonElement;

import io.github.zimagefiji.error.DownloadFailedException;
import io.github.zimagefiji.fields.BoundedText;
import io.github.zimagefiji.fields.Json;
import io.github.zimagefiji.fields.MalformedTextException;

/** Reads what a host lists of its files. */
public final class HostReader {

	/**
	 * An answer.
	 *
	 * @param json what it holds
	 * @param response its headers
	 */
	record Answer(JsonElement json, HttpResponse<?> response) {}

	private static final int OK = 200;
	/** The longest known list, of a thousand files, has 0.4 MB. */
	private static final int MOST_BYTES = 8_000_000;
	/** 2 EB, so that sums of a few stay numbers. */
	private static final long MOST_SIZE = 1L << 61;
	private static final int CHUNK = 1 << 14;

	private final Web web;
	private final Repository repository;
	private final StallWatch watch;

	public HostReader(final Web web, final Repository repository, final StallWatch watch) {
		this.web = web;
		this.repository = repository;
		this.watch = watch;
	}

	/**
	 * Asks for JSON.
	 *
	 * @param what for messages, such as "list of files"
	 * @throws TransferException if it is worth trying again
	 */
	Answer read(final URI uri, final String what) throws IOException, InterruptedException {
		final HttpResponse<InputStream> response = web.get(uri, Map.of("Accept", "application/json"));
		if (response.statusCode() != OK)
			throw new HttpErrors(repository, web.hasToken()).refuse(response, what);
		final byte[] bytes = bytes(response, uri, what);
		try {
			return new Answer(Json.parse(BoundedText.decode(bytes)), response);
		}
		catch (final MalformedTextException e) {
			throw strange(what, e);
		}
	}

	/**
	 * The size of a file in an answer.
	 *
	 * @throws IllegalStateException if it is not a whole number of bytes
	 */
	public static long size(final JsonElement number) {
		if (number.isJsonPrimitive() && number.getAsJsonPrimitive().isNumber()) {
			final String digits = number.getAsString();
			if (digits.matches("-?\\d{1,19}")) {
				final long size =
					new BigInteger(digits).min(BigInteger.valueOf(Long.MAX_VALUE)).longValue();
				if (size <= MOST_SIZE) return size;
			}
		}
		throw new IllegalStateException("not a number of bytes");
	}

	/**
	 * Asks for lines of text.
	 *
	 * @throws TransferException if it is worth trying again
	 */
	public List<String> lines(final URI uri, final String what)
		throws IOException, InterruptedException
	{
		final HttpResponse<InputStream> response = web.get(uri, Map.of());
		if (response.statusCode() != OK)
			throw new HttpErrors(repository, web.hasToken()).refuse(response, what);
		return new String(bytes(response, uri, what), StandardCharsets.UTF_8).lines().toList();
	}

	/**
	 * Asks how large a file is.
	 *
	 * @throws TransferException if it is worth trying again
	 */
	public long size(final URI uri, final String what) throws IOException, InterruptedException {
		final HttpResponse<InputStream> response = web.head(uri);
		if (response.statusCode() != OK)
			throw new HttpErrors(repository, web.hasToken()).refuse(response, what);
		response.body().close();
		final String length = response.headers().firstValue("Content-Length").orElse("");
		if (!length.matches("\\d{1,18}")) throw strange("answer for the " + what, null);
		return Long.parseLong(length);
	}

	private byte[] bytes(final HttpResponse<InputStream> response, final URI uri, final String what)
		throws IOException
	{
		final ByteArrayOutputStream all = new ByteArrayOutputStream();
		final byte[] chunk = new byte[CHUNK];
		try (StallWatch.Watched body = watch.over(response.body())) {
			for (int count = body.read(chunk); count >= 0; count = body.read(chunk)) {
				all.write(chunk, 0, count);
				if (all.size() > MOST_BYTES) throw strange(what, null);
			}
			return all.toByteArray();
		}
		catch (final ClosedByInterruptException e) {
			throw e;
		}
		catch (final IOException e) {
			throw TransferException.of(e, uri);
		}
	}

	/** An answer that is not what the host's interface promises. */
	DownloadFailedException strange(final String what, final Exception cause) {
		return new DownloadFailedException(repository.title() + " gives a " + what +
			" that this version of the plugin does not understand. Choose another host, or update the plugin.",
			cause);
	}
}
