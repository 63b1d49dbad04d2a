
package io.github.zimagefiji.pipeline.host;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.zimagefiji.GenerationResult;
import io.github.zimagefiji.Provenance;
import io.github.zimagefiji.RunEstimate;
import io.github.zimagefiji.Timings;
import io.github.zimagefiji.engine.TensorType;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.model.folder.ModelFolder;
import io.github.zimagefiji.pipeline.Pipeline;
import io.github.zimagefiji.pipeline.RunPlan;
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

	/** How long the work of an earlier run took. */
	private record Run(RunWork work, Timings took, Provenance used) {

		/** Seconds that other work would take. */
		double seconds(final RunWork other) {
			final double steps = took.steps().stream().mapToDouble(Double::doubleValue).sum();
			return other.encode() * (took.encode() / work.encode()) +
				other.steps() * (steps / work.steps()) + other.decode() * (took.decode() / work.decode());
		}
	}

	private final Map<Key, Run> runs = new ConcurrentHashMap<>();
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

	/** Opens every folder anew from now on. */
	void forget() {
		synchronized (folders) {
			folders.clear();
		}
	}

	/**
	 * Takes notice of a run: for the options as they were asked for, and as what they came to.
	 */
	void learn(final Path folder, final ComputeOptions compute, final RunWork work,
		final GenerationResult result)
	{
		final Provenance used = result.images().get(0).provenance();
		final Run run = new Run(work, result.timings(), used);
		runs.put(new Key(folder, compute), run);
		runs.put(new Key(folder,
			new ComputeOptions(used.device(), Precision.of(used.precision()), used.threads())), run);
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
		final RunPlan plan = RunPlan.of(model, asked);
		final Run run = runs.get(new Key(folder, compute));
		plan.check();
		final String device = !"auto".equals(compute.device()) ? compute.device()
			: run == null ? "cpu" : run.used().device();
		final long available = device.startsWith("cuda") ? -1 : SystemMemory.available(held);
		final Precision precision = precision(model, compute, run, device);
		return new RunEstimate(
			bytes(plan, precision, "cpu".equals(device), available < 0 ? Long.MAX_VALUE : available),
			available, run == null ? null : (Double) run.seconds(plan.work()));
	}

	/**
	 * What will be used, or {@link Precision#AUTO} if only a measurement at the first run will tell.
	 */
	private static Precision precision(final ModelFolder model, final ComputeOptions compute,
		final Run run, final String device)
	{
		if (compute.precision() != Precision.AUTO) return compute.precision();
		if (Pipeline.isSmall(model)) return Precision.FLOAT32;
		if (run != null) return Precision.of(run.used().precision());
		return "cpu".equals(device) ? Precision.AUTO : Precision.BFLOAT16;
	}

	private static long bytes(final RunPlan plan, final Precision precision, final boolean mapped,
		final long available)
	{
		if (precision == Precision.BFLOAT16)
			return plan.memory(TensorType.BFLOAT16, mapped, available).bytes();
		try {
			return plan.memory(TensorType.FLOAT32, mapped, available).bytes();
		}
		catch (final InvalidInputException e) {
			// The smaller of the two may fit where the larger does not.
			if (precision != Precision.AUTO) throw e;
			return plan.memory(TensorType.BFLOAT16, mapped, available).bytes();
		}
	}

	/** A folder as it was opened before, if its weights are still the same. */
	ModelFolder model(final Path folder) {
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
