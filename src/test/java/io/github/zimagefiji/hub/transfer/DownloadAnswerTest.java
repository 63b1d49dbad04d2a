
package io.github.zimagefiji.hub.transfer;

import static io.github.zimagefiji.Refusals.assertFails;
import static io.github.zimagefiji.hub.transfer.DownloadFixture.SHORT;
import static io.github.zimagefiji.hub.transfer.DownloadFixture.WEIGHTS;
import static io.github.zimagefiji.hub.transfer.DownloadFixture.assertNothingIn;
import static io.github.zimagefiji.hub.transfer.DownloadFixture.download;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.zimagefiji.Progress;
import io.github.zimagefiji.error.DownloadFailedException;
import io.github.zimagefiji.hub.source.ModelHost;

/**
 * Downloads from a server that answers in strange ways: the file is right or absent, and the
 * message says why.
 */
class DownloadAnswerTest extends DownloadCase {

	@Test
	void aRangeThatTheServerRefusesIsBegunAgain() throws IOException {
		host.fault(WEIGHTS, (exchange, bytes, attempt) -> {
			if (attempt == 0) TestHost.cut(exchange, bytes, bytes.length / 2);
			if (attempt == 1) exchange.sendResponseHeaders(416, -1);
			return attempt < 2;
		});
		assertRight();
		assertEquals(3, host.asked().size());
		assertNull(host.asked().get(2).range());
	}

	@Test
	void aServerThatIgnoresRangesGivesTheWholeFileOnce() throws IOException {
		host.fault(WEIGHTS, (exchange, bytes, attempt) -> {
			if (attempt == 0) TestHost.cut(exchange, bytes, bytes.length / 2);
			else TestHost.whole(exchange, bytes);
			return true;
		});
		assertRight();
	}

	@Test
	void anotherPartThanTheOneAskedForIsNotUsed() throws IOException {
		host.fault(WEIGHTS, (exchange, bytes, attempt) -> {
			if (attempt == 0) TestHost.cut(exchange, bytes, bytes.length / 2);
			if (attempt == 1) {
				exchange.getResponseHeaders().set("Content-Range", "bytes 0-99/" + bytes.length);
				exchange.sendResponseHeaders(206, 100);
				exchange.getResponseBody().write(bytes, 0, 100);
			}
			return attempt < 2;
		});
		assertRight();
	}

	@Test
	void aServerThatIsAskedTooOftenIsGivenItsTime() throws IOException {
		final List<Long> times = Collections.synchronizedList(new ArrayList<>());
		host.fault(WEIGHTS, (exchange, bytes, attempt) -> {
			times.add(System.nanoTime());
			exchange.getResponseHeaders().set("Retry-After", "1");
			if (attempt == 0) exchange.sendResponseHeaders(429, -1);
			return attempt == 0;
		});
		assertRight();
		assertTrue(times.get(1) - times.get(0) >= Duration.ofSeconds(1).toNanos(), times.toString());
	}

	@Test
	void aServerThatWantsMoreTimeThanOneHasIsNotWaitedFor() {
		host.fault(WEIGHTS, (exchange, bytes, attempt) -> {
			exchange.getResponseHeaders().set("Retry-After", "3600");
			exchange.sendResponseHeaders(429, -1);
			return true;
		});
		assertFails(DownloadFailedException.class, () -> download(host, models, SHORT, Progress.NONE),
			"too many requests (HTTP 429)", "asks to wait for 3600 s");
		assertEquals(1, host.asked().size());
		assertNothingIn(models);
	}

	@Test
	void aServerInTroubleIsAskedAgain() throws IOException {
		host.fault(WEIGHTS, (exchange, bytes, attempt) -> {
			if (attempt == 0) exchange.sendResponseHeaders(500, -1);
			if (attempt == 1) exchange.sendResponseHeaders(503, -1);
			return attempt < 2;
		});
		assertRight();
	}

	@Test
	void aListThatFailsOnceIsAskedForAgain() throws IOException {
		host.fault("/api/models/owner/tiny/revision/main", (exchange, bytes, attempt) -> {
			if (attempt == 0) exchange.sendResponseHeaders(502, -1);
			return attempt == 0;
		});
		assertRight();
	}

	@Test
	void aListThatIsNoneIsSaidSo() {
		host.fault("/api/models/owner/tiny/tree/" + TestHost.COMMIT, (exchange, bytes, attempt) -> {
			TestHost.whole(exchange, "{\"error\":true}".getBytes());
			return true;
		});
		assertFails(DownloadFailedException.class, () -> download(host, models, SHORT, Progress.NONE),
			"list of files", "does not understand");
	}

