
package io.github.zimagefiji.hub.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import com.sun.net.httpserver.HttpServer;

import io.github.zimagefiji.fuzz.Format;
import io.github.zimagefiji.fuzz.Target;
import io.github.zimagefiji.fuzz.Targets;
import io.github.zimagefiji.hub.catalogue.Catalogue;
import io.github.zimagefiji.hub.source.HostReader;
import io.github.zimagefiji.hub.source.ModelHost;
import io.github.zimagefiji.hub.source.Repository;
import io.github.zimagefiji.hub.source.RetryPolicy;
import io.github.zimagefiji.hub.source.StallWatch;
import io.github.zimagefiji.hub.source.Web;
import io.github.zimagefiji.weights.KnownSha256;

/** Readers of catalogues, of notes beside models, and of what hosts list. */
public final class HubTargets {

	private static final String HASH = "0".repeat(64);
	private static final String COMMIT = "0123456789".repeat(4);
	private static final String INFO =
		"{\"sha\":\"" + COMMIT + "\",\"cardData\":{\"license\":\"mit\"}}";
	private static final String TREE = "[{\"type\":\"file\",\"oid\":\"" + COMMIT +
		"\",\"size\":7,\"path\":\"model_index.json\"},{\"type\":\"directory\",\"path\":\"vae\"}," +
		"{\"type\":\"file\",\"oid\":\"" + COMMIT +
		"\",\"size\":9,\"path\":\"vae/x.safetensors\",\"lfs\":{\"oid\":\"" + HASH + "\",\"size\":99}}]";
	private static final String MODELSCOPE =
		"{\"Code\":200,\"Data\":{\"Files\":[{\"Type\":\"blob\",\"Path\":\"vae/x.safetensors\",\"Size\":99," +
			"\"Sha256\":\"" + HASH + "\"},{\"Type\":\"tree\",\"Path\":\"vae\"}]}}";
	private static final String SUMS =
		HASH + "  ./model_index.json\n" + HASH + " *vae/x.safetensors\n\n" + HASH + "  SHA256SUMS\n";
	private static final String CATALOGUE =
		"{\"format\":1,\"models\":[{\"name\":\"Mine\",\"kind\":\"lora\",\"description\":\"d\",\"license\":\"MIT\"," +
			"\"hosts\":[{\"host\":\"huggingface\",\"repository\":\"a/b\",\"revision\":\"main\"," +
			"\"endpoint\":\"https://example.org\"}],\"files\":[{\"path\":\"a/x.safetensors\",\"bytes\":9," +
			"\"sha256\":\"" + HASH + "\"}],\"steps\":9,\"guidance\":0.5,\"shift\":3}]}";
	private static final String NOTE =
		"{\"format\":1,\"source\":\"https://huggingface.co/a/b\",\"revision\":\"main\",\"license\":\"mit\"," +
			"\"files\":{\"vae/x.safetensors\":{\"bytes\":9,\"sha256\":\"" + HASH +
			"\",\"original\":{\"bytes\":18,\"sha256\":\"" + HASH + "\"}}}}";
	private static final String STATE = "{\"format\":1,\"repository\":\"a/b\",\"commit\":\"" +
		COMMIT + "\",\"files\":{\"x.safetensors\":{\"bytes\":9,\"hash\":\"" + HASH +
		"\",\"etag\":\"e\",\"sha256\":\"" + HASH + "\"}}}";

	private static ServerReplies answers;

	private HubTargets() {
		// only in()
	}

	/** All of them. */
	public static List<Target> in(final Path folder) throws IOException {
		final Path note = Targets.file(folder, "note of a model", ModelManifest.NAME);
		final Path weights = note.resolveSibling("vae/x.safetensors");
		Files.createDirectories(weights.getParent());
		Files.write(weights, new byte[9]);
		final ServerReplies host = answers();
		return List.of(
			new Target("catalogue", Format.JSON, Targets.file(folder, "catalogue", "x.json"),
				Targets.texts(CATALOGUE), (file, input, i) -> Catalogue.builtIn().with(file)),
			new Target("note of a model", Format.JSON, note, Targets.texts(NOTE), (file, input, i) -> {
				KnownSha256.of(weights);
				ModelManifest.read(file.getParent());
			}),
			new Target("note of a download", Format.JSON,
				Targets.file(folder, "note of a download", "x.json"), Targets.texts(STATE),
				(file, input, i) -> DownloadState.read(file)),
			new Target("listing of Hugging Face", Format.JSON,
				Targets.file(folder, "listing of Hugging Face", "x.json"), Targets.texts(TREE, INFO),
				(file, input, i) -> host.huggingFace(input)),
			new Target("listing of ModelScope", Format.JSON,
				Targets.file(folder, "listing of ModelScope", "x.json"), Targets.texts(MODELSCOPE),
				(file, input, i) -> host.modelScope(input)),
			new Target("listing of a web server", Format.TEXT,
				Targets.file(folder, "listing of a web server", "SHA256SUMS"), Targets.texts(SUMS),
				(file, input, i) -> host.webFolder(input)));
	}

	private static synchronized ServerReplies answers() throws IOException {
		if (answers == null) answers = new ServerReplies();
		return answers;
	}

	/** A host that gives an input for an answer; it stays for the process. */
	private static final class ServerReplies {

		private final URI endpoint;
		private final Web web;
		private final StallWatch watch = new StallWatch(RetryPolicy.USUAL);
		private volatile byte[] info;
		private volatile byte[] list;

		ServerReplies() throws IOException {
			// else each answer waits 40 ms for the acknowledgement of its head
			System.setProperty("sun.net.httpserver.nodelay", "true");
			final HttpServer server =
				HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
			server.createContext("/", exchange -> {
				if (exchange.getRequestMethod().equals("HEAD")) {
					exchange.getResponseHeaders().set("Content-Length", "9");
					exchange.sendResponseHeaders(200, -1);
					exchange.close();
					return;
				}
				final byte[] answer =
					exchange.getRequestURI().getPath().contains("/revision/") ? info : list;
				exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
				exchange.getResponseBody().write(answer);
				exchange.close();
			});
			// its thread is a daemon as the one that starts it is
			final Thread start = new Thread(server::start, "start of the host");
			start.setDaemon(true);
			start.start();
			endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
			web = new Web(endpoint, Optional.empty(), Duration.ofSeconds(20));
		}

		private HostReader reader(final Repository repository) {
			return new HostReader(web, repository, watch);
		}

		/** The input is what it looks like. */
		void huggingFace(final byte[] input) throws Exception {
			final boolean isInfo = new String(input, StandardCharsets.UTF_8).startsWith("{");
			info = isInfo ? input : INFO.getBytes(StandardCharsets.UTF_8);
			list = isInfo ? TREE.getBytes(StandardCharsets.UTF_8) : input;
			final Repository repository = new Repository(ModelHost.HUGGING_FACE, endpoint, "a/b", "main");
			repository.list(reader(repository));
		}

		void webFolder(final byte[] input) throws Exception {
			list = input;
			final Repository repository = new Repository(ModelHost.WEB, endpoint, "a/b", "main");
			repository.list(reader(repository)).checked();
		}

		void modelScope(final byte[] input) throws Exception {
			list = input;
			final Repository repository = new Repository(ModelHost.MODELSCOPE, endpoint, "a/b", "master");
			repository.list(reader(repository));
		}
	}
}
