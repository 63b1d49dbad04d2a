
package io.github.zimagefiji.service;

import java.nio.file.Path;
import java.util.function.Supplier;

import io.github.zimagefiji.GenerationResult;
import io.github.zimagefiji.Host;
import io.github.zimagefiji.ModelInfo;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.RunEstimate;
import io.github.zimagefiji.request.ComputeOptions;
import io.github.zimagefiji.request.GenerationRequest;

/**
 * The service as a host, for work of many runs: each takes its place in the line, and ends when
 * Fiji is closed.
 */
final class ServiceHost implements Host {

	private final ZImageService zimage;

	ServiceHost(final ZImageService zimage) {
		this.zimage = zimage;
	}

	@Override
	public ModelInfo inspect(final Path model) {
		return zimage.inspect(model);
	}

	@Override
	public boolean canEdit(final Path model) {
		return zimage.canEdit(model);
	}

	@Override
	public RunEstimate estimate(final Path model, final ComputeOptions compute,
		final GenerationRequest request)
	{
		return zimage.estimate(model, compute, request);
	}

	@Override
	public GenerationResult generate(final Path model, final ComputeOptions compute,
		final GenerationRequest request, final Progress progress)
	{
		return zimage.generate(model, compute, request, progress);
	}

	@Override
	public <T> T whileReleased(final Progress progress, final Supplier<T> work) {
		return zimage.whileReleased(progress, same -> work.get());
	}

	/** The model stays loaded: it is the service's. */
	@Override
	public void close() {
		// nothing is this one's own
	}
}
