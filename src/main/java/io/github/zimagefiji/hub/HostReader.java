package io.github.zimagefiji.hub;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

import io.github.zimagefiji.DownloadFailedException;

/** Reads JSON that a host gives. */
final class HostReader {

	/**
	 * An answer.
	 *
	 * @param json what it holds
	 * @param response its headers
	 */
	record Answer(JsonElement json, HttpResponse<?> response) {}

	private static final int OK = 200;
	private static final int MOST_BYTES = 32_000_000;

	private final Web web;
	private final Repository repository;

	HostReader(final Web web, final Repository repository) {
		this.web = web;
		this.repository = repository;
	}

	/**
	 * Asks for JSON.
	 *
	 * @param what for messages, such as "list of files"
	 * @throws TransferException if it is worth trying again
	 */
	Answer read(final URI uri, final String what) throws IOException, InterruptedException {
		final HttpResponse<InputStream> response = web.get(uri, Map.of("Accept", "application/json"));
		if (response.statusCode() != OK) throw new Answers(repository, web.hasToken()).refuse(response, what);
		final byte[] bytes;
		try (InputStream in = response.body()) {
			bytes = in.readNBytes(MOST_BYTES + 1);
		}
		catch (final IOException e) {
			throw new TransferException(NetworkReason.of(e, uri));
		}
		if (bytes.length > MOST_BYTES) throw strange(what, null);
		try {
			return new Answer(JsonParser.parseString(new String(bytes, StandardCharsets.UTF_8)), response);
		}
		catch (final JsonParseException e) {
			throw strange(what, e);
		}
	}

	/** An answer that is not what the host's interface promises. */
	DownloadFailedException strange(final String what, final Exception cause) {
		return new DownloadFailedException(repository.title() + " gives a " + what +
			" that this version of the plugin does not understand. Choose another host, or update the plugin.", cause);
	}
}
