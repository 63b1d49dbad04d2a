
package io.github.zimagefiji.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import com.sun.management.ThreadMXBean;

import io.github.zimagefiji.error.ZImageException;

/**
 * Tries a parser with many inputs. Each must be accepted or refused with an exception of this
 * project, within 5 s of processor time and 256 MB of allocated memory, and without a word on
 * standard output or error. Any other input is written down.
 */
public final class Campaign {

	private static final long MOST_NANOS = 5_000_000_000L;
	private static final long MOST_BYTES = 256L << 20;
	private static final int LOOK_MILLIS = 100;
	private static final int KEPT_OF_EACH = 2;
	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private final long seed;
	private final Path findings;
	private final long mostNanos;

	/**
	 * @param seed the same seed makes the same inputs
	 * @param findings a folder for inputs with which a parser fails
	 */
	public Campaign(final long seed, final Path findings) {
		this(seed, findings, MOST_NANOS);
	}

	/** The same with another bound of time. */
	Campaign(final long seed, final Path findings, final long mostNanos) {
		this.seed = seed;
		this.findings = findings;
		this.mostNanos = mostNanos;
	}

	/** Tries a parser. */
	public Tally run(final Target target, final int inputs) throws InterruptedException {
		final Tally tally = new Tally(target.name());
		final PrintStream out = System.out;
		final PrintStream err = System.err;
		final long start = System.nanoTime();
		final ByteArrayOutputStream said = new ByteArrayOutputStream();
		final PrintStream listener = new PrintStream(said, true);
		System.setOut(listener);
		System.setErr(listener);
		try {
			Worker worker = new Worker(target, tally, 0, inputs, said);
			worker.start();
			while (worker.isAlive()) {
				worker.join(LOOK_MILLIS);
				if (!worker.hangs()) continue;
				worker.leave();
				worker = new Worker(target, tally, worker.number + 1, inputs, said);
				worker.start();
			}
		}
		finally {
			System.setOut(out);
			System.setErr(err);
		}
		if (tally.inputs() != inputs) throw new IllegalStateException(
			"Only " + tally.inputs() + " of " + inputs + " inputs of " + target.name() + " were made.");
		tally.lasted((System.nanoTime() - start) / 1e9);
		return tally;
	}

	/** One input of a parser, to look at a finding again. */
	byte[] input(final Target target, final int number) {
		return new Mutator(seed * 1_000_003L + target.name().hashCode() * 7919L + number)
			.change(target.format(), target.seeds());
	}

	private synchronized void keep(final Target target, final int number, final byte[] input,
		final String what, final Throwable failure)
	{
		try {
			Files.createDirectories(findings);
			final String name =
				target.name() + "-" + number + "-" + what.replaceAll("[^A-Za-z0-9.]+", "-");
			Files.write(findings.resolve(name + ".bin"), input);
			final StringWriter trace = new StringWriter();
			if (failure != null) failure.printStackTrace(new PrintWriter(trace));
			final String text = trace.toString();
			Files.writeString(findings.resolve(name + ".txt"),
				what + "\n" + text.substring(0, Math.min(text.length(), 6000)));
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/** Tries inputs one after the other, while another thread looks on. */
	private final class Worker extends Thread {

		private final Target target;
		private final Tally tally;
		private final int inputs;
		private final ByteArrayOutputStream said;
		private volatile int number;
		private volatile byte[] input;
		private volatile long started;
		private volatile boolean left;

		Worker(final Target target, final Tally tally, final int first, final int inputs,
			final ByteArrayOutputStream said)
		{
			super("fuzzing " + target.name());
			this.target = target;
			this.tally = tally;
			this.inputs = inputs;
			this.said = said;
			number = first;
			setDaemon(true);
		}

		boolean hangs() {
			final byte[] now = input;
			return now != null && THREADS.getThreadCpuTime(getId()) - started > 2 * mostNanos &&
				now == input;
		}

		/** Gives this thread up, with the input that it does not come back from. */
		void leave() {
			left = true;
			found(number, input, "hang", null);
			interrupt();
		}

		@Override
		public void run() {
			for (int i = number; i < inputs && !left; i++) {
				final byte[] next = input(target, i);
				number = i;
				try {
					Files.write(target.file(), next);
				}
				catch (final IOException e) {
					throw new UncheckedIOException(e);
				}
				started = THREADS.getThreadCpuTime(getId());
				input = next;
				tryOne(i, next);
				input = null;
			}
		}

		private void tryOne(final int i, final byte[] bytes) {
			final long allocated = THREADS.getThreadAllocatedBytes(getId());
			boolean accepted = false;
			Throwable failure = null;
			try {
				target.parser().parse(target.file(), bytes, i);
				accepted = true;
			}
			catch (final ZImageException e) {
				if (e.getMessage() == null || e.getMessage().contains("\n")) failure = e;
			}
			catch (final Throwable e) {
				failure = e;
			}
			final long nanos = THREADS.getThreadCpuTime(getId()) - started;
			final long taken = THREADS.getThreadAllocatedBytes(getId()) - allocated;
			if (left) return;
			final String words = said.size() > 0 ? said.toString() : "";
			said.reset();
			if (failure != null) found(i, bytes, name(failure), failure);
			else if (nanos > mostNanos) found(i, bytes, "slow", null);
			else if (taken > MOST_BYTES) found(i, bytes, "memory " + (taken >> 20) / 100 + "00 MB", null);
			else if (!words.isEmpty()) found(i, bytes,
				"says " + words.lines().findFirst().orElse("").replaceAll("[^ -~].*", ""), null);
			else tally.count(accepted, nanos, taken);
		}

		private void found(final int i, final byte[] bytes, final String what,
			final Throwable failure)
		{
			if (tally.find(what) < KEPT_OF_EACH) keep(target, i, bytes, what, failure);
		}
	}

	/** The exception's class, and the nearest place of this project. */
	private static String name(final Throwable failure) {
		return failure.getClass().getSimpleName() + " " +
			Stream.of(failure.getStackTrace())
				.filter(place -> place.getClassName().startsWith("io.github.zimagefiji") &&
					!place.getClassName().contains(".fuzz."))
				.findFirst().map(place -> place.getFileName() + " " + place.getLineNumber()).orElse("");
	}
}
