
package io.github.zimagefiji.hub.transfer;

import static io.github.zimagefiji.hub.transfer.DownloadFixture.SHORT;
import static io.github.zimagefiji.hub.transfer.DownloadFixture.WEIGHTS;
import static io.github.zimagefiji.hub.transfer.DownloadFixture.assertNothingIn;
import static io.github.zimagefiji.hub.transfer.DownloadFixture.download;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import io.github.zimagefiji.ChildJvm;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.RecordingProgress;
import io.github.zimagefiji.error.ZImageException;
import io.github.zimagefiji.hub.source.ModelHost;
import io.github.zimagefiji.hub.source.Repository;
import io.github.zimagefiji.hub.store.Staging;

/**
 * Downloads in programs of their own: killed, on a full disk, and two at once.
 */
@Tag("process")
class DownloadProcessTest {

	private static final int REFUSED = 3;

	@TempDir
	private Path models;

	private TestHost host;
	private byte[] content;

	@BeforeEach
	void start() throws IOException {
		content = DownloadFixture.weights(models);
		host = new TestHost().file(WEIGHTS, content);
	}

	@AfterEach
	void stop() {
		host.close();
	}

	/** Downloads the repository at an address into a folder. */
	static final class Program {

		private Program() {}

		public static void main(final String[] args) {
			try {
				final Downloader downloader = DownloadFixture.downloader(SHORT);
				downloader.download(downloader.list(
					new Repository(ModelHost.HUGGING_FACE, URI.create(args[0]), TestHost.ID, "main"),
					Progress.NONE), Path.of(args[1]), "weights", Progress.NONE);
			}
			catch (final ZImageException e) {
				System.out.print(e.getMessage());
				System.exit(REFUSED);
			}
		}
	}

	private Process program(final String... before) throws IOException {
		final List<String> command = new ArrayList<>(List.of(before));
		command.addAll(ChildJvm.java(List.of("-XX:-UsePerfData", "-Xmx128m"), ChildJvm.classPath(),
			Program.class, host.endpoint().toString(), models.toString()));
		return new ProcessBuilder(command).redirectErrorStream(true).start();
	}

	/** Gives half of the file and then nothing, until the latch opens. */
	private CountDownLatch holdBackHalf() {
		final CountDownLatch end = new CountDownLatch(1);
		host.fault(WEIGHTS, (exchange, bytes, attempt) -> {
			if (attempt > 0) return false;
			exchange.getResponseHeaders().set("ETag", "\"" + TestHost.sha256(bytes) + "\"");
			exchange.sendResponseHeaders(200, bytes.length);
			exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
			exchange.getResponseBody().flush();
			end.await();
			return true;
		});
		return end;
	}

	private Path part() {
		return Staging.root(models, "weights").resolve("parts/" + WEIGHTS + ".part");
	}

	private void awaitHalf(final Process process) throws InterruptedException, IOException {
		while (part().toFile().length() < content.length / 2) {
			assertTrue(process.isAlive(), () -> "ended early: " + output(process));
			Thread.sleep(20);
		}
	}

	private static String output(final Process process) {
		try {
			return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (final IOException e) {
			return e.toString();
		}
	}

	@Test
	void aKilledProgramLeavesNoModelAndTheNextOneGoesOn() throws Exception {
		final CountDownLatch end = holdBackHalf();
		final Process process = program();
		awaitHalf(process);
		process.destroyForcibly().waitFor();
		end.countDown();
		assertNothingIn(models);
		final Path model = download(host, models, SHORT, Progress.NONE);
		assertArrayEquals(content, Files.readAllBytes(model.resolve(WEIGHTS)));
		assertEquals("bytes=" + content.length / 2 + "-", host.asked().get(1).range());
	}

	@Test
	void aSecondProgramWaitsForTheFirstAndGoesOnWhenThatIsKilled() throws Exception {
		final CountDownLatch end = holdBackHalf();
		final Process process = program();
		awaitHalf(process);
		final CountDownLatch waiting = new CountDownLatch(1);
		final Progress progress = new RecordingProgress((stage, fraction, message) -> {
			if (message.equals("waiting for other work on weights")) waiting.countDown();
		});
		final CompletableFuture<Path> second =
			CompletableFuture.supplyAsync(() -> download(host, models, SHORT, progress));
		assertTrue(waiting.await(60, TimeUnit.SECONDS));
		assertEquals(1, host.asked().size());
		process.destroyForcibly().waitFor();
		end.countDown();
		assertArrayEquals(content,
			Files.readAllBytes(second.get(60, TimeUnit.SECONDS).resolve(WEIGHTS)));
	}

	@Test
	void twoAtOnceInOneProgramDownloadItOnce() throws Exception {
		final CompletableFuture<Path> first =
			CompletableFuture.supplyAsync(() -> download(host, models, SHORT, Progress.NONE));
		final Path second = download(host, models, SHORT, Progress.NONE);
		assertEquals(second, first.get(60, TimeUnit.SECONDS));
		assertArrayEquals(content, Files.readAllBytes(second.resolve(WEIGHTS)));
		assertEquals(1, host.asked().size());
	}

	/** The kernel ends writing in the middle, as it does when a disk is full. */
	@Test
	@EnabledOnOs({ OS.LINUX, OS.MAC })
	void aFullDiskIsNamedAndWhatCameIsKept() throws Exception {
		final Process process = program("bash", "-c", "ulimit -f 16; exec \"$@\"", "bash");
		final String message = output(process);
		assertEquals(REFUSED, process.waitFor(), message);
		assertTrue(
			message.startsWith(part() + " could not be written: ") && message.contains("Make room"),
			message);
		assertNothingIn(models);
		assertEquals(16 * 1024, Files.size(part()));
		final Path model = download(host, models, SHORT, Progress.NONE);
		assertArrayEquals(content, Files.readAllBytes(model.resolve(WEIGHTS)));
		assertEquals("bytes=16384-", host.asked().get(1).range());
	}
}
