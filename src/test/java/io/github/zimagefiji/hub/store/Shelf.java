
package io.github.zimagefiji.hub.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.github.zimagefiji.hub.HubModels;
import io.github.zimagefiji.hub.catalogue.Catalogue;
import io.github.zimagefiji.hub.transfer.TestHost;

/**
 * A host with the tiny reference model in float32, and a folder of models whose catalogue knows it
 * as {@value #NAME}.
 */
public final class Shelf implements AutoCloseable {

	/**
	 * The model's name in the catalogue; its license there is {@code CC0-1.0}, on the host
	 * {@code apache-2.0}.
	 */
	public static final String NAME = "Tiny 模型";

	/** A file of the model's weights. */
	public static final String WEIGHTS = "vae/diffusion_pytorch_model.safetensors";

	private final Path models;
	private final TestHost host;

	/**
	 * @param folder where the folder of models, with blanks and letters beyond ASCII in its name, is
	 *          made
	 */
	public Shelf(final Path folder) throws IOException {
		models = Files.createDirectories(folder.resolve("Fiji für Anfänger/models/z-image 模型"));
		host = new TestHost().folder(HubModels.copyWide(folder.resolve("published")));
		catalogue("\"steps\": 8");
	}

	/** Writes the catalogue of the folder of models. */
	public void catalogue(final String lastField) throws IOException {
		Files.writeString(models.resolve(Catalogue.NAME), """
				{ "format": 1, "models": [ { "name": "%s", "kind": "model", "license": "CC0-1.0",
				  "hosts": [ { "host": "huggingface", "repository": "%s", "endpoint": "%s" } ], %s } ] }
				""".formatted(NAME, TestHost.ID, host.endpoint(), lastField));
	}

	/** The folder of models. */
	public Path models() {
		return models;
	}

	/** The model's folder, once it is there. */
	public Path model() {
		return models.resolve(NAME);
	}

	public TestHost host() {
		return host;
	}

	/** Changes one bit of the model's weights. */
	public void damage() throws IOException {
		HubModels.flip(model().resolve(WEIGHTS));
	}

	/** How many bytes a file of a download that was broken off has. */
	public long bytesOfPart(final String path) {
		return Staging.root(models, NAME).resolve("parts").resolve(path + ".part").toFile().length();
	}

	/**
	 * Gives half of a file at the first time it is asked for, and then nothing.
	 */
	public void holdBackHalf(final String path) {
		host.fault(path, (exchange, bytes, attempt) -> {
			if (attempt > 0) return false;
			exchange.getResponseHeaders().set("ETag", "\"" + TestHost.sha256(bytes) + "\"");
			exchange.sendResponseHeaders(200, bytes.length);
			exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
			exchange.getResponseBody().flush();
			Thread.sleep(600_000); // until the host is closed, which interrupts
			return true;
		});
	}

	@Override
	public void close() {
		host.close();
	}
}
