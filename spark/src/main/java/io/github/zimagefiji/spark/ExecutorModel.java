
package io.github.zimagefiji.spark;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

import org.apache.spark.SparkEnv;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;

import io.github.zimagefiji.Host;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.dataset.ItemWorker;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.pipeline.host.LocalHost;

/**
 * What one executor keeps from task to task: the model, which is loaded by the first and released
 * when the executor ends. Its host runs one item at a time; other tasks wait for their turn.
 */
final class ExecutorModel implements ExecutorPlugin {

	/**
	 * The one of this process. Spark makes tasks out of bytes and hands them nothing of the process
	 * they run in, so that they can find what outlives them only here.
	 */
	private static final AtomicReference<ExecutorModel> OF_PROCESS = new AtomicReference<>();

	/**
	 * The longest that one block of a large model takes on a slow machine, and the writing of an
	 * item.
	 */
	private static final long PATIENCE_SECONDS = 120;

	private final Host host = new LocalHost();
	/** Shared by the tasks at work; whoever ends the executor waits for it. */
	private final ReadWriteLock work = new ReentrantReadWriteLock(true);
	private volatile boolean ended;
	private WorkOrder order;
	private ItemWorker worker;

	static ExecutorModel ofProcess() {
		return OF_PROCESS.get();
	}

	@Override
	public void init(final PluginContext context, final Map<String, String> configuration) {
		System.setProperty("java.awt.headless", "true");
		OF_PROCESS.set(this);
	}

	/**
	 * Ends what is running between two blocks of the network, waits until nobody writes any more, and
	 * releases the model.
	 */
	@Override
	public void shutdown() {
		ended = true;
		try {
			if (!work.writeLock().tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) return;
			host.close();
			work.writeLock().unlock();
		}
		catch (final InterruptedException e) {
			// the process ends, and the model with it
			Thread.currentThread().interrupt();
		}
	}

	/** Whether tasks must come to an end. */
	boolean isEnded() {
		return ended;
	}

	/**
	 * Makes an item, or finds it done. What only the user can change is part of the report: Spark
	 * would try it again and again.
	 *
	 * @param wanted by whom it is asked for
	 * @throws io.github.zimagefiji.error.ZImageException if it was cancelled, or failed for a reason
	 *           that another attempt may not meet
	 */
	ItemReport make(final WorkOrder wanted, final int index, final Progress progress) {
		work.readLock().lock();
		try {
			progress.checkCanceled();
			return new ItemReport(hostName(), worker(wanted).make(index, progress).machine(), null);
		}
		catch (final InvalidInputException e) {
			return new ItemReport(hostName(), null, e.getMessage());
		}
		finally {
			work.readLock().unlock();
		}
	}

	/** As Spark's own pages show it. */
	private static String hostName() {
		return SparkEnv.get().blockManager().blockManagerId().host();
	}

	private synchronized ItemWorker worker(final WorkOrder wanted) {
		if (!wanted.equals(order)) {
			worker = wanted.join(host);
			order = wanted;
		}
		return worker;
	}
}
