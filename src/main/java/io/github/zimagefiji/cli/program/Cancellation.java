
package io.github.zimagefiji.cli.program;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Stops a run in good order when the process is told to end.
 * <p>
 * A signal starts the JVM's shutdown hooks while the run goes on in its thread. The hook made here
 * asks the run to stop, waits until it has released what it holds, and ends the process with the
 * run's own exit code; without it, the JVM would end with another code for each signal, and perhaps
 * in the middle of a file.
 * </p>
 */
public final class Cancellation {

	/**
	 * The longest that one transformer block of a large model, or one tile, takes on a slow machine.
	 */
	private static final long PATIENCE_SECONDS = 120;

	private final CountDownLatch ended = new CountDownLatch(1);
	private volatile boolean canceled;
	private volatile int exitCode = ExitCode.CANCELED;

	/** Asks the run to stop; returns at once. */
	public void cancel() {
		canceled = true;
	}

	/** Whether the run was asked to stop. */
	public boolean isCanceled() {
		return canceled;
	}

	/** Lets the process wait for this run when it is told to end. */
	public void listenToSignals() {
		Runtime.getRuntime().addShutdownHook(new Thread(this::stopRun, "stop the run"));
	}

	/** Tells that the run is over and nothing need be waited for any more. */
	public void runEnded(final int code) {
		exitCode = code;
		ended.countDown();
	}

	private void stopRun() {
		if (ended.getCount() == 0) return;
		cancel();
		try {
			ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
		}
		Runtime.getRuntime().halt(exitCode);
	}
}