	/** Numbers, links and forms that are none, or too much. */
	@ParameterizedTest
	@ValueSource(strings = { "true", "\"x\"", "\"12\"", "1.5", "1e3", "1e999999999",
		"9223372036854775807", "12345678901234567890", "null", "{}", "[]", "[1]" })
	void aSizeThatIsNoneIsSaidSo(final String size) {
		listing("[{\"type\":\"file\",\"path\":\"a.json\",\"size\":" + size + ",\"oid\":\"" +
			"0".repeat(40) + "\"}]", null);
	}

	@Test
	void anAnswerThatIsTooDeepOrTooLongIsSaidSo() {
		listing("[".repeat(1_000_000), null);
		listing("[{\"type\":\"file\",\"size\":" + "9".repeat(1_000_000) + "}]", null);
		listing("[" + " ".repeat(9_000_000) + "]", null);
	}

	@ParameterizedTest
	@ValueSource(strings = { "<http://[>; rel=next", "<%>; rel=next", "<mailto:a@b>; rel=next",
		"<https://example.org/x>; rel=next", "<?a= b>; rel=next",
		"<//x:y/>; title=\"a\"; rel=\"prev next\"" })
	void aLinkThatLeadsNowhereIsSaidSo(final String link) {
		listing("[]", link);
	}

	private void listing(final String json, final String link) {
		host.fault("/api/models/owner/tiny/tree/" + TestHost.COMMIT, (exchange, bytes, attempt) -> {
			if (link != null) exchange.getResponseHeaders().set("Link", link);
			TestHost.whole(exchange, json.getBytes());
			return true;
		});
		assertFails(DownloadFailedException.class, () -> download(host, models, SHORT, Progress.NONE),
			"list of files", "does not understand");
		assertNothingIn(models);
	}

	/** The same of ModelScope's lists. */
	@ParameterizedTest
	@ValueSource(
		strings = { "{\"Path\":\"a.json\",\"Size\":\"x\"}", "{\"Path\":\"a.json\",\"Size\":true}",
			"{\"Path\":\"a.json\",\"Size\":1e999999999}", "{\"Path\":\"a.json\"}",
			"{\"Path\":[],\"Size\":1}", "{\"Path\":null,\"Size\":1}", "{\"Size\":1}" })
	void aListOfModelScopeThatIsNoneIsSaidSo(final String entry) {
		final List<String> answers = List.of(
			"{\"Data\":{\"Files\":[{\"Type\":\"blob\"," + entry.substring(1) + "]}}",
			"{\"Data\":{\"Files\":[" + entry + "]}}", "{\"Data\":{\"Files\":{}}}", "{\"Data\":[]}", "[]");
		for (final String answer : answers) {
			host.fault("/api/v1/models/owner/tiny/repo/files", (exchange, bytes, attempt) -> {
				TestHost.whole(exchange, answer.getBytes());
				return true;
			});
			assertFails(
				DownloadFailedException.class, () -> DownloadFixture.downloader(SHORT)
					.list(host.repository(ModelHost.MODELSCOPE), Progress.NONE),
				"list of files", "does not understand");
		}
	}

	@Test
	void aServerInLastingTroubleIsNamedWithItsCode() {
		host.fault(WEIGHTS, (exchange, bytes, attempt) -> {
			exchange.sendResponseHeaders(500, -1);
			return true;
		});
		assertFails(DownloadFailedException.class, () -> download(host, models, SHORT, Progress.NONE),
			"server error (HTTP 500)", "Tried 3 times");
		assertEquals(3, host.asked().size());
		assertNothingIn(models);
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, 1 })
	void aListWhoseSizesLieIsFoundOut(final int difference) {
		host.listsBytes(WEIGHTS, content.length + difference);
		assertFails(DownloadFailedException.class, () -> download(host, models, SHORT, Progress.NONE),
			"lists " + WEIGHTS + " with " + (content.length + difference) + " bytes but sends " +
				content.length);
		assertNothingIn(models);
		assertFalse(Files.exists(part()));
	}

	@Test
	void moreThanIsListedIsFoundOutWithoutALength() {
		host.listsBytes(WEIGHTS, content.length - 1).fault(WEIGHTS, (exchange, bytes, attempt) -> {
			exchange.sendResponseHeaders(200, 0); // in chunks
			exchange.getResponseBody().write(bytes);
			return true;
		});
		assertFails(DownloadFailedException.class, () -> download(host, models, SHORT, Progress.NONE),
			"but sends more");
		assertNothingIn(models);
		assertFalse(Files.exists(part()));
	}
}
