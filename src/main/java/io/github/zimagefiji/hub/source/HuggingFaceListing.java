
package io.github.zimagefiji.hub.source;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
	/** A link with its parameters (RFC 8288, section 3). */
	private static final Pattern LINK = Pattern.compile("<([^<>]*)>([^<>]*)");
	private static final Pattern NEXT =
		Pattern.compile(".*;\\s*rel\\s*=\\s*(\"([^\"]*\\s)?next(\\s[^\"]*)?\"|next\\s*([;,].*)?)",
			Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

	private final Repository repository;
	private final HostReader reader;

	HuggingFaceListing(final Repository repository, final HostReader reader) {
		this.repository = repository;
		this.reader = reader;
	}

	/** Asks for commit and license first, so that all files are of one commit. */
	Listing read() throws IOException, InterruptedException {
		final String models = "/api/models/" + repository.id();
		final JsonElement info = reader
			.read(repository.uri(models + "/revision/" + Repository.encodedWhole(repository.revision())),
				"model")
			.json();
		try {
			final JsonObject model = info.getAsJsonObject();
			final String commit = model.get("sha").getAsString();
			if (!Repository.isRevision(commit)) throw new IllegalStateException(commit);
			return new Listing(repository, commit, license(model),
				files(models + "/tree/" + Repository.encodedWhole(commit) + "?recursive=true"));
		}
		catch (final IllegalStateException | NullPointerException | ClassCastException
				| UnsupportedOperationException e)
		{
			throw reader.strange(WHAT, e);
		}
	}

	private List<RemoteFile> files(final String path) throws IOException, InterruptedException {
		final List<RemoteFile> result = new ArrayList<>();
		Optional<URI> page = Optional.of(repository.uri(path));
		final Set<URI> seen = new HashSet<>();
		while (page.isPresent()) {
			if (!seen.add(page.get()) || seen.size() > MOST_PAGES) throw reader.strange(WHAT, null);
			final HostReader.Answer answer = reader.read(page.get(), WHAT);
			for (final JsonElement each : answer.json().getAsJsonArray()) {
				final JsonObject entry = each.getAsJsonObject();
				if ("file".equals(entry.get("type").getAsString())) result.add(file(entry));
			}
			page = next(page.get(), String.join(", ", answer.response().headers().allValues("Link")));
		}
		return result;
	}

	/**
	 * Large files have {@code lfs.oid}, their SHA-256; the {@code oid} of small ones is that of their
	 * blob in git.
	 */
	private static RemoteFile file(final JsonObject entry) {
		final boolean large = entry.has("lfs") && entry.get("lfs").isJsonObject();
		final JsonObject at = large ? entry.getAsJsonObject("lfs") : entry;
		final String hash = at.get("oid").getAsString();
		return new RemoteFile(entry.get("path").getAsString(), HostReader.size(at.get("size")),
			large ? hash : null, large ? null : hash);
	}

	/** Lists of more than some hundred files come in pages. */
	private Optional<URI> next(final URI page, final String link) {
		final Matcher links = LINK.matcher(link);
		while (links.find()) {
			if (NEXT.matcher(links.group(2)).lookingAt())
				return Optional.of(target(page, links.group(1)));
		}
		return Optional.empty();
	}

	private URI target(final URI page, final String address) {
		try {
			final URI next = page.resolve(address);
			if (next.getHost() != null && Endpoint.sameOrigin(next, repository.endpoint())) return next;
			throw reader.strange(WHAT, null);
		}
		catch (final IllegalArgumentException e) {
			throw reader.strange(WHAT, e);
		}
	}

	private static Optional<String> license(final JsonObject model) {
		final JsonElement card = model.get("cardData");
		if (card == null || !card.isJsonObject()) return Optional.empty();
		final JsonElement license = card.getAsJsonObject().get("license");
		return license != null && license.isJsonPrimitive() ? Optional.of(license.getAsString())
			: Optional.empty();
	}
}
