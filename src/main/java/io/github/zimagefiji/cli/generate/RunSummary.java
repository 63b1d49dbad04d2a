
package io.github.zimagefiji.cli.generate;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.GenerationResult;
import io.github.zimagefiji.ModelInfo;
import io.github.zimagefiji.Provenance;
import io.github.zimagefiji.Timings;
import io.github.zimagefiji.cli.program.Session;
import io.github.zimagefiji.hub.builtin.Advice;
import io.github.zimagefiji.request.GenerationRequest;
import io.github.zimagefiji.request.Task;
import io.github.zimagefiji.request.TextToImageRequest;
import io.github.zimagefiji.request.setting.Settings;
import io.github.zimagefiji.weights.lora.PlacedLora;

/** Tells before a run what will be computed, and after it what came out. */
final class RunSummary {

	private final Session session;
	private final boolean quiet;

	/** With {@code quiet}, only warnings are written. */
	RunSummary(final Session session, final boolean quiet) {
		this.session = session;
		this.quiet = quiet;
	}

	/**
	 * Writes the model and the settings in use, with the defaults of the model filled in, and what
	 * the run starts from.
	 *
	 * @param loras those of the request, in its order
	 */
	void before(final ModelInfo model, final GenerationRequest request,
		final List<PlacedLora> loras)
	{
		final TextToImageRequest text = request.text();
		final double guidance =
			text.guidance() == null ? model.variant().defaultGuidance(request.task()) : text.guidance();
		tell("Model: " + model.name() + " (" + model.variant().label() + ", decided by: " +
			model.variantReason() + ")");
		RequestText.lines(request).forEach(this::tell);
		for (int i = 0; i < loras.size(); i++)
			tellOf(loras.get(i), text.loras().get(i).scale());
		tell(String.format(Locale.ROOT, "Run: %s%d steps, guidance %s, %s%s", size(model, request),
			steps(model, text), guidance, rare(text), seeds(text)));
		Advice.on(model, text).forEach(this::warn);
		request.cautions().forEach(this::warn);
		if (guidance == 0 && !text.negativePrompt().isEmpty())
			warn("The negative prompt has no effect, because guidance is 0. Give --guidance, such as 4.");
	}

	private void tellOf(final PlacedLora lora, final double scale) {
		tell("LoRA: " + lora.place() + ", scale " + scale + ", changes " + lora.layers().size() +
			" layers with the strength " + lora.strength() + " (" + lora.strengthSource() + ")");
		if (!lora.warning().isEmpty()) warn(lora.warning());
	}

	/**
	 * Writes where the images are, how they were computed and how long it took.
	 */
	void after(final OutputFiles files, final GenerationResult result,
		final GenerationRequest request)
	{
		final GeneratedImage first = result.images().get(0);
		final Provenance provenance = first.provenance();
		if (provenance.droppedTokens() > 0) warn("The last " + provenance.droppedTokens() +
			" tokens of the prompt had no effect. Shorten it, or raise --max-tokens.");
		if (request.task() != Task.TEXT_TO_IMAGE)
			tell("Result: " + first.width() + " × " + first.height() + " pixels, " +
				(provenance.sigmas().size() - 1) + " of " + steps(provenance.model(), request.text()) +
				" steps run, computed " + computed(provenance.conditions().tiles()));
		files.images().forEach(file -> tell("Image: " + file));
		if (files.latents() != null) tell("Latents: " + files.latents());
		if (files.timings() != null) tell("Timings: " + files.timings());
		final Timings took = result.timings();
		tell(String.format(Locale.ROOT,
			"Took %.1f s on %s in %s (load %.1f, encode %.1f, %d steps %.1f, decode %.1f).", took.total(),
			provenance.device(), provenance.precision(), took.load(), took.encode(), took.steps().size(),
			took.steps().stream().mapToDouble(Double::doubleValue).sum(), took.decode()));
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

	private static String computed(final String tiles) {
		return "whole".equals(tiles) ? "in one piece" : "in " + tiles;
	}

	/** Where a picture says the size, its line has told it. */
	private static String size(final ModelInfo model, final GenerationRequest request) {
		if (request.task() != Task.TEXT_TO_IMAGE) return "";
		return side(model, request.text().width()) + " × " + side(model, request.text().height()) +
			" pixels, ";
	}

	private static int side(final ModelInfo model, final Integer asked) {
		return asked == null ? model.variant().defaultSide() : asked;
	}

	private static int steps(final ModelInfo model, final TextToImageRequest request) {
		if (request.steps() != null) return request.steps();
		return request.sigmas().isEmpty() ? model.variant().defaultSteps() : request.sigmas().size();
	}

	/** Values that few requests set, such as {@code cfg truncation 0.5, }. */
	private static String rare(final TextToImageRequest request) {
		return Settings.RARE.stream().filter(each -> each.isSetIn(request))
			.map(each -> each.label() + " " + each.written(request) + ", ").collect(Collectors.joining());
	}

	private static String seeds(final TextToImageRequest request) {
		if (request.count() == 1) return "seed " + request.seed();
		return request.count() + " images with seeds " + request.seed() + " to " +
			(request.seed() + request.count() - 1);
	}
}
