
package io.github.zimagefiji.hub.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

/**
 * The lists of ModelScope: every file with its size and its SHA-256, no license and no commit.
 *
 * @see <a href= "https://github.com/modelscope/modelscope/blob/master/modelscope/hub/api.py">the
 *      site's own client</a>
 */
final class ModelScopeListing {

	private static final String WHAT = "list of files";

	private final Repository repository;
	private final HostReader reader;

	ModelScopeListing(final Repository repository, final HostReader reader) {
		this.repository = repository;
		this.reader = reader;
	}

	Listing read() throws IOException, InterruptedException {
		final JsonElement answer =
			reader.read(repository.uri("/api/v1/models/" + repository.id() + "/repo/files?Revision=" +
				Repository.encodedWhole(repository.revision()) + "&Recursive=True"), WHAT).json();
		try {
			final List<RemoteFile> files = new ArrayList<>();
			for (final JsonElement each : answer.getAsJsonObject().getAsJsonObject("Data")
				.getAsJsonArray("Files"))
			{
				final JsonObject entry = each.getAsJsonObject();
				if ("blob".equals(entry.get("Type").getAsString())) files.add(file(entry));
			}
			return new Listing(repository, repository.revision(), Optional.empty(), files);
		}
		catch (final IllegalStateException | NullPointerException | ClassCastException
				| UnsupportedOperationException e)
		{
			throw reader.strange(WHAT, e);
		}
	}

	private static RemoteFile file(final JsonObject entry) {
		final JsonElement sha = entry.get("Sha256");
		final boolean known = sha != null && sha.isJsonPrimitive() && !sha.getAsString().isEmpty();
		return new RemoteFile(entry.get("Path").getAsString(), HostReader.size(entry.get("Size")),
			known ? sha.getAsString() : null, null);
	}
}
