
package io.github.zimagefiji.hub.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Closes connections over which almost nothing arrives, and all of them when the work is no longer
 * wanted; reading from them ends then. Java's HTTP client would not let a thread that reads be
 * interrupted.
 */
public final class StallWatch implements AutoCloseable {

	/** One connection. */
	public final class Watched implements AutoCloseable {

		private final InputStream in;
		private final AtomicLong bytes = new AtomicLong();
		private long windowStart = System.nanoTime();
		private long windowBytes;
		private volatile boolean stalled;

		private Watched(final InputStream in) {
			this.in = in;
		}

		/**
		 * Reads as {@link InputStream#read(byte[])} does.
		 *
		 * @throws ClosedByInterruptException if the work is no longer wanted
		 */
		public int read(final byte[] buffer) throws IOException {
			try {
				final int count = in.read(buffer);
				if (count > 0) bytes.addAndGet(count);
				if (ended) throw new ClosedByInterruptException();
				return count;
			}
			catch (final IOException e) {
				if (ended) throw new ClosedByInterruptException();
				throw e;
			}
		}

		/** Whether it was closed because too little came. */
		public boolean isStalled() {
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

	private final RetryPolicy patience;
	private final Set<Watched> watched = ConcurrentHashMap.newKeySet();
	private volatile boolean ended;

	public StallWatch(final RetryPolicy patience) {
		this.patience = patience;
	}

	/** Takes a connection under watch; to be closed instead of it. */
	public Watched over(final InputStream in) {
		final Watched result = new Watched(in);
		watched.add(result);
		if (ended) result.closeQuietly();
		return result;
	}

	/** Looks at all connections; to be called now and then. */
	public void look() {
		final long now = System.nanoTime();
		watched.forEach(each -> each.look(now));
	}

	/** Ends all reading. */
	@Override
	public void close() {
		ended = true;
		watched.forEach(Watched::closeQuietly);
	}
}
