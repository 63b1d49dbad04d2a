
package io.github.zimagefiji.pipeline.host;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.zimagefiji.GenerationResult;
import io.github.zimagefiji.Provenance;
import io.github.zimagefiji.RunEstimate;
import io.github.zimagefiji.engine.TensorType;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.model.folder.ModelFolder;
import io.github.zimagefiji.pipeline.MemoryNeeds;
import io.github.zimagefiji.pipeline.MemoryPlan;
import io.github.zimagefiji.pipeline.Pipeline;
import io.github.zimagefiji.pipeline.ResultSize;
import io.github.zimagefiji.pipeline.RunOutline;
import io.github.zimagefiji.pipeline.RunWork;
import io.github.zimagefiji.pipeline.SystemMemory;
import io.github.zimagefiji.request.ComputeOptions;
import io.github.zimagefiji.request.GenerationRequest;
import io.github.zimagefiji.request.Precision;

/**
 * Says what a run would need, from sizes and from how fast earlier runs went. Any thread may ask.
 */
final class RunEstimator {

	/**
	 * Folders that stay known; the user who moves between models does not wait for their files each
	 * time.
	 */
	private static final int KEPT = 8;

	private record Key(Path folder, ComputeOptions compute) {}

	private final Map<Key, RunSpeed> speeds = new ConcurrentHashMap<>();
	private final Map<Path, ModelFolder> folders = new LinkedHashMap<>();

	/**
	 * Opens a folder anew, and keeps it for the next question.
	 *
	 * @throws InvalidInputException if it is not a usable model folder
	 */
	ModelFolder open(final Path folder) {
		final ModelFolder model = ModelFolder.open(folder);
		keep(folder, model);
		return model;
	}

	/**
	 * Takes notice of a run: for the options as they were asked for, and as what they came to.
	 */
	void learn(final Path folder, final ComputeOptions compute, final RunWork work,
		final GenerationResult result)
	{
		final RunSpeed speed = RunSpeed.of(work, result);
		final Provenance used = result.images().get(0).provenance();
		speeds.put(new Key(folder, compute), speed);
		speeds.put(new Key(folder,
			new ComputeOptions(used.device(), Precision.of(used.precision()), used.threads())), speed);
	}

	/**
	 * Says what a run would need.
	 *
	 * @param held bytes that earlier runs left loaded, which a run may take
	 * @throws InvalidInputException if it cannot be run
	 */
	RunEstimate of(final Path folder, final ComputeOptions compute, final GenerationRequest asked,
		final long held)
	{
		final ModelFolder model = model(folder);
		final RunOutline outline = RunOutline.of(model, asked);
		final RunSpeed speed = speeds.get(new Key(folder, compute));
		final RunWork work = RunWork.of(model, outline);
		ResultSize.of(outline.shape(), outline.canvas().width(), outline.canvas().height())
			.check(outline.text().count(), Runtime.getRuntime().maxMemory());
		outline.checkSize(model.transformer(), RunWork.tokens(outline));
		final String device =
			!"auto".equals(compute.device()) ? compute.device() : speed == null ? "cpu" : speed.device();
		final long available = device.startsWith("cuda") ? -1 : SystemMemory.available(held);
		final Sizes sizes = new Sizes(model, outline, "cpu".equals(device), available);
		return new RunEstimate(bytes(sizes, precision(model, compute, speed, device)), available,
			speed == null ? null : (Double) speed.seconds(work));
	}

	/**
	 * What will be used, or {@link Precision#AUTO} if only a measurement at the first run will tell.
	 */
	private static Precision precision(final ModelFolder model, final ComputeOptions compute,
		final RunSpeed speed, final String device)
	{
		if (compute.precision() != Precision.AUTO) return compute.precision();
		if (Pipeline.isSmall(model)) return Precision.FLOAT32;
		if (speed != null) return Precision.of(speed.precision());
		return "cpu".equals(device) ? Precision.AUTO : Precision.BFLOAT16;
	}

	private static long bytes(final Sizes sizes, final Precision precision) {
		if (precision != Precision.AUTO) return sizes.plan(precision).bytes();
		try {
			return sizes.plan(Precision.FLOAT32).bytes();
		}
		catch (final InvalidInputException e) {
			// The smaller of the two may fit where the larger does not.
			return sizes.plan(Precision.BFLOAT16).bytes();
		}
	}

	private record Sizes(ModelFolder model, RunOutline outline, boolean mapped, long available) {

		MemoryPlan plan(final Precision precision) {
			final TensorType type =
				precision == Precision.FLOAT32 ? TensorType.FLOAT32 : TensorType.BFLOAT16;
			return MemoryPlan.of(MemoryNeeds.of(model, outline, type, mapped, RunWork.tokens(outline)),
				outline.shape().rows(), outline.shape().columns(),
				available < 0 ? Long.MAX_VALUE : available);
		}
	}

	private ModelFolder model(final Path folder) {
		final ModelFolder known;
		synchronized (folders) {
			known = folders.get(folder);
		}
		return known != null && isCurrent(known) ? known : open(folder);
	}

	private void keep(final Path folder, final ModelFolder model) {
		synchronized (folders) {
			folders.remove(folder);
			folders.put(folder, model);
			if (folders.size() > KEPT) folders.remove(folders.keySet().iterator().next());
		}
	}

	private static boolean isCurrent(final ModelFolder model) {
		try {
			model.checkUnchanged();
			return true;
		}
		catch (final InvalidInputException e) {
			return false;
		}
	}
}
