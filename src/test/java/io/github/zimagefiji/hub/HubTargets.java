
package io.github.zimagefiji.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.github.zimagefiji.fuzz.Format;
import io.github.zimagefiji.fuzz.Target;
import io.github.zimagefiji.fuzz.Targets;
import io.github.zimagefiji.weights.KnownSha256;

/** Readers of catalogues and of notes beside models. */
public final class HubTargets {

	private static final String HASH = "0".repeat(64);
	private static final String COMMIT = "0123456789".repeat(4);
	private static final String CATALOGUE =
		"{\"format\":1,\"models\":[{\"name\":\"Mine\",\"kind\":\"lora\",\"description\":\"d\",\"license\":\"MIT\"," +
			"\"hosts\":[{\"host\":\"huggingface\",\"repository\":\"a/b\",\"revision\":\"main\"," +
			"\"endpoint\":\"https://example.org\"}],\"files\":[{\"path\":\"a/x.safetensors\",\"bytes\":9," +
			"\"sha256\":\"" + HASH +
			"\"}],\"steps\":9,\"guidance\":0.5,\"shift\":3}]}";
	private static final String NOTE =
		"{\"format\":1,\"source\":\"https://huggingface.co/a/b\",\"revision\":\"main\",\"license\":\"mit\"," +
			"\"files\":{\"vae/x.safetensors\":{\"bytes\":9,\"sha256\":\"" + HASH +
			"\",\"original\":{\"bytes\":18,\"sha256\":\"" + HASH + "\"}}}}";
	private static final String STATE =
		"{\"format\":1,\"repository\":\"a/b\",\"commit\":\"" + COMMIT +
			"\",\"files\":{\"x.safetensors\":{\"bytes\":9,\"hash\":\"" + HASH +
			"\",\"etag\":\"e\",\"sha256\":\"" + HASH + "\"}}}";

	private HubTargets() {
		// only in()
	}

	/** All of them. */
	public static List<Target> in(final Path folder) throws IOException {
		final Path note = Targets.file(folder, "note of a model",
			ModelManifest.NAME);
		final Path weights = note.resolveSibling("vae/x.safetensors");
		Files.createDirectories(weights.getParent());
		Files.write(weights, new byte[9]);
		return List.of(new Target("catalogue", Format.JSON, Targets.file(folder,
			"catalogue", "x.json"), Targets.texts(CATALOGUE), (file, input,
				i) -> Catalogue.builtIn().with(file)), new Target("note of a model",
					Format.JSON, note, Targets.texts(NOTE), (file, input, i) -> {
						KnownSha256.of(weights);
						ModelManifest.read(file.getParent());
					}), new Target("note of a download", Format.JSON, Targets.file(folder,
						"note of a download", "x.json"), Targets.texts(STATE), (file, input,
							i) -> DownloadState.read(file)));
	}

}
