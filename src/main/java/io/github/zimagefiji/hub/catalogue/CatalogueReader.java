
package io.github.zimagefiji.hub.catalogue;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;

import com.google.gson.JsonElement;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.fields.Excerpt;
import io.github.zimagefiji.fields.Fields;
import io.github.zimagefiji.fields.Json;
import io.github.zimagefiji.fields.MalformedTextException;
import io.github.zimagefiji.fields.Wording;
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
		final Fields root = parse(text).only(List.of("format", "models"));
		if (root.whole("format", 0) != FORMAT)
			throw root.problem("format", "is not " + FORMAT + "; update the plugin");
		final List<CatalogueEntry> result = new ArrayList<>();
		for (final Fields each : root.sections("models")) {
			final String name = each.in(words("entry " + (result.size() + 1))).filled("name");
			result.add(entry(each.in(words("entry \"" + Excerpt.of(name) + "\""))));
		}
		return result;
	}

	private Wording words(final String entry) {
		final String begin = "In " + file + ", " + entry + ": ";
		return new Wording(begin, "the field \"{}\"", begin + "the field \"{}\" is missing.", false);
	}

	private Fields parse(final String text) {
		try {
			final JsonElement root = Json.parse(text);
			if (root.isJsonObject()) return Fields.of(root.getAsJsonObject(), words("the whole"));
			throw new InvalidInputException("In " + file + ", the whole is not an object in braces.");
		}
		catch (final MalformedTextException e) {
			throw new InvalidInputException(
				file + " is not valid JSON: " + e.reason() + ". Correct it with an editor.", e);
		}
	}

	private static CatalogueEntry entry(final Fields entry) {
		entry.only(List.of("name", "kind", "description", "license", "hosts", "files", "steps",
			"guidance", "shift"));
		SafePath.problemOfName(entry.text("name")).ifPresent(problem -> {
			throw entry.problem("name", problem + "; it becomes the name of a folder");
		});
		final ModelKind kind =
			ModelKind.named(entry.text("kind")).orElseThrow(() -> entry.problem("kind",
				"must be model, transformer, text-encoder, autoencoder, tokenizer, controlnet or lora"));
		final List<Repository> repositories =
			entry.sections("hosts").stream().map(CatalogueReader::repository).toList();
		if (repositories.isEmpty()) throw entry.problem("hosts", "names no host");
		final List<CatalogueFileEntry> files =
			entry.sections("files").stream().map(CatalogueReader::file).toList();
		if (kind != ModelKind.MODEL && files.isEmpty())
			throw entry.problem("files", "names no file, which only a whole model may leave out");
		return new CatalogueEntry(entry.text("name"), kind, entry.filled("description", ""),
			entry.filled("license"), repositories, files,
			new CatalogueEntry.Defaults(
				entry.has("steps") ? (Integer) entry.integer("steps", 0, Integer.MAX_VALUE) : null,
				number(entry, "guidance"), number(entry, "shift")));
	}

	private static Double number(final Fields entry, final String name) {
		if (!entry.has(name)) return null;
		if (entry.number(name) >= 0) return entry.number(name);
		throw entry.problem(name, "must be a number from 0 on");
	}

	private static Repository repository(final Fields fields) {
		fields.only(List.of("host", "repository", "revision", "endpoint"));
		final String name = fields.text("host");
		if (!ModelHost.isName(name)) throw fields.problem("host", "must be " + ModelHost.names());
		final ModelHost host = ModelHost.named(name);
		final String id = fields.text("repository");
		if (!Repository.isId(id)) throw fields.problem("repository", "is not of the form OWNER/NAME");
		final String revision = fields.filled("revision", host.defaultRevision());
		if (!Repository.isRevision(revision))
			throw fields.problem("revision", "is no branch, tag or commit");
		final URI endpoint = fields.has("endpoint") ? endpoint(fields) : host.endpoint();
		if (endpoint == null) throw fields.problem("endpoint", "is needed for this host");
		return new Repository(host, endpoint, id, revision);
	}

	private static URI endpoint(final Fields fields) {
		try {
			final URI uri = new URI(fields.filled("endpoint"));
			Endpoint.problem(uri).ifPresent(problem -> {
				throw fields.problem("endpoint", problem);
			});
			return uri;
		}
		catch (final URISyntaxException e) {
			throw fields.problem("endpoint", "is no web address");
		}
	}

	private static CatalogueFileEntry file(final Fields fields) {
		fields.only(List.of("path", "bytes", "sha256"));
		final String path = fields.text("path");
		SafePath.problem(path).ifPresent(problem -> {
			throw fields.problem("path", problem);
		});
		if (!WantedFiles.isAllowed(path))
			throw fields.problem("path", "is neither safetensors nor JSON");
		final String sha256 = fields.text("sha256", null);
		if (sha256 != null && !sha256.matches(SHA256))
			throw fields.problem("sha256", "is not 64 digits 0-9 and a-f");
		return new CatalogueFileEntry(path,
			fields.has("bytes") ? (Long) fields.whole("bytes", 0) : null, sha256);
	}
}
