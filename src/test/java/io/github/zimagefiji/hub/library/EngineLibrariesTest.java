
package io.github.zimagefiji.hub.library;

import static io.github.zimagefiji.Refusals.assertFails;
import static io.github.zimagefiji.hub.transfer.DownloadFixture.SHORT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.zimagefiji.Progress;
import io.github.zimagefiji.engine.library.EngineSettings;
import io.github.zimagefiji.engine.library.NativeLibrary;
import io.github.zimagefiji.error.DownloadFailedException;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.hub.maintenance.ModelCheck;
import io.github.zimagefiji.hub.source.ModelHost;
import io.github.zimagefiji.hub.source.Repository;
import io.github.zimagefiji.hub.store.FileList;
import io.github.zimagefiji.hub.transfer.DownloadFixture;
import io.github.zimagefiji.hub.transfer.TestHost;

/** Native libraries from a site that is laid out as DJL's, on the loopback. */
class EngineLibrariesTest {

	private static final String TORCH = System.mapLibraryName("torch");
	private static final String ROOT = "/pytorch/" + NativeLibrary.REQUIRED + "/";
	private static final String LIBRARIES = "cu128/" + NativeLibrary.system() + "/native/lib/";

	@TempDir
	private Path cache;

	private String usual;
	private TestHost host;
	private final byte[] torch = new byte[50_000];
	private byte[] packed;
	private byte[] other;

	@BeforeEach
	void start() throws IOException {
		usual = System.setProperty("zimage.cache", cache.toString());
		new Random(1).nextBytes(torch);
		packed = gzip(torch);
		other = gzip("the C++ library".getBytes(StandardCharsets.UTF_8));
		// The names as DJL's list has them: as parts of an address.
		host = new TestHost()
			.plain(ROOT + "files.txt",
				(LIBRARIES + TORCH + ".gz\n" + LIBRARIES +
					"libstdc%2B%2B.so.6.gz\ncu128/another-system/native/lib/x.gz\ncpu/" +
					NativeLibrary.system() + "/native/lib/y.gz\n").getBytes(StandardCharsets.UTF_8))
			.plain(ROOT + LIBRARIES + TORCH + ".gz", packed)
			.plain(ROOT + LIBRARIES + "libstdc++.so.6.gz", other);
	}

	@AfterEach
	void stop() {
		host.close();
		if (usual == null) System.clearProperty("zimage.cache");
		else System.setProperty("zimage.cache", usual);
	}

