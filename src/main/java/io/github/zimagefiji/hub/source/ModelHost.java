
package io.github.zimagefiji.hub.source;

import java.io.IOException;
import java.net.URI;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.zimagefiji.error.InvalidInputException;

/** The sites that models are published on, and how each of them speaks. */
public enum ModelHost {

		/** huggingface.co, and mirrors that speak like it. */
		HUGGING_FACE("huggingface", "Hugging Face", "https://huggingface.co", "main", "HF_TOKEN",
			"/%s/resolve/%s/%s",
			(repository, reader) -> new HuggingFaceListing(repository, reader).read()),
		/** modelscope.cn. */
		MODELSCOPE("modelscope", "ModelScope", "https://www.modelscope.cn", "master",
			"MODELSCOPE_API_TOKEN", "/models/%s/resolve/%s/%s",
			(repository, reader) -> new ModelScopeListing(repository, reader).read()),
		/** A folder on any web server, with the list that {@code sha256sum} writes. */
		WEB("web", "a web server", null, "main", null, "/%1$s/%3$s",
			(repository, reader) -> new WebFolderListing(repository, reader).read()),
		/**
		 * publish.djl.ai, which has no models, but native libraries for the computing engine; it is
		 * open to everybody, and its lists are files of their own.
		 */
		DJL("djl", "DJL's site", "https://publish.djl.ai", "main", null, "/%1$s/%3$s",
			(repository, reader) -> {
				throw new IllegalArgumentException("no models");
			});

	/** Asks for all files of a repository. */
	private interface Lister {

		Listing list(Repository repository, HostReader reader) throws IOException, InterruptedException;
	}

	private final String id;
	private final String title;
	private final URI endpoint;
	private final String revision;
	private final String tokenVariable;
	private final String file;
	private final Lister lister;

	/** @param file the path of a file, of the repository's name, the commit and the file's path */
	ModelHost(final String id, final String title, final String endpoint, final String revision,
		final String tokenVariable, final String file, final Lister lister)
	{
		this.id = id;
		this.title = title;
		this.endpoint = endpoint == null ? null : URI.create(endpoint);
		this.revision = revision;
		this.tokenVariable = tokenVariable;
		this.file = file;
		this.lister = lister;
	}

	/** What files of this program call it. */
	public String id() {
		return id;
	}

	/** What people call it. */
	public String title() {
		return title;
	}

	/** The site's own address; null if it has none, so that one must be named. */
	public URI endpoint() {
		return endpoint;
	}

	/** The branch that is meant if none is named. */
	public String defaultRevision() {
		return revision;
	}

	/**
	 * The environment variable that holds the user's token, as the site's own programs call it; null
	 * if it needs none.
	 */
	public String tokenVariable() {
		return tokenVariable;
	}

	/**
	 * Asks for all files of a repository.
	 *
	 * @throws TransferException if it is worth trying again
	 */
	Listing list(final Repository repository, final HostReader reader)
		throws IOException, InterruptedException
	{
		return lister.list(repository, reader);
	}

	/** The path of a repository's page. */
	String page(final String id) {
		return file.substring(0, file.indexOf('%')) + id;
	}

	/** The path of a file. */
	String file(final String id, final String commit, final String path) {
		return String.format(file, id, Repository.encodedWhole(commit), Repository.encoded(path));
	}

	/**
	 * Finds a host of models by its {@link #id}.
	 *
	 * @throws InvalidInputException if there is none
	 */
	public static ModelHost named(final String id) {
		return models().filter(each -> each.id.equals(id)).findFirst().orElseThrow(
			() -> new InvalidInputException("There is no host \"" + id + "\". Use " + names() + "."));
	}

	/** Whether a host of models is called so. */
	public static boolean isName(final String id) {
		return models().anyMatch(each -> each.id.equals(id));
	}

	/** The names of all hosts of models, for a sentence. */
	public static String names() {
		return models().map(ModelHost::id).collect(Collectors.joining(", ")).replaceFirst(", ([^,]*)$",
			" or $1");
	}

	private static Stream<ModelHost> models() {
		return Stream.of(values()).filter(each -> each != DJL);
	}
}
