
package io.github.zimagefiji.dataset.quality;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import io.github.zimagefiji.Progress;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.error.RunCanceledException;
import io.github.zimagefiji.io.IOReason;

/**
 * A program that is started without a shell and for a limited time. What it has started is ended
 * with it, and of what it says only the end is kept.
 */
final class ExternalProgram {

	private static final int LOOK_MILLIS = 50;
	private static final int MOST_AT_ONCE = 1 << 20;
	private static final int KEPT = 4000;
	private static final int LINES = 3;
	private static final int PATIENCE_SECONDS = 5;

	private final List<String> command;
	private final Path folder;
	private final int seconds;
	private final Set<ProcessHandle> started = new LinkedHashSet<>();
	private byte[] said = new byte[0];

	/**
	 * A program that is not started yet.
	 *
	 * @param folder it works in
	 * @param seconds it may take
	 */
	ExternalProgram(final List<String> command, final Path folder, final int seconds) {
		this.command = command;
		this.folder = folder;
		this.seconds = seconds;
	}

	/**
	 * Runs it to its end.
	 *
	 * @throws InvalidInputException if it cannot be started, takes too long or fails
	 * @throws RunCanceledException if {@code progress} said so
	 */
	void run(final Progress progress) {
		Process process = null;
		try {
			process =
				new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
			process.getOutputStream().close(); // nobody will answer its questions
			if (!await(process, progress))
				throw failed("did not end within " + seconds + " s and was stopped");
			if (process.exitValue() != 0) throw failed("ended with exit code " + process.exitValue());
		}
		catch (final IOException e) {
			throw new InvalidInputException(
				"The segmentation command " + command.get(0) + " cannot be run: " + IOReason.of(e) +
					". Check \"segmentation\" in the recipe, and that the program is installed.",
				e);
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new RunCanceledException();
		}
		finally {
			if (process != null) end(process);
		}
	}

	/** What went wrong, with the last of what the program said. */
	InvalidInputException failed(final String what) {
		final List<String> lines = new String(said, Charset.defaultCharset()).lines().map(String::strip)
			.filter(line -> !line.isEmpty()).toList();
		final String last =
			String.join(" | ", lines.subList(Math.max(0, lines.size() - LINES), lines.size()))
				.replaceAll("\\p{Cntrl}", "?");
		return new InvalidInputException("The segmentation command " + command.get(0) + " " + what +
			(last.isEmpty() ? ". It said nothing." : ". It said: \"" + last + "\".") +
			" Try it alone on an image of the dataset.");
	}

	private boolean await(final Process process, final Progress progress)
		throws IOException, InterruptedException
	{
		final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
		while (true) {
			final boolean ended = process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS);
			listen(process.getInputStream());
			if (ended) return true;
			process.descendants().forEach(started::add);
			progress.checkCanceled();
			if (System.nanoTime() - end > 0) return false;
		}
	}

	/**
	 * Takes what the program has said so far, lest it waits for someone to listen.
	 */
	private void listen(final InputStream in) throws IOException {
		final byte[] news = in.readNBytes(Math.min(MOST_AT_ONCE, in.available()));
		final byte[] all = new byte[said.length + news.length];
		System.arraycopy(said, 0, all, 0, said.length);
		System.arraycopy(news, 0, all, said.length, news.length);
		said = all.length <= KEPT ? all : Arrays.copyOfRange(all, all.length - KEPT, all.length);
	}

	private void end(final Process process) {
		process.descendants().forEach(started::add);
		process.destroyForcibly();
		// until it was stopped, each may have started others
		final List<ProcessHandle> all = started.stream()
			.flatMap(handle -> Stream.concat(Stream.of(handle), handle.descendants())).toList();
		all.forEach(ProcessHandle::destroyForcibly);
		all.forEach(ExternalProgram::await);
		await(process.toHandle());
	}

	/** While it ends, it may still hold files. */
	private static void await(final ProcessHandle handle) {
		try {
			handle.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
		}
		catch (final ExecutionException | TimeoutException e) {
			// it was told to end; more cannot be done
		}
	}
}
