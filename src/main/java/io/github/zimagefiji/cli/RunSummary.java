package io.github.zimagefiji.cli;

import java.util.Locale;

import io.github.zimagefiji.GenerationResult;
import io.github.zimagefiji.ModelInfo;
import io.github.zimagefiji.Provenance;
import io.github.zimagefiji.TextToImageRequest;
import io.github.zimagefiji.Timings;
import io.github.zimagefiji.hub.Advice;

/** Tells before a run what will be computed, and after it what came out. */
final class RunSummary {

	private final Session session;
	private final boolean quiet;

	/** With {@code quiet}, only warnings are written. */
	RunSummary(final Session session, final boolean quiet) {
		this.session = session;
		this.quiet = quiet;
	}

	/** Writes the model and the settings in use, with the defaults of the model filled in. */
	void before(final ModelInfo model, final TextToImageRequest request) {
		final double guidance = request.guidance() == null ? model.variant().defaultGuidance() : request.guidance();
		tell("Model: " + model.name() + " (" + model.variant().label() + ", decided by: " + model.variantReason() +
			")");
		tell(String.format(Locale.ROOT, "Run: %d × %d pixels, %d steps, guidance %s, %s", side(model, request.width()),
			side(model, request.height()), steps(model, request), guidance, seeds(request)));
		Advice.on(model, request).forEach(this::warn);
		if (guidance == 0 && !request.negativePrompt().isEmpty()) warn(
			"The negative prompt has no effect, because guidance is 0. Give --guidance, such as 4.");
	}

	/** Writes where the images are, how they were computed and how long it took. */
	void after(final OutputFiles files, final GenerationResult result) {
		final Provenance provenance = result.images().get(0).provenance();
		if (provenance.droppedTokens() > 0) warn("The last " + provenance.droppedTokens() +
			" tokens of the prompt had no effect. Shorten it, or raise --max-tokens.");
		files.images().forEach(file -> tell("Image: " + file));
		if (files.latents() != null) tell("Latents: " + files.latents());
		if (files.timings() != null) tell("Timings: " + files.timings());
		final Timings took = result.timings();
		tell(String.format(Locale.ROOT,
			"Took %.1f s on %s in %s (load %.1f, encode %.1f, %d steps %.1f, decode %.1f).", took.total(),
			provenance.device(), provenance.precision(), took.load(), took.encode(), took.steps().size(), took.steps()
				.stream().mapToDouble(Double::doubleValue).sum(), took.decode()));
	}

	private void tell(final String line) {
		if (quiet) return;
		session.out().println(line);
		// A pipe would otherwise hold it back until the run is over.
		session.out().flush();
	}

	private void warn(final String sentence) {
		session.err().println("zimage: " + sentence);
	}

	private static int side(final ModelInfo model, final Integer asked) {
		return asked == null ? model.variant().defaultSide() : asked;
	}

	private static int steps(final ModelInfo model, final TextToImageRequest request) {
		if (request.steps() != null) return request.steps();
		return request.sigmas().isEmpty() ? model.variant().defaultSteps() : request.sigmas().size();
	}

	private static String seeds(final TextToImageRequest request) {
		if (request.count() == 1) return "seed " + request.seed();
		return request.count() + " images with seeds " + request.seed() + " to " + (request.seed() + request.count() - 1);
	}
}
