
package io.github.zimagefiji.command;

import java.util.concurrent.CountDownLatch;

/**
 * The end of a process that was started for one macro, such as
 * {@code fiji --headless -macro FILE}. By itself Fiji ends it with status 0,
 * whatever became of the macro.
 */
final class ProcessEnd {

	private static final int FAILED = 1;

	private ProcessEnd() {
		// only failed()
	}

	/**
	 * Ends the process in order, with status 1. When this returns, nothing can
	 * change the status any more.
	 *
	 * @param hold not to return at all, because the thread that waits for this
	 *          one would go on with something else
	 */
	static void failed(final boolean hold) {
		final CountDownLatch begun = new CountDownLatch(1);
		try {
			Runtime.getRuntime().addShutdownHook(new Thread(begun::countDown));
		}
		catch (final IllegalStateException e) {
			return; // it ends already
		}
		final Thread end = new Thread(() -> System.exit(FAILED),
			"Z-Image: end of the process");
		end.setDaemon(true);
		end.start();
		try {
			begun.await();
			if (hold) new CountDownLatch(1).await();
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}
}
