
package io.github.zimagefiji.pipeline;

/** Looks at this process' memory at short intervals and remembers the peaks. */
final class MemoryWatch implements AutoCloseable {

	private static final long INTERVAL_MILLIS = 20;

	private final Thread thread;
	private volatile long anonymous = -1;
	private volatile long fileBacked = -1;
	private volatile boolean closed;

	MemoryWatch() {
		look();
		thread = new Thread(this::run, "Z-Image memory watch");
		thread.setDaemon(true);
		thread.start();
	}

	private void run() {
		while (!closed) {
			try {
				Thread.sleep(INTERVAL_MILLIS);
			}
			catch (final InterruptedException e) {
				return;
			}
			look();
		}
	}

	private synchronized void look() {
		anonymous = Math.max(anonymous, SystemMemory.anonymous());
		fileBacked = Math.max(fileBacked, SystemMemory.fileBacked());
	}

	long peakAnonymous() {
		return anonymous;
	}

	long peakFileBacked() {
		return fileBacked;
	}

	@Override
	public void close() {
		closed = true;
		thread.interrupt();
		look();
	}
}
