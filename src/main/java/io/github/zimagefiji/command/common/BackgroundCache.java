
package io.github.zimagefiji.command.common;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import org.scijava.thread.ThreadService;

import io.github.zimagefiji.error.ZImageException;

/**
 * Questions that usually are answered at once, but may take long, such as for a folder on a slow
 * network drive. They are asked in the background and their answers kept, so that the thread which
 * paints windows waits for a moment only.
 */
public final class BackgroundCache<K, V> {

	private final int kept;
	private final ThreadService threads;
	private final Function<K, V> question;
	private final Map<K, Future<V>> asked = new LinkedHashMap<>();

	/**
	 * @param kept how many answers are kept: every letter that is typed may be another question
	 */
	public BackgroundCache(final int kept, final ThreadService threads,
		final Function<K, V> question)
	{
		this.kept = kept;
		this.threads = threads;
		this.question = question;
	}

	/**
	 * Asks, or comes back to what was asked before.
	 *
	 * @param millis how long to wait
	 * @return nothing if there is no answer yet
	 * @throws ZImageException that the question gave; it is asked anew next time
	 */
	public Optional<V> get(final K about, final long millis) {
		final Future<V> future;
		synchronized (asked) {
			future = asked.computeIfAbsent(about, key -> threads.run(() -> question.apply(key)));
			if (asked.size() > kept) asked.remove(asked.keySet().iterator().next());
		}
		if (future == null) return Optional.empty(); // Fiji is being closed
		try {
			return Optional.of(future.get(millis, TimeUnit.MILLISECONDS));
		}
		catch (final TimeoutException e) {
			return Optional.empty();
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
			return Optional.empty();
		}
		catch (final ExecutionException e) {
			forget(about);
			if (e.getCause() instanceof ZImageException sentence) throw sentence;
			throw new IllegalStateException(e.getCause());
		}
	}

	private void forget(final K about) {
		synchronized (asked) {
			asked.remove(about);
		}
	}
}
