
package io.github.zimagefiji.service;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import io.github.zimagefiji.Host;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.dataset.DatasetForecast;
import io.github.zimagefiji.dataset.DatasetRun;
import io.github.zimagefiji.dataset.DryRun;
import io.github.zimagefiji.dataset.folder.BegunDataset;
import io.github.zimagefiji.dataset.folder.DatasetSummary;
import io.github.zimagefiji.dataset.plan.Shard;
import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.request.ComputeOptions;
import io.github.zimagefiji.request.Precision;

/**
 * Makes datasets in Fiji. Each image takes its place in the service's line, so that other runs come
 * in between.
 */
public final class DatasetMaker {

	/**
	 * As on the command line: a precision that is measured at each start could be another one when a
	 * run goes on.
	 */
	public static final ComputeOptions USUAL = new ComputeOptions("auto", Precision.FLOAT32, 0);

	private final Host host;
	private final ComputeOptions compute;

	/** Makes them with the models of a service. */
	public DatasetMaker(final ZImageService zimage, final ComputeOptions compute) {
		host = new ServiceHost(zimage);
		this.compute = compute;
	}

	/**
	 * Makes a dataset, or what is missing of it.
	 *
	 * @param folder a new or empty one, or one that holds a part of this dataset
	 * @param goOn whether it may hold a part of this dataset
	 * @param warnings gets sentences for the user
	 * @throws InvalidInputException as {@link DatasetRun#run}; items that are done stay
	 * @throws io.github.zimagefiji.error.RunCanceledException if {@code progress} said so; items that
	 *           are done stay
	 */
	public DatasetSummary make(final Recipe recipe, final Path folder, final boolean goOn,
		final Progress progress, final Consumer<String> warnings)
	{
		try {
			final int made = new DatasetRun(recipe, folder, host, compute).run(goOn, Shard.ALL, progress,
				sentence -> warnings.accept(here(sentence)));
			return DatasetSummary.of(folder, made);
		}
		catch (final InvalidInputException e) {
			throw new InvalidInputException(here(e.getMessage()), e);
		}
	}

	/**
	 * Tells what would be made, line by line; one image's first steps are computed to measure the
	 * time.
	 *
	 * @throws InvalidInputException as {@link DryRun#lines}
	 */
	public List<String> plan(final Recipe recipe, final Progress progress) {
		return new DryRun(recipe, host, compute).lines(Shard.ALL, progress);
	}

	/**
	 * Tells what a recipe is going to need, without computing anything.
	 *
	 * @throws InvalidInputException if labels, model or settings cannot be used
	 */
	public DatasetForecast forecast(final Recipe recipe) {
		return DatasetForecast.of(recipe, host, compute);
	}

	/**
	 * How much of a dataset a folder holds already.
	 *
	 * @throws InvalidInputException as {@link BegunDataset#in}
	 */
	public Optional<BegunDataset> begun(final Path folder, final Recipe recipe) {
		return BegunDataset.in(folder, recipe, host);
	}

	/**
	 * The command line's words for going on, in those of a place without options.
	 */
	private static String here(final String sentence) {
		return sentence.replace("--resume", "the same values and folder");
	}
}
