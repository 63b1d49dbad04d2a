
package io.github.zimagefiji.hub.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.zimagefiji.RecordingProgress;
import io.github.zimagefiji.hub.source.HttpErrors;
import io.github.zimagefiji.hub.source.RetryPolicy;
import io.github.zimagefiji.request.Stage;

/** Small parts of downloads, by themselves. */
class HubPartsTest {

	private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

	@TempDir
	private Path home;

	@Test
	void aHostMayAskForAPauseInSecondsOrUntilATime() {
		assertEquals(Duration.ofSeconds(120), HttpErrors.retryAfter(" 120 ", NOW));
		assertEquals(Duration.ofMinutes(2),
			HttpErrors.retryAfter("Tue, 24 Nov 2026 12:02:00 GMT", NOW));
		assertEquals(Duration.ZERO, HttpErrors.retryAfter("Tue, 24 Nov 2026 11:00:00 GMT", NOW));
		assertNull(HttpErrors.retryAfter("soon", NOW));
		assertNull(HttpErrors.retryAfter("", NOW));
	}

	@ParameterizedTest
	@CsvSource({ "1, 500, 1000", "2, 1000, 2000", "4, 4000, 8000", "7, 30000, 60000",
		"1000, 30000, 60000" })
	void pausesDoubleUpToALimitAndDifferByChance(final int failures, final long least,
		final long most)
	{
		final Random random = new Random(5);
		final List<Long> pauses = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			pauses.add(RetryPolicy.USUAL.pauseAfter(failures, random).toMillis());
		}
		assertTrue(pauses.stream().allMatch(each -> each >= least && each <= most), pauses.toString());
		assertTrue(pauses.stream().distinct().count() > 50, pauses.toString());
	}

	@ParameterizedTest
	@CsvSource({ "HF_HUB_CACHE, ''", "HF_HOME, hub", "XDG_CACHE_HOME, huggingface/hub",
		"OTHER, .cache/huggingface/hub" })
	void theCacheIsWhereHuggingFacesProgramsHaveIt(final String variable, final String inside)
		throws IOException
	{
		final Path snapshot = home.resolve(inside).resolve("models--o--m/snapshots/1");
		Files.createDirectories(snapshot);
		Files.writeString(snapshot.resolve("model_index.json"), "{}");
		final List<InstalledModel> found =
			HuggingFaceCache.from(Map.of(variable, home.toString()), home.toString()).models();
		assertEquals(List.of(new InstalledModel("o/m", snapshot, InstalledModel.Origin.CACHE)), found);
		assertEquals(List.of(), HuggingFaceCache.from(Map.of("HF_HOME", "\0"), "").models());
	}

	@Test
	void theRateIsThatOfTheLastSecondsAndProgressNeverGoesBack() {
		final AtomicLong clock = new AtomicLong();
		final RecordingProgress told = new RecordingProgress();
		final ByteProgress meter = new ByteProgress(Stage.DOWNLOAD, 10_000_000_000L, told, clock::get);
		meter.found(2_000_000_000L);
		meter.tell();
		for (int second = 0; second < 40; second++) {
			clock.addAndGet(1_000_000_000L);
			meter.add(50_000_000);
			meter.tell();
		}
		assertEquals("2.0 GB of 10.0 GB", told.messages.get(0));
		assertEquals("4.0 GB of 10.0 GB, 50.0 MB/s", told.messages.get(40));
		assertEquals(0.4, told.fractions.get(40), 1e-12);
		meter.found(-3_000_000_000L);
		meter.tell();
		assertEquals(0.4, told.fractions.get(41), 1e-12);
	}
}
