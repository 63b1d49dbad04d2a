
package io.github.zimagefiji.hub;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

/**
 * The lists of Hugging Face.
 *
 * @see <a href="https://huggingface.co/docs/hub/api">the interface</a>
 */
final class HuggingFaceListing {

	private static final String WHAT = "list of files";
	private static final int MOST_PAGES = 100;
	private static final Pattern NEXT = Pattern.compile(
		"<([^>]+)>\\s*;\\s*rel=\"?next\"?");

	private final Repository repository;
	private final HostReader reader;

	HuggingFaceListing(final Repository repository, final HostReader reader) {
		this.repository = repository;
		this.reader = reader;
	}

	/** Asks for commit and license first, so that all files are of one commit. */
	Listing read() throws IOException, InterruptedException {
		final String models = "/api/models/" + repository.id();
		final JsonElement info = reader.read(repository.uri(models + "/revision/" +
			Repository.encodedWhole(repository.revision())), "model").json();
		try {
			final JsonObject model = info.getAsJsonObject();
			final String commit = model.get("sha").getAsString();
			if (!Repository.isRevision(commit)) throw new IllegalStateException(
				commit);
			return new Listing(repository, commit, license(model), files(models +
				"/tree/" + Repository.encodedWhole(commit) + "?recursive=true"));
		}
		catch (final IllegalStateException | NullPointerException
				| ClassCastException | UnsupportedOperationException e)
		{
			throw reader.strange(WHAT, e);
		}
	}

	private List<RemoteFile> files(final String path) throws IOException,
		InterruptedException
	{
		final List<RemoteFile> result = new ArrayList<>();
		Optional<URI> page = Optional.of(repository.uri(path));
		for (int pages = 0; page.isPresent(); pages++) {
			if (pages == MOST_PAGES) throw reader.strange(WHAT, null);
			final HostReader.Answer answer = reader.read(page.get(), WHAT);
			for (final JsonElement each : answer.json().getAsJsonArray()) {
				final JsonObject entry = each.getAsJsonObject();
				if ("file".equals(entry.get("type").getAsString())) result.add(file(
					entry));
			}
			page = next(page.get(), answer.response().headers().firstValue("Link")
				.orElse(""));
		}
		return result;
	}

	/**
	 * Large files have {@code lfs.oid}, their SHA-256; the {@code oid} of small
	 * ones is that of their blob in git.
	 */
	private static RemoteFile file(final JsonObject entry) {
		final boolean large = entry.has("lfs") && entry.get("lfs").isJsonObject();
		final JsonObject at = large ? entry.getAsJsonObject("lfs") : entry;
		final String hash = at.get("oid").getAsString();
		return new RemoteFile(entry.get("path").getAsString(), at.get("size")
			.getAsLong(), large ? hash : null, large ? null : hash);
	}

	/** Lists of more than some hundred files come in pages. */
	private Optional<URI> next(final URI page, final String link) {
		final Matcher matcher = NEXT.matcher(link);
		if (!matcher.find()) return Optional.empty();
		final URI next = page.resolve(matcher.group(1));
		if (next.getHost() == null || !Endpoint.sameOrigin(next, repository
			.endpoint())) throw reader.strange(WHAT, null);
		return Optional.of(next);
	}

	private static Optional<String> license(final JsonObject model) {
		final JsonElement card = model.get("cardData");
		if (card == null || !card.isJsonObject()) return Optional.empty();
		final JsonElement license = card.getAsJsonObject().get("license");
		return license != null && license.isJsonPrimitive() ? Optional.of(license
			.getAsString()) : Optional.empty();
	}
}
