
package io.github.zimagefiji.hub.store;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

import io.github.zimagefiji.Progress;
import io.github.zimagefiji.hub.source.SizeText;
import io.github.zimagefiji.request.Stage;

/**
 * Counts bytes, on any thread, and reports them to a {@link Progress}, on the thread that called.
 * Progress never goes back, even where a file has to be started over.
 */
public final class ByteProgress {

	private static final double NANOS = 1e9;
	/** Seconds over which the rate is taken. */
	private static final double WINDOW = 5;

	private final Stage stage;
	private final long total;
	private final Progress progress;
	private final LongSupplier nanoTime;
	private final AtomicLong done = new AtomicLong();
	private final AtomicLong moved = new AtomicLong();
	private double fraction;
	private long lastTime;
	private long lastMoved;
	private double rate = Double.NaN;

	/** @param total bytes to come */
	public ByteProgress(final Stage stage, final long total, final Progress progress) {
		this(stage, total, progress, System::nanoTime);
	}

	public ByteProgress(final Stage stage, final long total, final Progress progress,
		final LongSupplier nanoTime)
	{
		this.stage = stage;
		this.total = total;
		this.progress = progress;
		this.nanoTime = nanoTime;
		lastTime = nanoTime.getAsLong();
	}

	/** Bytes that have just come. */
	public void add(final long bytes) {
		done.addAndGet(bytes);
		moved.addAndGet(bytes);
	}

	/** Bytes that were there already, or, if negative, have to come again. */
	public void found(final long bytes) {
		done.addAndGet(bytes);
	}

	/**
	 * Tells how far the work is.
	 *
	 * @throws io.github.zimagefiji.error.RunCanceledException if it is no longer wanted
	 */
	public void tell() {
		measure();
		fraction = Math.max(fraction, total == 0 ? 0 : Math.min(1, (double) done.get() / total));
		progress.update(stage, fraction, words());
		progress.checkCanceled();
	}

	private void measure() {
		final long now = nanoTime.getAsLong();
		final double seconds = (now - lastTime) / NANOS;
		if (seconds < WINDOW / 10) return;
		final long bytes = moved.get();
		final double current = (bytes - lastMoved) / seconds;
		final double share = 1 - Math.exp(-seconds / WINDOW);
		rate = Double.isNaN(rate) ? current : rate + share * (current - rate);
		lastTime = now;
		lastMoved = bytes;
	}

	private String words() {
		final String amount = SizeText.of(Math.min(done.get(), total)) + " of " + SizeText.of(total);
		return Double.isNaN(rate) ? amount : amount + ", " + SizeText.of(Math.round(rate)) + "/s";
	}
}
