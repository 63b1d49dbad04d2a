
package io.github.zimagefiji.spark;

import java.io.Serializable;
import java.nio.file.Path;

import io.github.zimagefiji.Host;
import io.github.zimagefiji.dataset.DatasetDraft;
import io.github.zimagefiji.dataset.ItemWorker;
import io.github.zimagefiji.dataset.folder.DatasetLock;
import io.github.zimagefiji.request.ComputeOptions;
import io.github.zimagefiji.request.Precision;

/**
 * What an executor must know to take part; the recipe itself lies in the dataset's folder.
 *
 * @param output the dataset's folder, absolute
 * @param identity see {@link DatasetDraft#identity()}
 * @param run see {@link DatasetLock#run()}
 * @param commandAllowed see {@link DatasetDraft#allowSegmentationCommand()}
 * @param device see {@link ComputeOptions}
 * @param precision see {@link ComputeOptions}
 * @param threads see {@link ComputeOptions}
 */
record WorkOrder(String output, String identity, String run, boolean commandAllowed, String device,
		Precision precision, int threads) implements Serializable
{

	static WorkOrder of(final DatasetDraft draft, final Path output, final String run,
		final ComputeOptions compute)
	{
		return new WorkOrder(output.toAbsolutePath().toString(), draft.identity(), run,
			draft.isSegmentationCommandAllowed(), compute.device(), compute.precision(),
			compute.threads());
	}

	/**
	 * Joins the dataset on this machine; throws as {@link ItemWorker#join} does.
	 */
	ItemWorker join(final Host host) {
		return ItemWorker.join(Path.of(output), identity, run, commandAllowed, host,
			new ComputeOptions(device, precision, threads));
	}
}