	private static byte[] gzip(final byte[] content) throws IOException {
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
			out.write(content);
		}
		return bytes.toByteArray();
	}

	private Map<String, String> pinned() {
		return Map.of(LIBRARIES + TORCH + ".gz", TestHost.sha256(packed),
			LIBRARIES + "libstdc++.so.6.gz", TestHost.sha256(other));
	}

	private EngineLibraries libraries(final Map<String, String> pinned) {
		return new EngineLibraries(DownloadFixture.downloader(SHORT),
			new Repository(ModelHost.DJL, host.endpoint(), "pytorch/" + NativeLibrary.REQUIRED, "main"),
			pinned);
	}

	private Path download(final Map<String, String> pinned, final boolean unverified) {
		final EngineLibraries libraries = libraries(pinned);
		return libraries.download(libraries.offer("cu128", Progress.NONE), unverified, Progress.NONE);
	}

	@Test
	void whatIsOfferedSaysItsSizeBeforeAnythingOfItIsDownloaded() {
		final EngineLibraries.Offer offer = libraries(pinned()).offer("cu128", Progress.NONE);
		assertEquals(packed.length + other.length, offer.listing().totalBytes());
		assertEquals(List.of(), offer.unverified());
		assertTrue(offer.sentence().contains("2 files, 50.1 kB to download"), offer.sentence());
		assertEquals(List.of(ROOT + "files.txt"),
			host.asked().stream().map(TestHost.Asked::path).toList());
		assertEquals(List.of(), EngineLibraries.downloaded());
	}

	@Test
	void aDownloadedLibraryIsUnpackedCheckedAndCanBeChosen() throws IOException {
		final Path lib = download(pinned(), false);
		assertArrayEquals(torch, Files.readAllBytes(lib.resolve(TORCH)));
		assertEquals("the C++ library", Files.readString(lib.resolve("libstdc++.so.6")));
		assertEquals(List.of(lib), EngineLibraries.downloaded());
		assertFalse(Files.exists(lib.resolveSibling("cu128")));
		final ModelCheck check = ModelCheck.of(lib.getParent(), Progress.NONE);
		assertTrue(check.isGood());
		assertEquals(2, check.right().size());
		EngineSettings.DEFAULT.withLibrary(Optional.of(lib)).write();
		final int asked = host.asked().size();
		assertEquals(lib, download(pinned(), false));
		assertEquals(asked + 1, host.asked().size(), "only the list is asked for again");
	}

	@Test
	void whatHasNoKnownHashIsAskedForAndNotDownloadedUnasked() throws IOException {
		final String message = assertFails(InvalidInputException.class, () -> download(Map.of(), false),
			"UNVERIFIED", "no SHA-256 of 2 of them", "--accept-unverified");
		assertFalse(message.isEmpty());
		assertEquals(1, host.asked().size());
		assertArrayEquals(torch, Files.readAllBytes(download(Map.of(), true).resolve(TORCH)));
	}

	@Test
	void theListThatComesWithThePluginCanBeRead() {
		assertEquals(Optional.empty(),
			FileList
				.read(
					name -> EngineLibraries.class.getResourceAsStream("/io/github/zimagefiji/engine/" + name))
				.files().values().stream().filter(hash -> !hash.matches("[0-9a-f]{64}")).findAny());
	}

	@Test
	void anotherContentThanThePinnedOneIsRefused() {
		host.plain(ROOT + LIBRARIES + "libstdc++.so.6.gz", new byte[other.length]);
		assertFails(DownloadFailedException.class, () -> download(pinned(), false), "arrived damaged",
			"SHA-256");
		assertEquals(List.of(), EngineLibraries.downloaded());
	}

	@Test
	void aConnectionThatIsCutGoesOnFromThere() throws IOException {
		host.fault(ROOT + LIBRARIES + TORCH + ".gz", (exchange, content, attempt) -> {
			if (attempt > 0) return false;
			TestHost.cut(exchange, content, content.length / 2);
			return true;
		});
		assertArrayEquals(torch, Files.readAllBytes(download(pinned(), false).resolve(TORCH)));
		assertTrue(host.asked().stream()
			.anyMatch(asked -> ("bytes=" + packed.length / 2 + "-").equals(asked.range())));
	}

	@Test
	void whatCannotBeUnpackedIsNamedAndNotKept() {
		host.plain(ROOT + LIBRARIES + "libstdc++.so.6.gz", new byte[other.length]);
		assertFails(DownloadFailedException.class, () -> download(Map.of(), true), "libstdc++.so.6.gz",
			"cannot be unpacked");
		assertEquals(List.of(), EngineLibraries.downloaded());
	}

	@Test
	void aBuildThatIsNotThereIsAnsweredWithThoseThatAre() {
		assertFails(InvalidInputException.class,
			() -> libraries(Map.of()).offer("cu118", Progress.NONE), "no cu118 build",
			"There are: cu128, cpu");
		assertFails(InvalidInputException.class, () -> libraries(Map.of()).offer("../x", Progress.NONE),
			"../x", "cu128");
	}

	@Test
	void aSiteThatKeepsTheListToItselfIsNoQuestionOfTokens() {
		host.fault("/pytorch/x/files.txt", (exchange, content, attempt) -> {
			exchange.sendResponseHeaders(403, -1);
			return true;
		});
		final EngineLibraries elsewhere = new EngineLibraries(DownloadFixture.downloader(SHORT),
			new Repository(ModelHost.DJL, host.endpoint(), "pytorch/x", "main"), Map.of());
		final String message = assertFails(InvalidInputException.class,
			() -> elsewhere.offer("cpu", Progress.NONE), "There is no list of native libraries");
		assertFalse(message.contains("token") || message.contains("null"), message);
	}
}
