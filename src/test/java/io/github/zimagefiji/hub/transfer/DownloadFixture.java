
package io.github.zimagefiji.hub.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.zimagefiji.Progress;
import io.github.zimagefiji.hub.source.RetryPolicy;
import io.github.zimagefiji.hub.source.Tokens;
import io.github.zimagefiji.hub.store.InstalledModel;
import io.github.zimagefiji.weights.writer.FloatTensor;
import io.github.zimagefiji.weights.writer.SafetensorsWriter;

/** What tests of downloads share. */
public final class DownloadFixture {

	/** A real file of weights of some tens of kilobytes. */
	public static final String WEIGHTS = "weights.safetensors";

	/** Waits in milliseconds where people wait in seconds. */
	public static final RetryPolicy SHORT =
		new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(20), Duration.ofSeconds(5),
			Duration.ofSeconds(20), Duration.ofSeconds(20), 1);

	private DownloadFixture() {}

	public static Downloader downloader(final RetryPolicy patience) {
		return new Downloader(new DownloadSettings(4, patience, Tokens.NONE));
	}

	public static byte[] weights(final Path folder) throws IOException {
		final float[] values = new float[10_000];
		for (int i = 0; i < values.length; i++) {
			values[i] = i * 0.37f;
		}
		final Path file = folder.resolve("made.safetensors");
		SafetensorsWriter.write(file,
			Map.of("w", new FloatTensor(new long[] { values.length }, values)), Map.of());
		final byte[] bytes = Files.readAllBytes(file);
		Files.delete(file);
		return bytes;
	}

	/** Downloads the one file of a host into the folder {@code weights}. */
	static Path download(final TestHost host, final Path models, final RetryPolicy patience,
		final Progress progress)
	{
		final Downloader downloader = downloader(patience);
		return downloader.download(downloader.list(host.repository(), progress), models, "weights",
			progress);
	}

	/** Asserts that no model is to be seen. */
	static void assertNothingIn(final Path models) {
		assertEquals(List.of(), InstalledModel.in(List.of(models)));
		assertFalse(Files.exists(models.resolve("weights")));
	}
}
