
package io.github.zimagefiji.hub.transfer;

import static io.github.zimagefiji.Refusals.assertFails;
import static io.github.zimagefiji.hub.transfer.DownloadFixture.SHORT;
import static io.github.zimagefiji.hub.transfer.DownloadFixture.WEIGHTS;
import static io.github.zimagefiji.hub.transfer.DownloadFixture.assertNothingIn;
import static io.github.zimagefiji.hub.transfer.DownloadFixture.download;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.sun.net.httpserver.HttpExchange;

import io.github.zimagefiji.Progress;
import io.github.zimagefiji.RecordingProgress;
import io.github.zimagefiji.error.DownloadFailedException;
import io.github.zimagefiji.error.RunCanceledException;
import io.github.zimagefiji.hub.source.RetryPolicy;

/**
 * Downloads over a network that fails: the file is right or absent afterwards, and the message says
 * what happened.
 */
class DownloadFaultTest extends DownloadCase {

	/**
	 * The part of the length after which the connection is cut; the last is one byte before the end.
	 */
	@ParameterizedTest
	@ValueSource(doubles = { 0, 0.5, 1 })
	void aConnectionThatIsCutGoesOnWhereItEnded(final double where) throws IOException {
		final int after = Math.min((int) (where * content.length), content.length - 1);
		host.fault(WEIGHTS, (exchange, bytes, attempt) -> {
			if (attempt == 0) TestHost.cut(exchange, bytes, after);
			return attempt == 0;
		});
		assertRight();
		final List<TestHost.Asked> asked = host.asked();
		assertEquals(2, asked.size());
		assertEquals(after == 0 ? null : "bytes=" + after + "-", asked.get(1).range());
		assertEquals(after == 0 ? null : "\"" + TestHost.sha256(content) + "\"",
			asked.get(1).ifRange());
	}

	@Test
	void aConnectionThatIsAlwaysCutFailsAndKeepsWhatCame() throws IOException {
		final int half = content.length / 2;
		host.fault(WEIGHTS, (exchange, bytes, attempt) -> {
			if (exchange.getRequestHeaders().containsKey("Range")) exchange.close();
			else TestHost.cut(exchange, bytes, half);
			return true;
		});
		assertFails(DownloadFailedException.class, () -> download(host, models, SHORT, Progress.NONE),
			WEIGHTS, "the connection to 127.0.0.1 broke", "Tried 3 times");
		assertNothingIn(models);
		assertEquals(half, Files.size(part()));
		host.fault(WEIGHTS, (exchange, bytes, attempt) -> false);
		assertRight();
	}

	@Test
	void wrongBytesAreRemovedAndNamed() throws IOException {
		host.fault(WEIGHTS, (exchange, bytes, attempt) -> {
			final byte[] wrong = bytes.clone();
			wrong[wrong.length - 5] ^= 1;
			TestHost.whole(exchange, wrong);
			return true;
		});
		assertFails(DownloadFailedException.class, () -> download(host, models, SHORT, Progress.NONE),
			WEIGHTS, "arrived damaged: its SHA-256 is ",
			"but the host lists " + TestHost.sha256(content));
		assertNothingIn(models);
		assertFalse(Files.exists(part()));
	}

	@Test
	void aSmallFileIsComparedWithItsNameInGit() throws IOException {
		host.file("config.json", new byte[] { '{', '}' }).fault("config.json",
			(exchange, bytes, attempt) -> {
				TestHost.whole(exchange, new byte[] { '[', ']' });
				return true;
			});
		assertFails(DownloadFailedException.class, () -> download(host, models, SHORT, Progress.NONE),
			"config.json", "its SHA-1 is");
		assertNothingIn(models);
	}

	@Test
	void anotherVersionIsNotJoinedToWhatCameBefore() throws IOException {
		host.fault(WEIGHTS, (exchange, bytes, attempt) -> {
			final byte[] older = bytes.clone();
			older[9] ^= 1;
			if (attempt == 0) TestHost.cut(exchange, older, older.length / 2);
			return attempt == 0;
		});
		assertRight();
		// the second has If-Range, and gives everything
		assertEquals(2, host.asked().size());
	}

