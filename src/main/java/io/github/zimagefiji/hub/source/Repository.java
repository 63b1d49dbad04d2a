
package io.github.zimagefiji.hub.source;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Pattern;

import io.github.zimagefiji.error.InvalidInputException;

/**
 * Where a model is published.
 *
 * @param host how the site speaks
 * @param endpoint the site's address, a mirror's, or that of a web server that holds folders of
 *          models; HTTPS, or HTTP on this computer
 * @param id {@code OWNER/NAME}
 * @param revision a branch, a tag or a commit
 */
public record Repository(ModelHost host, URI endpoint, String id, String revision) {

	private static final Pattern ID =
		Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*/[A-Za-z0-9_][A-Za-z0-9._-]*");
	private static final Pattern REVISION = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._/-]*");

	/**
	 * @throws InvalidInputException if the address, the name or the revision is none
	 */
	public Repository {
		Objects.requireNonNull(host, "host");
		if (endpoint == null) throw new InvalidInputException("The host \"" + host.id() +
			"\" needs an address, such as https://models.example.org (--endpoint, or the field Mirror).");
		Endpoint.problem(endpoint).ifPresent(problem -> {
			throw new InvalidInputException("The address " + endpoint + " " + problem + ".");
		});
		if (!isId(id)) throw new InvalidInputException(
			"\"" + id + "\" is no name of a repository. It has the form " +
				"OWNER/NAME, such as Tongyi-MAI/Z-Image-Turbo.");
		if (!isRevision(revision)) throw new InvalidInputException(
			"\"" + revision + "\" is no name of a revision. Give a branch, a tag or a commit, such as " +
				host.defaultRevision() + ".");
	}

	/** A repository of the site itself, at the branch that it shows. */
	public static Repository on(final ModelHost host, final String id) {
		return new Repository(host, host.endpoint(), id, host.defaultRevision());
	}

	/** The page that people read before they download. */
	public URI page() {
		return uri(host.page(id));
	}

	/** Such as "Tongyi-MAI/Z-Image-Turbo on Hugging Face". */
	public String title() {
		return id + " on " + (isOnHostItself() ? host.title() : endpoint.getRawAuthority());
	}

	/** Whether the host itself is asked, and no mirror of it. */
	boolean isOnHostItself() {
		return host.endpoint() != null && Endpoint.sameOrigin(endpoint, host.endpoint());
	}

	/**
	 * Asks the host for all files.
	 *
	 * @throws TransferException if it is worth trying again
	 */
	public Listing list(final HostReader reader) throws IOException, InterruptedException {
		return host.list(this, reader);
	}

	public static boolean isId(final String id) {
		return ID.matcher(id).matches() && !id.contains("..");
	}

	public static boolean isRevision(final String revision) {
		return REVISION.matcher(revision).matches() && !revision.contains("..") &&
			!revision.contains("//");
	}

	/** The address of a file. */
	public URI file(final String commit, final String path) {
		return uri(host.file(id, commit, path));
	}

	/** An address of the site. */
	URI uri(final String pathAndQuery) {
		final String base = endpoint.toString();
		return URI
			.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + pathAndQuery);
	}

	/** A part of an address in which slashes are written as such. */
	static String encoded(final String path) {
		return encodedWhole(path).replace("%2F", "/");
	}

	/** A part of an address that has no slashes in it. */
	static String encodedWhole(final String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
	}
}
