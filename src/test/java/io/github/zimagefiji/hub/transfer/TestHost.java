
package io.github.zimagefiji.hub.transfer;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.github.zimagefiji.hub.source.ModelHost;
import io.github.zimagefiji.hub.source.Repository;

/**
 * A site with one repository on the loopback, which lists and gives files as Hugging Face and
 * ModelScope do, and fails as it is told to.
 */
public final class TestHost implements AutoCloseable {

	public static final String ID = "owner/tiny";
	public static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

	/** Answers a request for a file in another way than it should. */
	@FunctionalInterface
	public interface Fault {

		/**
		 * @param attempt how often the file was asked for before
		 * @return whether the request was answered
		 */
		boolean answer(HttpExchange exchange, byte[] content, int attempt)
			throws IOException, InterruptedException;
	}

	/** A request for a file. */
	public record Asked(String path, String range, String ifRange, String authorization) {}

	private static final int LFS_BYTES = 20_000;

	private final HttpServer server;
	private final ExecutorService threads = Executors.newCachedThreadPool();
	private final Map<String, byte[]> files = new TreeMap<>();
	private final Map<String, byte[]> plain = new TreeMap<>();
	private final Map<String, Long> listedBytes = new TreeMap<>();
	private final Map<String, String> listedSha256 = new TreeMap<>();
	private final Map<String, Fault> faults = new ConcurrentHashMap<>();
	private final Map<String, AtomicInteger> attempts = new ConcurrentHashMap<>();
	private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());
	private final List<String> extraPaths = new ArrayList<>();

	public TestHost() throws IOException {
		server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.setExecutor(threads);
		server.createContext("/", this::handle);
		server.start();
	}

	/** Adds a file. */
	public TestHost file(final String path, final byte[] content) {
		files.put(path, content);
		return this;
	}

	/** Adds a file that lies at its own address and is in no list. */
	public TestHost plain(final String address, final byte[] content) {
		plain.put(address, content);
		return this;
	}

	/** Adds all files of a folder. */
	public TestHost folder(final Path folder) throws IOException {
		try (Stream<Path> paths = Files.walk(folder)) {
			for (final Path each : paths.filter(Files::isRegularFile).toList()) {
				file(folder.relativize(each).toString().replace('\\', '/'), Files.readAllBytes(each));
			}
		}
		return this;
	}

	/** Lists a path as it is. */
	public TestHost lists(final String path) {
		extraPaths.add(path);
		return this;
	}

	public TestHost listsBytes(final String path, final long bytes) {
		listedBytes.put(path, bytes);
		return this;
	}

	public TestHost listsSha256(final String path, final String sha256) {
		listedSha256.put(path, sha256);
		return this;
	}

	public TestHost fault(final String path, final Fault fault) {
		faults.put(path, fault);
		return this;
	}

	/** The files that were asked for so far, in this order. */
	public List<Asked> asked() {
		synchronized (asked) {
			return List.copyOf(asked);
		}
	}

	public URI endpoint() {
		return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
	}

	public Repository repository(final ModelHost host) {
		return new Repository(host, endpoint(), ID, host.defaultRevision());
	}

	public Repository repository() {
		return repository(ModelHost.HUGGING_FACE);
	}

	@Override
	public void close() {
		server.stop(0);
		threads.shutdownNow();
	}

	private void handle(final HttpExchange exchange) throws IOException {
		try (exchange) {
			final String path =
				URLDecoder.decode(exchange.getRequestURI().getRawPath(), StandardCharsets.UTF_8);
			final String authorization = exchange.getRequestHeaders().getFirst("Authorization");
			if (plain.containsKey(path)) {
				plain(exchange, path);
				return;
			}
			if (faults.containsKey(path) && faults.get(path).answer(exchange, new byte[0], attempt(path)))
				return;
			if (path.equals("/api/models/" + ID + "/revision/main")) json(exchange, info());
			else
				if (path.equals("/api/models/" + ID + "/tree/" + COMMIT)) json(exchange, tree().toString());
				else if (path.equals("/api/v1/models/" + ID + "/repo/files"))
					json(exchange, modelScopeFiles());
				else if (path.startsWith("/" + ID + "/resolve/" + COMMIT + "/")) file(exchange,
					path.substring(("/" + ID + "/resolve/" + COMMIT + "/").length()), authorization);
				else if (path.startsWith("/models/" + ID + "/resolve/master/")) file(exchange,
					path.substring(("/models/" + ID + "/resolve/master/").length()), authorization);
				else if (!files.isEmpty() && path.equals("/" + ID + "/SHA256SUMS")) sums(exchange);
				else if (path.startsWith("/" + ID + "/"))
					webFile(exchange, path.substring(("/" + ID + "/").length()), authorization);
				else exchange.sendResponseHeaders(404, -1);
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	private void sums(final HttpExchange exchange) throws IOException {
		final StringBuilder lines = new StringBuilder();
		files.forEach((path, content) -> lines.append(listedSha256.getOrDefault(path, sha256(content)))
			.append("  ").append(path).append('\n'));
		whole(exchange, lines.toString().getBytes(StandardCharsets.UTF_8));
	}

	private void webFile(final HttpExchange exchange, final String path, final String authorization)
		throws IOException, InterruptedException
	{
		if (!exchange.getRequestMethod().equals("HEAD") || !files.containsKey(path)) {
			file(exchange, path, authorization);
			return;
		}
		exchange.getResponseHeaders().set("Content-Length",
			Long.toString(listedBytes.getOrDefault(path, (long) files.get(path).length)));
		exchange.sendResponseHeaders(200, -1);
	}

	private void plain(final HttpExchange exchange, final String path)
		throws IOException, InterruptedException
	{
		final byte[] content = plain.get(path);
		if (exchange.getRequestMethod().equals("HEAD")) {
			exchange.getResponseHeaders().set("Content-Length", Integer.toString(content.length));
			exchange.sendResponseHeaders(200, -1);
			return;
		}
		asked.add(new Asked(path, exchange.getRequestHeaders().getFirst("Range"),
			exchange.getRequestHeaders().getFirst("If-Range"),
			exchange.getRequestHeaders().getFirst("Authorization")));
		if (!faults.containsKey(path) || !faults.get(path).answer(exchange, content, attempt(path)))
			send(exchange, content);
	}

	private int attempt(final String path) {
		return attempts.computeIfAbsent(path, key -> new AtomicInteger()).getAndIncrement();
	}

	private void file(final HttpExchange exchange, final String path, final String authorization)
		throws IOException, InterruptedException
	{
		asked.add(new Asked(path, exchange.getRequestHeaders().getFirst("Range"),
			exchange.getRequestHeaders().getFirst("If-Range"), authorization));
		final byte[] content = files.get(path);
		if (content == null) exchange.sendResponseHeaders(404, -1);
		else
			if (!faults.containsKey(path) || !faults.get(path).answer(exchange, content, attempt(path)))
				send(exchange, content);
	}

	/** Answers as a good server does, ranges included. */
	public static void send(final HttpExchange exchange, final byte[] content) throws IOException {
		final String etag = "\"" + sha256(content) + "\"";
		exchange.getResponseHeaders().set("ETag", etag);
		final String range = exchange.getRequestHeaders().getFirst("Range");
		final String ifRange = exchange.getRequestHeaders().getFirst("If-Range");
		if (range == null || ifRange != null && !ifRange.equals(etag)) {
			whole(exchange, content);
			return;
		}
		final int start = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
		if (start >= content.length) {
			exchange.sendResponseHeaders(416, -1);
			return;
		}
		exchange.getResponseHeaders().set("Content-Range",
			"bytes " + start + "-" + (content.length - 1) + "/" + content.length);
		exchange.sendResponseHeaders(206, content.length - start);
		exchange.getResponseBody().write(content, start, content.length - start);
	}

	/** Answers with everything, whatever range was asked for. */
	public static void whole(final HttpExchange exchange, final byte[] content) throws IOException {
		exchange.sendResponseHeaders(200, content.length == 0 ? -1 : content.length);
		exchange.getResponseBody().write(content);
	}

	/** Promises everything and ends the connection early. */
	public static void cut(final HttpExchange exchange, final byte[] content, final int after)
		throws IOException
	{
		exchange.getResponseHeaders().set("ETag", "\"" + sha256(content) + "\"");
		exchange.sendResponseHeaders(200, content.length);
		final OutputStream out = exchange.getResponseBody();
		out.write(content, 0, after);
		out.flush();
	}

	/** Promises everything and gives a byte at a time. */
	public static void drip(final HttpExchange exchange, final byte[] content, final long pauseMillis)
		throws IOException, InterruptedException
	{
		exchange.sendResponseHeaders(200, content.length);
		for (final byte each : content) {
			exchange.getResponseBody().write(each);
			exchange.getResponseBody().flush();
			Thread.sleep(pauseMillis);
		}
	}

	public static void redirect(final HttpExchange exchange, final int status, final String location)
		throws IOException
	{
		exchange.getResponseHeaders().set("Location", location);
		exchange.sendResponseHeaders(status, -1);
	}

	public static String sha256(final byte[] content) {
		return digest("SHA-256", content);
	}

	private static String digest(final String algorithm, final byte[]... parts) {
		try {
			final MessageDigest digest = MessageDigest.getInstance(algorithm);
			Arrays.stream(parts).forEach(digest::update);
			return HexFormat.of().formatHex(digest.digest());
		}
		catch (final NoSuchAlgorithmException e) {
			throw new IllegalStateException(e);
		}
	}

	private static void json(final HttpExchange exchange, final String text) throws IOException {
		final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Content-Type", "application/json");
		exchange.sendResponseHeaders(200, bytes.length);
		exchange.getResponseBody().write(bytes);
	}

	private static String info() {
		return "{\"id\":\"" + ID + "\",\"sha\":\"" + COMMIT +
			"\",\"cardData\":{\"license\":\"apache-2.0\"},\"gated\":false}";
	}

	private JsonArray tree() {
		final JsonArray tree = new JsonArray();
		final JsonObject directory = new JsonObject();
		directory.addProperty("type", "directory");
		directory.addProperty("path", "transformer");
		directory.addProperty("oid", "0".repeat(40));
		directory.addProperty("size", 0);
		tree.add(directory);
		files.forEach((path, content) -> tree.add(treeEntry(path, content)));
		extraPaths.forEach(path -> tree.add(treeEntry(path, new byte[1])));
		return tree;
	}

	private JsonObject treeEntry(final String path, final byte[] content) {
		final JsonObject entry = new JsonObject();
		final long bytes = listedBytes.getOrDefault(path, (long) content.length);
		entry.addProperty("type", "file");
		entry.addProperty("path", path);
		entry.addProperty("size", bytes);
		entry.addProperty("oid",
			digest("SHA-1", ("blob " + content.length + "\0").getBytes(StandardCharsets.UTF_8), content));
		if (content.length < LFS_BYTES && !listedSha256.containsKey(path)) return entry;
		final JsonObject lfs = new JsonObject();
		lfs.addProperty("oid", listedSha256.getOrDefault(path, sha256(content)));
		lfs.addProperty("size", bytes);
		lfs.addProperty("pointerSize", 135);
		entry.add("lfs", lfs);
		return entry;
	}

	private String modelScopeFiles() {
		final JsonArray list = new JsonArray();
		files.forEach((path, content) -> {
			final JsonObject entry = new JsonObject();
			entry.addProperty("Name", path.substring(path.lastIndexOf('/') + 1));
			entry.addProperty("Path", path);
			entry.addProperty("Size", listedBytes.getOrDefault(path, (long) content.length));
			entry.addProperty("Sha256", listedSha256.getOrDefault(path, sha256(content)));
			entry.addProperty("Type", "blob");
			entry.addProperty("Revision", COMMIT);
			list.add(entry);
		});
		final JsonObject data = new JsonObject();
		data.add("Files", list);
		final JsonObject answer = new JsonObject();
		answer.addProperty("Code", 200);
		answer.addProperty("Success", true);
		answer.add("Data", data);
		return answer.toString();
	}
}
