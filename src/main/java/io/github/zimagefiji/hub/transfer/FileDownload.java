
package io.github.zimagefiji.hub.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.github.zimagefiji.error.DownloadFailedException;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.hub.source.HttpErrors;
import io.github.zimagefiji.hub.source.RemoteFile;
import io.github.zimagefiji.hub.source.StallWatch;
import io.github.zimagefiji.hub.source.TransferException;
import io.github.zimagefiji.hub.source.Web;
import io.github.zimagefiji.hub.store.ByteProgress;
import io.github.zimagefiji.hub.store.ContentDigest;
import io.github.zimagefiji.hub.store.Staging;
import io.github.zimagefiji.io.FileFailedException;

/**
 * Brings one file into the staging folder; each attempt goes on where the last one ended.
 */
final class FileDownload {

	/**
	 * What the files of one download share.
	 *
	 * @param title of the repository, for messages
	 * @param web asks its host
	 * @param answers understands the host's refusals
	 * @param watch closes connections that died
	 * @param meter counts bytes
	 */
	record Context(String title, Web web, HttpErrors answers, StallWatch watch, ByteProgress meter) {}

	private static final int OK = 200;
	private static final int PARTIAL = 206;
	private static final int RANGE_NOT_SATISFIABLE = 416;
	private static final int CHUNK = 1 << 16;

	private final RemoteFile file;
	private final URI uri;
	private final Staging staging;
	private final Path part;
	private final Context context;

	FileDownload(final RemoteFile file, final URI uri, final Staging staging, final Context context)
		throws IOException
	{
		this.file = file;
		this.uri = uri;
		this.staging = staging;
		this.context = context;
		part = staging.part(file);
	}

	/** Bytes that are here. */
	long position() {
		try {
			return Files.exists(part) ? Files.size(part) : 0;
		}
		catch (final IOException e) {
			return 0;
		}
	}

	/**
	 * Gets the rest of the file, compares it with its hash and moves it to its place.
	 *
	 * @return its SHA-256
	 * @throws TransferException if it is worth trying again
	 * @throws DownloadFailedException if the host gives something else than it lists
	 */
	String attempt() throws IOException, InterruptedException {
		if (position() > file.bytes()) discard();
		final long start = position();
		ContentDigest digest = new ContentDigest(file);
		if (start > 0) digest.update(part, count -> {});
		if (start < file.bytes() || !Files.exists(part)) digest = receive(start, digest);
		final String sha256 = digest.sha256Hex();
		final Optional<String> problem = digest.problem(sha256);
		if (problem.isPresent()) throw damaged(problem.get(), start > 0);
		staging.done(file, sha256);
		Files.move(part, staging.whole(file), StandardCopyOption.ATOMIC_MOVE);
		return sha256;
	}

	private ContentDigest receive(final long start, final ContentDigest digest)
		throws IOException, InterruptedException
	{
		final HttpResponse<InputStream> response = context.web().get(uri, headers(start));
		try (StallWatch.Watched body = context.watch().over(response.body())) {
			final int status = response.statusCode();
			if (status == RANGE_NOT_SATISFIABLE && start > 0) {
				discard();
				throw new TransferException(
					"the host has less of it than before, so the download starts over");
			}
			if (status != OK && status != PARTIAL)
				throw context.answers().refuse(response, "file " + file.path());
			if (status == PARTIAL && !continues(response, start)) {
				discard();
				throw new TransferException("the host gives another part than the one that was asked for");
			}
			// it ignores ranges, or the file is another one now
			if (status == OK && start > 0) discard();
			checkLength(response, status == OK ? 0 : start);
			staging.began(file, etag(response));
			final ContentDigest whole = status == OK && start > 0 ? new ContentDigest(file) : digest;
			copy(body, whole);
			return whole;
		}
	}

