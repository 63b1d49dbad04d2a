
package io.github.zimagefiji.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.github.zimagefiji.ModelVariant;
import io.github.zimagefiji.engine.TensorType;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.model.folder.ModelFolder;
import io.github.zimagefiji.model.transformer.OmniTransformer;
import io.github.zimagefiji.model.transformer.Transformer;
import io.github.zimagefiji.model.transformer.TransformerConfig;
import io.github.zimagefiji.pipeline.kind.Kind;
import io.github.zimagefiji.pipeline.kind.Part;
import io.github.zimagefiji.pipeline.picture.Canvas;
import io.github.zimagefiji.pipeline.picture.LatentShape;
import io.github.zimagefiji.pipeline.sampling.Guidance;
import io.github.zimagefiji.pipeline.sampling.LatentTiles;
import io.github.zimagefiji.pipeline.sampling.Schedule;
import io.github.zimagefiji.pipeline.sampling.Scheduler;
import io.github.zimagefiji.request.GenerationRequest;
import io.github.zimagefiji.request.LoraChoice;
import io.github.zimagefiji.request.TextToImageRequest;
import io.github.zimagefiji.weights.lora.Adapter;
import io.github.zimagefiji.weights.lora.PlacedLora;

/**
 * What follows from a request and a model before anything is loaded: what is computed, how much
 * work it is and what memory it takes. Estimates, runs, their progress and the speeds that are
 * learned from them use the same plan.
 *
 * @param kind of the request
 * @param text prompt and sampling with the model's own values filled in, and the size that is
 *          computed
 * @param canvas of the result
 * @param tiles in which the transformer runs
 * @param guidance of the request
 * @param schedule the part of the schedule that is run
 * @param loras what changes the transformer
 * @param pieces tokens of each piece of text that is to be encoded
 * @param longest tokens of the longest prompt
 */
