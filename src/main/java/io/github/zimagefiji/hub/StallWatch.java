package io.github.zimagefiji.hub;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Closes connections over which next to nothing comes; reading from them ends then. */
final class StallWatch {

	/** One connection. */
	final class Watched implements AutoCloseable {

		private final InputStream in;
		private final AtomicLong bytes = new AtomicLong();
		private long windowStart = System.nanoTime();
		private long windowBytes;
		private volatile boolean stalled;

		private Watched(final InputStream in) {
			this.in = in;
		}

		/** Reads as {@link InputStream#read(byte[])} does. */
		int read(final byte[] buffer) throws IOException {
			final int count = in.read(buffer);
			if (count > 0) bytes.addAndGet(count);
			return count;
		}

		/** Whether it was closed because too little came. */
		boolean isStalled() {
			return stalled;
		}

		private void look(final long now) {
			if (now - windowStart < patience.stall().toNanos()) return;
			final long total = bytes.get();
			if (total - windowBytes < patience.leastBytes()) {
				stalled = true;
				closeQuietly();
			}
			windowStart = now;
			windowBytes = total;
		}

		private void closeQuietly() {
			try {
				in.close();
			}
			catch (final IOException e) {
				// whoever reads from it is told
			}
		}

		@Override
		public void close() {
			watched.remove(this);
			closeQuietly();
		}
	}

	private final Patience patience;
	private final Set<Watched> watched = ConcurrentHashMap.newKeySet();

	StallWatch(final Patience patience) {
		this.patience = patience;
	}

	/** Takes a connection under watch; to be closed instead of it. */
	Watched over(final InputStream in) {
		final Watched result = new Watched(in);
		watched.add(result);
		return result;
	}

	/** Looks at all connections; to be called now and then. */
	void look() {
		final long now = System.nanoTime();
		watched.forEach(each -> each.look(now));
	}
}
