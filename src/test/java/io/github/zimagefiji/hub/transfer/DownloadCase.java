
package io.github.zimagefiji.hub.transfer;

import static io.github.zimagefiji.hub.transfer.DownloadFixture.SHORT;
import static io.github.zimagefiji.hub.transfer.DownloadFixture.WEIGHTS;
import static io.github.zimagefiji.hub.transfer.DownloadFixture.download;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import io.github.zimagefiji.Progress;
import io.github.zimagefiji.hub.store.Staging;

/** Downloads of one file from a site that can be made to fail. */
abstract class DownloadCase {

	@TempDir
	Path models;

	TestHost host;
	byte[] content;

	@BeforeEach
	void start() throws IOException {
		content = DownloadFixture.weights(models);
		host = new TestHost().file(WEIGHTS, content);
	}

	@AfterEach
	void stop() {
		host.close();
	}

	/** Downloads, and compares with what the server has. */
	void assertRight() throws IOException {
		assertArrayEquals(content,
			Files.readAllBytes(download(host, models, SHORT, Progress.NONE).resolve(WEIGHTS)));
		assertFalse(Files.exists(Staging.root(models, "weights")));
	}

	/** Where the begun file lies. */
	Path part() {
		return Staging.root(models, "weights").resolve("parts/" + WEIGHTS + ".part");
	}
}
