
package io.github.zimagefiji.hub.catalogue;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.google.gson.JsonElement;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.fields.Excerpt;
import io.github.zimagefiji.fields.Json;
import io.github.zimagefiji.fields.MalformedTextException;
import io.github.zimagefiji.hub.source.Endpoint;
import io.github.zimagefiji.hub.source.ModelHost;
import io.github.zimagefiji.hub.source.Repository;
import io.github.zimagefiji.hub.source.SafePath;
import io.github.zimagefiji.hub.store.WantedFiles;

/**
 * Reads the text of a catalogue, strictly: a catalogue decides what is downloaded from where.
 */
final class CatalogueReader {

	private static final int FORMAT = 1;
	private static final String SHA256 = "[0-9a-f]{64}";

	private final String file;

	/** @param file for messages */
	CatalogueReader(final String file) {
		this.file = file;
	}

	/** @throws InvalidInputException if anything is not as it should be */
	List<CatalogueEntry> read(final String text) {
		final CatalogueFields root =
			CatalogueFields.of(file, "the whole", parse(text)).only("format", "models");
		if (root.whole("format")
			.orElseThrow(() -> root.problem("format", "is missing; it is " + FORMAT)) != FORMAT)
			throw root.problem("format", "is not " + FORMAT + "; update the plugin");
		final List<CatalogueEntry> result = new ArrayList<>();
		for (final CatalogueFields each : root.list("models")) {
			final CatalogueFields fields = each.called("entry " + (result.size() + 1));
			result.add(entry(fields.called("entry \"" + Excerpt.of(fields.text("name")) + "\"")));
		}
		return result;
	}

	private JsonElement parse(final String text) {
		try {
			return Json.parse(text);
		}
		catch (final MalformedTextException e) {
			throw new InvalidInputException(
				file + " is not valid JSON: " + e.reason() + ". Correct it with an editor.", e);
		}
	}

	private static CatalogueEntry entry(final CatalogueFields fields) {
		final CatalogueFields entry = fields.only("name", "kind", "description", "license", "hosts",
			"files", "steps", "guidance", "shift");
		SafePath.problemOfName(entry.text("name")).ifPresent(problem -> {
			throw entry.problem("name", problem + "; it becomes the name of a folder");
		});
		final ModelKind kind =
			ModelKind.named(entry.text("kind")).orElseThrow(() -> entry.problem("kind",
				"must be model, transformer, text-encoder, autoencoder, tokenizer, controlnet or lora"));
		final List<Repository> repositories =
			entry.list("hosts").stream().map(CatalogueReader::repository).toList();
		if (repositories.isEmpty()) throw entry.problem("hosts", "names no host");
		final List<CatalogueFileEntry> files =
			entry.list("files").stream().map(CatalogueReader::file).toList();
		if (kind != ModelKind.MODEL && files.isEmpty())
			throw entry.problem("files", "names no file, which only a whole model may leave out");
		return new CatalogueEntry(entry.text("name"), kind,
			entry.optionalText("description").orElse(""), entry.text("license"), repositories, files,
			new CatalogueEntry.Defaults(entry.whole("steps").map(Long::intValue).orElse(null),
				entry.number("guidance").orElse(null), entry.number("shift").orElse(null)));
	}

	private static Repository repository(final CatalogueFields fields) {
		fields.only("host", "repository", "revision", "endpoint");
		final String name = fields.text("host");
		if (!ModelHost.isName(name)) throw fields.problem("host", "must be " + ModelHost.names());
		final ModelHost host = ModelHost.named(name);
		final String id = fields.text("repository");
		if (!Repository.isId(id)) throw fields.problem("repository", "is not of the form OWNER/NAME");
		final String revision = fields.optionalText("revision").orElse(host.defaultRevision());
		if (!Repository.isRevision(revision))
			throw fields.problem("revision", "is no branch, tag or commit");
		final URI endpoint =
			fields.optionalText("endpoint").map(text -> endpoint(fields, text)).orElse(host.endpoint());
		if (endpoint == null) throw fields.problem("endpoint", "is needed for this host");
		return new Repository(host, endpoint, id, revision);
	}

	private static URI endpoint(final CatalogueFields fields, final String text) {
		try {
			final URI uri = new URI(text);
			Endpoint.problem(uri).ifPresent(problem -> {
				throw fields.problem("endpoint", problem);
			});
			return uri;
		}
		catch (final URISyntaxException e) {
			throw fields.problem("endpoint", "is no web address");
		}
	}

	private static CatalogueFileEntry file(final CatalogueFields fields) {
		fields.only("path", "bytes", "sha256");
		final String path = fields.text("path");
		SafePath.problem(path).ifPresent(problem -> {
			throw fields.problem("path", problem);
		});
		if (!WantedFiles.isAllowed(path))
			throw fields.problem("path", "is neither safetensors nor JSON");
		final Optional<String> sha256 = fields.optionalText("sha256");
		sha256.filter(hash -> !hash.matches(SHA256)).ifPresent(hash -> {
			throw fields.problem("sha256", "is not 64 digits 0-9 and a-f");
		});
		return new CatalogueFileEntry(path, fields.whole("bytes").orElse(null), sha256.orElse(null));
	}
}
