
package io.github.zimagefiji.hub.transfer;

import static io.github.zimagefiji.Refusals.assertFails;
import static io.github.zimagefiji.hub.transfer.DownloadFixture.SHORT;
import static io.github.zimagefiji.hub.transfer.DownloadFixture.WEIGHTS;
import static io.github.zimagefiji.hub.transfer.DownloadFixture.assertNothingIn;
import static io.github.zimagefiji.hub.transfer.DownloadFixture.download;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.zimagefiji.Progress;
import io.github.zimagefiji.error.DownloadFailedException;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.hub.source.Listing;
import io.github.zimagefiji.hub.source.ModelHost;
import io.github.zimagefiji.hub.source.Repository;
import io.github.zimagefiji.hub.source.Tokens;
import io.github.zimagefiji.hub.store.ModelManifest;

/**
 * Redirects, as sites use them to let other computers give the large files, and the token that must
 * not go along.
 */
class DownloadRedirectTest {

	private static final String SECRET = "hf_NobodyMayKnowThis";

	@TempDir
	private Path models;

	private TestHost host;
	private TestHost other;
	private byte[] content;

	@BeforeEach
	void start() throws IOException {
		content = DownloadFixture.weights(models);
		host = new TestHost().file(WEIGHTS, content);
		other = new TestHost().file(WEIGHTS, content);
	}

	@AfterEach
	void stop() {
		host.close();
		other.close();
	}

	private void redirectTo(final String location) {
		host.fault(WEIGHTS, (exchange, bytes, attempt) -> {
			TestHost.redirect(exchange, 302, location);
			return true;
		});
	}

	private String onOther() {
		return other.endpoint() + "/" + TestHost.ID + "/resolve/" + TestHost.COMMIT + "/" + WEIGHTS +
			"?signature=x";
	}

	@Test
	void theFileComesFromWhereTheHostPoints() throws IOException {
		redirectTo(onOther());
		assertArrayEquals(content,
			Files.readAllBytes(download(host, models, SHORT, Progress.NONE).resolve(WEIGHTS)));
		assertEquals(1, other.asked().size());
	}

	@Test
	void aCutDownloadGoesOnThroughTheRedirect() throws IOException {
		redirectTo(onOther());
		other.fault(WEIGHTS, (exchange, bytes, attempt) -> {
			if (attempt == 0) TestHost.cut(exchange, bytes, 1000);
			return attempt == 0;
		});
		assertArrayEquals(content,
			Files.readAllBytes(download(host, models, SHORT, Progress.NONE).resolve(WEIGHTS)));
		assertEquals("bytes=1000-", other.asked().get(1).range());
	}

	/** As if the test's host were the one that gave the token. */
	private static final class TokenForAll implements Tokens {

		@Override
		public Optional<String> tokenFor(final ModelHost known) {
			return Optional.of(SECRET);
		}

		@Override
		public Optional<String> tokenFor(final Repository repository) {
			return Optional.of(SECRET);
		}
	}

	/** Whatever an option or a catalogue calls Hugging Face. */
	@Test
	void aMirrorGetsNoToken() throws IOException {
		final Downloader downloader = new Downloader(new DownloadSettings(2, SHORT,
			Tokens.from(Map.of("HF_TOKEN", SECRET, "MODELSCOPE_API_TOKEN", SECRET))));
		downloader.download(downloader.list(host.repository(), true, Progress.NONE), models, "m",
			Progress.NONE);
		assertEquals(1, host.asked().size());
		host.asked().forEach(each -> assertNull(each.authorization()));
	}

	@Test
	void tokensAreForTheHostsOwnAddressOnly() {
		final Tokens tokens = Tokens.from(Map.of("HF_TOKEN", "a", "MODELSCOPE_API_TOKEN", "b"));
		assertEquals(Optional.of("a"), tokens.tokenFor(Repository.on(ModelHost.HUGGING_FACE, "o/n")));
		assertEquals(Optional.of("b"), tokens.tokenFor(Repository.on(ModelHost.MODELSCOPE, "o/n")));
		assertEquals(Optional.of("a"), tokens.tokenFor(new Repository(ModelHost.HUGGING_FACE,
			URI.create("https://HuggingFace.co:443/x"), "o/n", "main")));
		for (final String other : new String[] { "https://hf-mirror.com",
			"https://huggingface.co.example.org", "https://huggingface.co:8443",
			"https://cdn.huggingface.co", "https://www.modelscope.cn", "http://127.0.0.1:1" })
		{
			assertEquals(Optional.empty(),
				tokens.tokenFor(new Repository(ModelHost.HUGGING_FACE, URI.create(other), "o/n", "main")),
				other);
		}
	}