public record RunPlan(ModelFolder model, Kind kind, TextToImageRequest text, Canvas canvas,
		LatentTiles tiles, Guidance guidance, Schedule schedule, List<Adapter> loras,
		List<Integer> pieces, int longest)
{

	/** Tokens that the chat template puts around a prompt, rounded up. */
	private static final int TEMPLATE = 16;

	/** Bytes of red, green and blue as float. */
	private static final long PIXEL = 12;

	/**
	 * Plans a run. Prompts are counted as if each character were one token, until {@link #tokenized}:
	 * words have fewer, some rare signs have more.
	 *
	 * @throws InvalidInputException if the model cannot do it, or a picture or a file cannot be used
	 */
	public static RunPlan of(final ModelFolder model, final GenerationRequest request) {
		final ModelVariant variant = model.info().variant();
		final Kind kind = Kind.of(model, request);
		final Canvas canvas = kind.canvas();
		final TextToImageRequest text = filled(variant, request, canvas);
		final LatentShape shape = LatentShape.of(model, canvas.width(), canvas.height());
		final Schedule whole =
			text.sigmas().isEmpty() ? Schedule.ofSteps(model.scheduler(), text.steps(), shape.patches())
				: Schedule.of(model.scheduler(), text.sigmas(), shape.patches());
		final Guidance guidance =
			new Guidance(text.guidance(), text.cfgNormalization(), text.cfgTruncation());
		final int prompt = tokens(text.prompt(), text.maxTokens());
		final int negative = tokens(text.negativePrompt(), text.maxTokens());
		return new RunPlan(model, kind, text, canvas,
			LatentTiles.of(shape, kind.tiling(), variant.defaultSide()), guidance, kind.part(whole),
			loras(model, text), guidance.isOn() ? List.of(prompt, negative) : List.of(prompt),
			guidance.isOn() ? Math.max(prompt, negative) : prompt);
	}

	private static int tokens(final String prompt, final int most) {
		return Math.min(most, prompt.codePointCount(0, prompt.length()) + TEMPLATE);
	}

	/** Fills in what a request leaves to the model. */
	private static TextToImageRequest filled(final ModelVariant variant,
		final GenerationRequest asked, final Canvas canvas)
	{
		final TextToImageRequest request = asked.text();
		final boolean stepsNamed = request.steps() != null || !request.sigmas().isEmpty();
		if (variant == ModelVariant.UNKNOWN && (!stepsNamed || request.guidance() == null))
			throw new InvalidInputException(
				"This model is recognised neither as Z-Image-Turbo nor as Z-Image. Say the number of steps and the guidance " +
					"(Turbo: 8 steps, guidance 0; Z-Image: 28 to 50 steps, guidance 3 to 5).");
		final TextToImageRequest.Builder filled = request.toBuilder();
		if (!request.sigmas().isEmpty()) filled.steps(request.sigmas().size());
		else if (request.steps() == null) filled.steps(variant.defaultSteps());
		filled.size(canvas.width(), canvas.height());
		if (request.guidance() == null) filled.guidance(variant.defaultGuidance(asked.task()));
		return filled.build();
	}

	private static List<Adapter> loras(final ModelFolder model, final TextToImageRequest text) {
		final List<Adapter> adapters = new ArrayList<>();
		for (final LoraChoice choice : text.loras()) {
			adapters.add(new Adapter(PlacedLora.of(choice, model.transformerWeights()), choice.scale()));
		}
		Adapter.checkTogether(adapters);
		return List.copyOf(adapters);
	}

	/**
	 * The same plan for prompts that are tokenized.
	 *
	 * @param unknown tokens of each piece of text that is to be encoded
	 * @param ofLongest tokens of the longest prompt, all its pieces together
	 */
	RunPlan tokenized(final List<Integer> unknown, final int ofLongest) {
		return new RunPlan(model, kind, text, canvas, tiles, guidance, schedule, loras, unknown,
			ofLongest);
	}

	/** Whether the transformer runs in its Omni form. */
	boolean omni() {
		return model.canEdit();
	}

	/** The shape of one image's latents. */
	public LatentShape shape() {
		return tiles.shape();
	}

	/** What moves the latents of one image; each image needs its own. */
	Scheduler scheduler() {
		return Scheduler.of(text.sampler(), schedule);
	}

	/** The networks that are loaded, in the course of the run. */
	List<Part> parts() {
		final List<Part> parts = new ArrayList<>();
		parts.add(new Part(Part.Role.TEXT_ENCODER, model.textEncoderWeights()));
		parts.add(new Part(Part.Role.TRANSFORMER, model.transformerWeights(), loras));
		parts.add(new Part(Part.Role.AUTOENCODER, model.autoencoderWeights()));
		parts.addAll(kind.parts());
		return parts;
	}

	/**
	 * Evaluations of the transformer for one image, each with or without the negative prompt.
	 */
	int evaluations() {
		final Scheduler scheduler = scheduler();
		int evaluations = 0;
		for (int step = 0; step < schedule.steps(); step++) {
			for (int i = 0; i < scheduler.evaluations(step); i++) {
				evaluations += guidance.appliesAt(scheduler.modelTime(step, i)) ? 2 : 1;
			}
		}
		return evaluations * tiles.count();
	}

	/** The work of the run, where the autoencoder runs in one piece. */
	public RunWork work() {
		return RunWork.of(this, 0);
	}

	/**
	 * Which networks are in memory when.
	 *
	 * @param type of the loaded weights
	 * @param mapped whether files are mapped where they can be, and then take nothing
	 * @param available bytes that may be taken
	 * @throws InvalidInputException if no plan fits, with the estimate and what would fit
	 */
	public MemoryPlan memory(final TensorType type, final boolean mapped, final long available) {
		return MemoryPlan.of(MemoryNeeds.of(this, type, mapped), shape().rows(), shape().columns(),
			available);
	}

	/**
	 * Refuses images that Java cannot hold, and sizes that the model has no positions for.
	 */
	public void check() {
		checkResults(shape(), canvas, text.count(), Runtime.getRuntime().maxMemory());
		final TransformerConfig config = model.transformer();
		if (!omni()) {
			Transformer.checkSize(config, tiles.rows(), tiles.columns(), longest);
			return;
		}
		final List<int[]> sizes = new ArrayList<>();
		sizes.add(new int[] { tiles.rows(), tiles.columns() });
		kind.references().forEach(r -> sizes.add(new int[] { r.height() / 8, r.width() / 8 }));
		OmniTransformer.checkSize(config, longest, sizes);
	}

	/**
	 * Refuses more images than fit into Java's own memory, where they are collected until the last
	 * one is done, and into Java's arrays.
	 *
	 * @param count number of images
	 * @param available bytes that Java may take in all
	 * @throws InvalidInputException with the number of images that would fit
	 */
	static void checkResults(final LatentShape shape, final Canvas canvas, final int count,
		final long available)
	{
		// An image passes once as bytes on its way from the engine.
		final long working = PIXEL * canvas.width() * canvas.height();
		final long image = working + 4L * shape.size();
		final long most = Integer.MAX_VALUE / shape.size();
		final long needed = working + count * image;
		if (needed <= available && count <= most) return;
		final long fits = Math.min(most, (available - working) / image);
		throw new InvalidInputException(String.format(Locale.ROOT,
			"%d images of this size need %.1f GB of Java's memory, but Java may take only %.1f GB. %s",
			count, needed / 1e9, available / 1e9,
			fits >= 1 ? "Ask for at most " + fits + " at a time, or start Java with a larger -Xmx."
				: "Choose a smaller image, or start Java with a larger -Xmx."));
	}
}
