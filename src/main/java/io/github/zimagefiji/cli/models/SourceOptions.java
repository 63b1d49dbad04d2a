
package io.github.zimagefiji.cli.models;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.hub.catalogue.Catalogue;
import io.github.zimagefiji.hub.catalogue.CatalogueEntry;
import io.github.zimagefiji.hub.source.ModelHost;
import io.github.zimagefiji.hub.source.Repository;
import picocli.CommandLine.Option;

/** What can be downloaded, and from where. */
final class SourceOptions {

	@Option(names = "--catalogue", paramLabel = "FILE",
		description = "A catalogue of your own, whose entries come first. Default: catalogue.json in the folder of models, " +
			"if there is one.")
	private Path catalogue;

	@Option(names = "--host", paramLabel = "NAME",
		description = "huggingface, modelscope, or web: a folder on a web server (--endpoint) with a list of its files, SHA256SUMS. " +
			"Default: those of the catalogue, one after the other until one answers.")
	private String host;

	@Option(names = "--endpoint", paramLabel = "URL",
		description = "A mirror that speaks like the host (huggingface if none is named), such as https://hf-mirror.com.")
	private String endpoint;

	/** The catalogue with the entries of one's own. */
	public Catalogue catalogue(final Path models) {
		return catalogue == null ? Catalogue.of(models) : Catalogue.builtIn().with(catalogue);
	}

	/**
	 * The entry, from the host that was named.
	 *
	 * @throws InvalidInputException if it is not published there, or if the address must not be asked
	 */
	public CatalogueEntry chosen(final CatalogueEntry entry) {
		return host == null && endpoint == null ? entry : entry.from(host(), mirror());
	}

	/**
	 * A repository that is not in the catalogue.
	 *
	 * @param id {@code OWNER/NAME}
	 * @throws InvalidInputException if the name is invalid, or if the address must not be asked
	 */
	public Repository repository(final String id) {
		return new Repository(host(), endpoint == null ? host().endpoint() : mirror(), id,
			host().defaultRevision());
	}

	private ModelHost host() {
		return host == null ? ModelHost.HUGGING_FACE : ModelHost.named(host);
	}

	private URI mirror() {
		try {
			return endpoint == null ? null : new URI(endpoint);
		}
		catch (final URISyntaxException e) {
			throw new InvalidInputException(
				"\"" + endpoint + "\" is no web address, such as https://hf-mirror.com.", e);
		}
	}
}