	@Test
	void beforeTheLicenseIsAcceptedNoTokenIsSent() {
		final List<String> sent = new CopyOnWriteArrayList<>();
		for (final String path : new String[] { "revision/main", "tree/" + TestHost.COMMIT }) {
			host.fault("/api/models/" + TestHost.ID + "/" + path, (exchange, bytes, attempt) -> {
				sent.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
				return false;
			});
		}
		final Downloader downloader = new Downloader(new DownloadSettings(2, SHORT, new TokenForAll()));
		downloader.list(host.repository(), Progress.NONE);
		downloader.list(host.repository(), false, Progress.NONE);
		assertEquals(List.of("null", "null", "null", "null"), sent);
		downloader.list(host.repository(), true, Progress.NONE);
		assertEquals(List.of("Bearer " + SECRET, "Bearer " + SECRET), sent.subList(4, 6));
	}

	@Test
	void theTokenGoesToTheHostAndNowhereElse() throws IOException {
		redirectTo(onOther());
		final Downloader downloader = new Downloader(new DownloadSettings(2, SHORT, new TokenForAll()));
		final Path model = downloader.download(downloader.list(host.repository(), true, Progress.NONE),
			models, "m", Progress.NONE);
		assertEquals("Bearer " + SECRET, host.asked().get(0).authorization());
		assertNull(other.asked().get(0).authorization());
		assertFalse(Files.readString(model.resolve(ModelManifest.NAME)).contains(SECRET));
	}

	@Test
	void theTokenIsInNoMessageAndNoFile() throws IOException {
		other.fault(WEIGHTS, (exchange, bytes, attempt) -> {
			TestHost.cut(exchange, bytes, 10);
			return true;
		});
		redirectTo(onOther());
		final Downloader downloader = new Downloader(new DownloadSettings(2, SHORT, new TokenForAll()));
		final Listing listing = downloader.list(host.repository(), Progress.NONE);
		Throwable failure = assertThrows(DownloadFailedException.class,
			() -> downloader.download(listing, models, "m", Progress.NONE));
		for (; failure != null; failure = failure.getCause()) {
			assertFalse(failure.toString().contains(SECRET), failure.toString());
		}
		try (Stream<Path> files = Files.walk(models)) {
			for (final Path each : files.filter(Files::isRegularFile)
				.filter(file -> file.toString().endsWith(".json")).toList())
			{
				assertFalse(
					Files.readString(each).contains(SECRET) || Files.readString(each).contains("signature"),
					each.toString());
			}
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 401, 403 })
	void aClosedModelSaysWhereTheTokenBelongs(final int status) {
		host.fault("/api/models/owner/tiny/revision/main", (exchange, bytes, attempt) -> {
			exchange.sendResponseHeaders(status, -1);
			return true;
		});
		assertFails(InvalidInputException.class, () -> download(host, models, SHORT, Progress.NONE),
			"HTTP " + status, "HF_TOKEN", host.endpoint() + "/owner/tiny");
	}

	@Test
	void aRedirectInACircleEnds() {
		redirectTo("/owner/tiny/resolve/" + TestHost.COMMIT + "/" + WEIGHTS);
		assertFails(DownloadFailedException.class, () -> download(host, models, SHORT, Progress.NONE),
			WEIGHTS, "redirects in a circle");
		assertNothingIn(models);
	}

	@Test
	void redirectsWithoutEndEnd() {
		host.fault(WEIGHTS, (exchange, bytes, attempt) -> {
			TestHost.redirect(exchange, 307, exchange.getRequestURI().getPath() + "?again=" + attempt);
			return true;
		});
		assertFails(DownloadFailedException.class, () -> download(host, models, SHORT, Progress.NONE),
			"redirects more than 8 times");
		assertEquals(9, host.asked().size());
		assertNothingIn(models);
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://example.org/x", "ftp://127.0.0.1/x", "http://example.org/x",
		"http://10.0.0.1/x" })
	void aRedirectToAnotherSchemeOrToAnUnsafeHostIsRefused(final String location) {
		redirectTo(location);
		assertFails(DownloadFailedException.class, () -> download(host, models, SHORT, Progress.NONE),
			"redirects to " + URI.create(location).getScheme() + "://" + URI.create(location).getHost(),
			"not as safe");
		assertNothingIn(models);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "file:///etc/passwd", "http:// /" })
	void aRedirectToNoAddressIsRefused(final String location) {
		redirectTo(location);
		final String message = assertFails(DownloadFailedException.class,
			() -> download(host, models, SHORT, Progress.NONE));
		assertTrue(message.contains("no address"), message);
		assertNothingIn(models);
	}

	@ParameterizedTest
	@ValueSource(
		strings = { "http://huggingface.co", "http://127.0.0.1.example.org", "ftp://localhost",
			"huggingface.co", "https://user:secret@huggingface.co", "https://huggingface.co?x=1" })
	void anAddressThatIsNotSafeIsRefused(final String endpoint) {
		assertFails(InvalidInputException.class,
			() -> new Repository(ModelHost.HUGGING_FACE, URI.create(endpoint), "owner/tiny", "main"),
			endpoint);
	}

	@ParameterizedTest
	@ValueSource(strings = { "tiny", "../tiny", "a/b/c", "owner/..", "owner/ti ny", "owner/tiny?x" })
	void aNameThatIsNoRepositoryIsRefused(final String id) {
		assertFails(InvalidInputException.class, () -> Repository.on(ModelHost.HUGGING_FACE, id), id,
			"OWNER/NAME");
	}
}
