
package io.github.zimagefiji.updatesite;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * Hands out the files of a folder by HTTP, on this machine only: what a web server has to do for an
 * update site.
 */
final class FileServer implements AutoCloseable {

	private final Path folder;
	private final HttpServer server;

	FileServer(final Path folder) throws IOException {
		this.folder = folder;
		server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/", this::answer);
		server.start();
	}

	/** The address of the folder, with a slash at its end. */
	URI address() {
		return URI.create("http://" + server.getAddress().getAddress().getHostAddress() + ":" +
			server.getAddress().getPort() + "/");
	}

	private void answer(final HttpExchange exchange) throws IOException {
		final Path file = folder.resolve(exchange.getRequestURI().getPath().substring(1)).normalize();
		final boolean found = file.startsWith(folder) && Files.isRegularFile(file);
		exchange.sendResponseHeaders(found ? 200 : 404, found ? Files.size(file) : -1);
		if (found) try (OutputStream out = exchange.getResponseBody()) {
			Files.copy(file, out);
		}
		exchange.close();
	}

	@Override
	public void close() {
		server.stop(0);
	}
}
