
package io.github.zimagefiji.command.common;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.scijava.Context;
import org.scijava.module.ModuleRunner;

/**
 * The end of a process that was started for one macro, such as {@code fiji --headless -macro FILE}.
 * By itself Fiji ends it with status 0, whatever became of the macro.
 */
final class ProcessEnd {

	private static final int FAILED = 1;
	private static final long PATIENCE_MS = 3000;
	private static final long LOOK_MS = 5;

	private ProcessEnd() {
		// only failed()
	}

	/**
	 * Ends the process in order, with status 1. When this returns, nothing can change the status any
	 * more.
	 *
	 * @param context closed when the command of this thread has ended: what it still reports needs
	 *          its services
	 * @param hold not to return at all, because the thread that waits for this one would go on with
	 *          something else
	 */
	static void failed(final Context context, final boolean hold) {
		final CountDownLatch begun = new CountDownLatch(1);
		try {
			Runtime.getRuntime().addShutdownHook(new Thread(begun::countDown));
		}
		catch (final IllegalStateException e) {
			return; // it ends already
		}
		final Thread command = Thread.currentThread();
		start("Z-Image: end of the process", () -> {
			// SciJava takes the same lock to close the context.
			synchronized (context) {
				start("Z-Image: exit", () -> System.exit(FAILED));
				if (!hold) waitForEnd(command);
			}
		});
		try {
			begun.await();
			if (hold) new CountDownLatch(1).await();
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	private static void start(final String name, final Runnable work) {
		final Thread thread = new Thread(work, name);
		thread.setDaemon(true);
		thread.start();
	}

	private static void waitForEnd(final Thread command) {
		final long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
		try {
			while (isInModule(command) && System.nanoTime() < end) {
				Thread.sleep(LOOK_MS);
			}
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	private static boolean isInModule(final Thread thread) {
		return Stream.of(thread.getStackTrace())
			.anyMatch(frame -> frame.getClassName().equals(ModuleRunner.class.getName()));
	}
}
