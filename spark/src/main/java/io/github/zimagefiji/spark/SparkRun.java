
package io.github.zimagefiji.spark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

import io.github.zimagefiji.Host;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.dataset.DatasetDraft;
import io.github.zimagefiji.dataset.MachineWatch;
import io.github.zimagefiji.dataset.folder.DatasetLock;
import io.github.zimagefiji.dataset.plan.Shard;
import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.error.ZImageException;
import io.github.zimagefiji.pipeline.host.LocalHost;
import io.github.zimagefiji.request.ComputeOptions;

/**
 * Makes a dataset on a cluster: what {@link io.github.zimagefiji.dataset.DatasetRun} does on one
 * machine.
 */
final class SparkRun {

	private final DatasetDraft draft;
	private final Path output;
	private final ComputeOptions compute;

	/**
	 * A run.
	 *
	 * @param output the dataset's folder, which all machines share
	 * @param compute with a number of threads, since "automatic" differs from machine to machine
	 * @throws InvalidInputException if the recipe's files cannot be used
	 */
	SparkRun(final Recipe recipe, final Path output, final ComputeOptions compute) {
		draft = new DatasetDraft(recipe, output);
		this.output = output;
		this.compute = compute;
	}

	/** As {@link DatasetDraft#allowSegmentationCommand()}. */
	SparkRun allowSegmentationCommand() {
		draft.allowSegmentationCommand();
		return this;
	}

	/**
	 * Makes the items that are not done, and completes the dataset. Other runs are kept out of its
	 * folder meanwhile, as by a whole run on one machine.
	 *
	 * @param patience how long there may be no worker
	 * @param warnings gets sentences for the user
	 * @return how many items were made now
	 * @throws InvalidInputException if another run is at work in the folder
	 * @throws ZImageException as {@link Distribution#make} does; items that are done stay
	 */
	int run(final boolean resume, final SparkConf conf, final Duration patience,
		final Progress progress, final Consumer<String> warnings)
	{
		try (Host host = new LocalHost()) {
			draft.check(host, compute);
		}
		try (DatasetLock lock = draft.lock(false)) {
			draft.begin(resume);
			final List<Integer> missing = draft.missing(Shard.ALL);
			draft.diskWarning(missing.size()).ifPresent(warnings);
			if (!missing.isEmpty()) distribute(missing, lock.run(), conf, patience, progress, warnings);
			// the executors have been told to end: nobody is at work in the folder
			// any more
			new SharedFolder(draft).await(progress);
			lock.check(progress);
			draft.complete();
			return missing.size();
		}
	}

	private void distribute(final List<Integer> missing, final String run, final SparkConf conf,
		final Duration patience, final Progress progress, final Consumer<String> warnings)
	{
		final MachineWatch machines = draft.machines();
		try (JavaSparkContext context = start(conf)) {
			new Distribution(context, new WorkerPresence(context, patience), progress,
				report -> machines.look(report.machine()).ifPresent(warnings))
				.make(WorkOrder.of(draft, output, run, compute), missing);
		}
	}

	private static JavaSparkContext start(final SparkConf conf) {
		try {
			return new JavaSparkContext(conf);
		}
		catch (final RuntimeException e) {
			throw SparkFailure.of(e, false);
		}
	}
}