	@Test
	void joinedBytesWithAWrongHashAreBegunAgain() throws IOException {
		host.fault(WEIGHTS, (exchange, bytes, attempt) -> {
			final byte[] older = bytes.clone();
			older[9] ^= 1;
			if (attempt == 0) TestHost.cut(exchange, older, older.length / 2);
			// a server that does not know If-Range
			if (attempt == 1) part(exchange, bytes, older.length / 2);
			return attempt < 2;
		});
		assertRight();
		assertNull(host.asked().get(2).range());
	}

	private static void part(final HttpExchange exchange, final byte[] bytes, final int start)
		throws IOException
	{
		exchange.getResponseHeaders().set("Content-Range",
			"bytes " + start + "-" + (bytes.length - 1) + "/" + bytes.length);
		exchange.sendResponseHeaders(206, bytes.length - start);
		exchange.getResponseBody().write(bytes, start, bytes.length - start);
	}

	@Test
	void aSlowServerIsTold() throws IOException {
		final CountDownLatch some = new CountDownLatch(1);
		host.fault(WEIGHTS, (exchange, bytes, attempt) -> {
			TestHost.drip(exchange, bytes, 20);
			return true;
		});
		final RecordingProgress told = new RecordingProgress(() -> {
			if (part().toFile().length() > 20) some.countDown();
			return some.getCount() == 0;
		});
		assertThrows(RunCanceledException.class, () -> download(host, models, SHORT, told));
		assertTrue(
			told.lines.stream().anyMatch(each -> each.startsWith("Downloading: ") && each.endsWith("/s")),
			told.lines.toString());
		assertNothingIn(models);
		assertTrue(Files.size(part()) > 20, "what came is kept");
		host.fault(WEIGHTS, (exchange, bytes, attempt) -> false);
		assertRight();
	}

	@Test
	void aServerThatFallsSilentIsGivenUp() {
		final CountDownLatch end = new CountDownLatch(1);
		host.fault(WEIGHTS, (exchange, bytes, attempt) -> {
			exchange.sendResponseHeaders(200, bytes.length);
			exchange.getResponseBody().write(bytes, 0, 100);
			exchange.getResponseBody().flush();
			end.await();
			return true;
		});
		final RetryPolicy impatient = new RetryPolicy(1, Duration.ofMillis(1), Duration.ofMillis(1),
			Duration.ofSeconds(1), Duration.ofSeconds(20), Duration.ofMillis(1000), 1000);
		assertFails(DownloadFailedException.class,
			() -> download(host, models, impatient, Progress.NONE), "the transfer from", "stalled after",
			"after 100 of " + content.length + " bytes");
		end.countDown();
		assertNothingIn(models);
	}

	@Test
	void aServerThatDoesNotAnswerIsGivenUp() {
		final CountDownLatch end = new CountDownLatch(1);
		host.fault(WEIGHTS, (exchange, bytes, attempt) -> {
			end.await();
			return true;
		});
		final RetryPolicy impatient = new RetryPolicy(1, Duration.ofMillis(1), Duration.ofMillis(1),
			Duration.ofSeconds(1), Duration.ofMillis(700), Duration.ofSeconds(20), 1);
		assertFails(DownloadFailedException.class,
			() -> download(host, models, impatient, Progress.NONE), "127.0.0.1 does not answer");
		end.countDown();
		assertNothingIn(models);
	}

	@Test
	void aComputerThatIsNotThereIsNamed() {
		host.close();
		assertFails(DownloadFailedException.class, () -> download(host, models, SHORT, Progress.NONE),
			"owner/tiny on 127.0.0.1", "cannot be reached");
	}

	@Test
	void cancellingWhileThePauseLastsEndsIt() {
		final CountDownLatch failed = new CountDownLatch(1);
		host.fault(WEIGHTS, (exchange, bytes, attempt) -> {
			exchange.sendResponseHeaders(500, -1);
			failed.countDown();
			return true;
		});
		final RetryPolicy patient = new RetryPolicy(9, Duration.ofHours(1), Duration.ofHours(1),
			Duration.ofHours(1), Duration.ofSeconds(20), Duration.ofSeconds(20), 1);
		assertThrows(RunCanceledException.class,
			() -> download(host, models, patient, new RecordingProgress(() -> failed.getCount() == 0)));
		assertNothingIn(models);
	}
}
