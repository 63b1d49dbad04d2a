
package io.github.zimagefiji.pipeline.host;

import io.github.zimagefiji.GenerationResult;
import io.github.zimagefiji.Provenance;
import io.github.zimagefiji.Timings;
import io.github.zimagefiji.pipeline.RunWork;

/**
 * How fast a run went.
 *
 * @param encode seconds for each unit of {@link RunWork#encode}
 * @param steps the same for the transformer
 * @param decode the same for the autoencoder
 * @param precision in which it was computed: {@code float32} or {@code bfloat16}
 * @param device on which it was computed
 */
record RunSpeed(double encode, double steps, double decode, String precision, String device) {

	/** @param work of the run that gave the result */
	static RunSpeed of(final RunWork work, final GenerationResult result) {
		final Provenance first = result.images().get(0).provenance();
		final Timings took = result.timings();
		final double steps = took.steps().stream().mapToDouble(Double::doubleValue).sum();
		return new RunSpeed(took.encode() / work.encode(), steps / work.steps(),
			took.decode() / work.decode(), first.precision(), first.device());
	}

	/** Seconds that work of this kind takes. */
	double seconds(final RunWork work) {
		return work.encode() * encode + work.steps() * steps + work.decode() * decode;
	}
}