	private Map<String, String> headers(final long start) {
		final Map<String, String> headers = new HashMap<>();
		if (start == 0) return headers;
		headers.put("Range", "bytes=" + start + "-");
		final String etag = staging.etag(file);
		// Only a strong one means the same bytes (RFC 9110, section 13.1.5);
		// without one the hash decides at the end.
		if (etag != null && etag.startsWith("\"")) headers.put("If-Range", etag);
		return headers;
	}

	private boolean continues(final HttpResponse<?> response, final long start) {
		final String range = response.headers().firstValue("Content-Range").orElse("");
		return start > 0 &&
			range.equals("bytes " + start + "-" + (file.bytes() - 1) + "/" + file.bytes());
	}

	/**
	 * A size that is not the listed one is found out before a byte is written, where the server tells
	 * it.
	 */
	private void checkLength(final HttpResponse<?> response, final long start) {
		final long length =
			response.headers().firstValueAsLong("Content-Length").orElse(file.bytes() - start);
		if (length != file.bytes() - start) throw lie(start + length + " bytes");
	}

	private void copy(final StallWatch.Watched body, final ContentDigest digest) throws IOException {
		final byte[] chunk = new byte[CHUNK];
		try (FileChannel out = open()) {
			long position = out.position();
			while (true) {
				final int count = read(body, chunk, position);
				if (count < 0) break;
				if (position + count > file.bytes()) throw lie("more");
				write(out, chunk, count);
				digest.update(chunk, count);
				position += count;
				context.meter().add(count);
			}
			force(out);
			if (position < file.bytes()) throw cut(body, position);
		}
	}

	private int read(final StallWatch.Watched body, final byte[] chunk, final long position)
		throws IOException
	{
		try {
			return body.read(chunk);
		}
		catch (final ClosedByInterruptException e) {
			throw e;
		}
		catch (final IOException e) {
			throw cut(body, position);
		}
	}

	private TransferException cut(final StallWatch.Watched body, final long position) {
		final String where = " after " + position + " of " + file.bytes() + " bytes";
		return new TransferException(
			body.isStalled() ? "the transfer from " + uri.getHost() + " stalled" + where
				: "the connection to " + uri.getHost() + " was cut" + where);
	}

	private FileChannel open() {
		try {
			return FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		}
		catch (final IOException e) {
			throw notWritten(e);
		}
	}

	private void write(final FileChannel out, final byte[] chunk, final int count)
		throws ClosedByInterruptException
	{
		try {
			final ByteBuffer buffer = ByteBuffer.wrap(chunk, 0, count);
			while (buffer.hasRemaining()) {
				out.write(buffer);
			}
		}
		catch (final ClosedByInterruptException e) {
			throw e;
		}
		catch (final IOException e) {
			throw notWritten(e);
		}
	}

	private void force(final FileChannel out) throws ClosedByInterruptException {
		try {
			out.force(true);
		}
		catch (final ClosedByInterruptException e) {
			throw e;
		}
		catch (final IOException e) {
			throw notWritten(e);
		}
	}

	private void discard() throws IOException {
		context.meter().found(-position());
		Files.deleteIfExists(part);
		staging.began(file, null);
	}

	/**
	 * What was joined from several answers is worth a second try from the beginning; what came at
	 * once is not.
	 */
	private IOException damaged(final String problem, final boolean joined) throws IOException {
		discard();
		if (joined) return new TransferException(problem + ", so the download starts over");
		throw new DownloadFailedException(file.path() + " of " + context.title() +
			" arrived damaged: " + problem + ". It was removed. Try again, or choose another host.");
	}

	private DownloadFailedException lie(final String sent) {
		try {
			discard();
		}
		catch (final IOException e) {
			throw notWritten(e);
		}
		return new DownloadFailedException(
			context.title() + " lists " + file.path() + " with " + file.bytes() + " bytes but sends " +
				sent + ". The file was removed. Try again later, or choose another host.");
	}

	private InvalidInputException notWritten(final IOException e) {
		return new FileFailedException(part, part + " could not be written", e,
			"Make room, or choose another folder; what was received is kept.");
	}

	private static String etag(final HttpResponse<?> response) {
		return response.headers().firstValue("ETag").orElse(null);
	}
}
