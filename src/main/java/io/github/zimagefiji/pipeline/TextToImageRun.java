package io.github.zimagefiji.pipeline;

import io.github.zimagefiji.Conditions;
import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.GenerationResult;
import io.github.zimagefiji.PluginVersion;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.Provenance;
import io.github.zimagefiji.Stage;
import io.github.zimagefiji.TextToImageRequest;
import io.github.zimagefiji.Timings;
import io.github.zimagefiji.engine.Tensor;
import io.github.zimagefiji.engine.TensorScope;
import io.github.zimagefiji.model.TextEncoder;
import io.github.zimagefiji.model.Transformer;
import io.github.zimagefiji.pipeline.PromptEmbeddings.Embedding;
import io.github.zimagefiji.weights.Checkpoint;

import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One text-to-image request on its way: prompts are encoded, all images are sampled, then all are decoded. */
final class TextToImageRun {

	private final Pipeline pipeline;
	private final Components components;
	private final TextToImageRequest request;
	private final Guidance guidance;
	private final Schedule schedule;
	private final LatentShape shape;
	private final List<Double> stepSeconds = new ArrayList<>();

	TextToImageRun(final Pipeline pipeline, final TextToImageRequest asked) {
		this.pipeline = pipeline;
		request = RequestDefaults.fill(pipeline.info().variant(), asked);
		components = pipeline.components();
		guidance = new Guidance(request.guidance(), request.cfgNormalization(), request.cfgTruncation());
		shape = LatentShape.of(pipeline.model(), request.width(), request.height());
		schedule = request.sigmas().isEmpty() ? Schedule.ofSteps(pipeline.model().scheduler(), request.steps(), shape
			.patches()) : Schedule.of(pipeline.model().scheduler(), RequestDefaults.floats(request.sigmas()), shape.patches());
	}

	GenerationResult run(final Progress listener) {
		final long start = System.nanoTime();
		ResultSize.of(shape, request.width(), request.height()).check(request.count(), Runtime.getRuntime().maxMemory());
		final double loadedBefore = components.secondsToLoad();
		try (MemoryWatch memory = new MemoryWatch(); TensorScope scope = pipeline.engine().scope()) {
			final List<PromptTokenizer.Tokens> tokens = tokenize();
			final int longest = tokens.stream().mapToInt(t -> t.ids().length).max().getAsInt();
			Transformer.checkSize(pipeline.model().transformer(), shape.rows(), shape.columns(), longest);
			final MemoryPlan plan = plan(longest);
			final ImageDecoder decoder = new ImageDecoder(pipeline, shape, plan);
			final WorkEstimate work = WorkEstimate.of(pipeline.model(), shape.patches(), longest, decoder.blocks());
			final RunProgress progress = new RunProgress(listener, total(work, tokens, decoder.blocks()));

			progress.enter(Stage.LOAD, "opening " + pipeline.info().name());
			makeRoom(plan, tokens);
			final List<Embedding> prompts = new ArrayList<>();
			final double encode = seconds(() -> prompts.addAll(encode(tokens, progress, work.textBlock())));
			if (!plan.keepTextEncoder()) components.releaseTextEncoder();
			final StepPreviews previews = new StepPreviews(pipeline.model(), schedule, shape, listener);
			final float[] latents = denoise(scope, prompts, progress, work.imageBlock(), previews);
			NumberCheck.latents(latents, pipeline.precision());
			if (!plan.keepTransformer()) components.releaseTransformer();
			final List<GeneratedImage> images = new ArrayList<>();
			final double decode = seconds(() -> images.addAll(decoder.decode(latents, progress, work.decoderBlock(),
				i -> provenance(i, plan, tokens.get(0).dropped()))));
			progress.enter(Stage.DECODE, "");
			final double opening = pipeline.takeSecondsToOpen();
			return new GenerationResult(images, latents, new Timings(opening + components.secondsToLoad() - loadedBefore,
				encode, List.copyOf(stepSeconds), decode, opening + seconds(start), memory.peakAnonymous(), memory
					.peakFileBacked()));
		}
	}

	/** The prompt, and with guidance the negative one. */
	private List<PromptTokenizer.Tokens> tokenize() {
		final PromptTokenizer tokenizer = components.tokenizer();
		final List<PromptTokenizer.Tokens> tokens = new ArrayList<>();
		tokens.add(tokenizer.encode(request.prompt(), request.maxTokens()));
		if (guidance.isOn()) tokens.add(tokenizer.encode(request.negativePrompt(), request.maxTokens()));
		return tokens;
	}

	private MemoryPlan plan(final int tokens) {
		final boolean mapped = pipeline.engine().device().isProcessor();
		final MemoryNeeds needs = MemoryNeeds.of(pipeline.model(), pipeline.type(), mapped, tokens, guidance.isOn() ? 2 : 1);
		return MemoryPlan.of(needs, shape.rows(), shape.columns(), SystemMemory.available(pipeline.engine(), components
			.bytesHeld(needs)));
	}

	/** Releases what earlier requests left loaded, where the plan counts on each component being alone. */
	private void makeRoom(final MemoryPlan plan, final List<PromptTokenizer.Tokens> tokens) {
		if (plan.keepTextEncoder()) return;
		components.releaseAutoencoder();
		if (!tokens.stream().allMatch(t -> pipeline.embeddings().has(t.ids()))) components.releaseTransformer();
	}

	private double total(final WorkEstimate work, final List<PromptTokenizer.Tokens> tokens, final int decoderBlocks) {
		double evaluations = 0;
		for (int step = 0; step < schedule.steps(); step++) {
			evaluations += guidance.appliesAt(schedule.modelTime(step)) ? 2 : 1;
		}
		final int blocks = Transformer.blocks(pipeline.model().transformer());
		return newPrompts(tokens) * TextEncoder.blocks(pipeline.model().textEncoder()) * work.textBlock() + request
			.count() * (evaluations * blocks * work.imageBlock() + decoderBlocks * work.decoderBlock());
	}

	/** Prompts that earlier requests have not encoded; one that is its own negative is encoded once. */
	private long newPrompts(final List<PromptTokenizer.Tokens> tokens) {
		return tokens.stream().map(t -> LongBuffer.wrap(t.ids())).distinct().filter(ids -> !pipeline.embeddings().has(ids
			.array())).count();
	}

	private List<Embedding> encode(final List<PromptTokenizer.Tokens> tokens, final RunProgress progress,
		final double perBlock)
	{
		progress.enter(Stage.ENCODE, tokens.size() > 1 ? "and the negative one" : "");
		final List<Embedding> result = new ArrayList<>();
		for (final PromptTokenizer.Tokens each : tokens) {
			result.add(pipeline.embeddings().get(each.ids(), () -> {
				final TextEncoder encoder = components.textEncoder(progress.work(0));
				try (TensorScope scope = pipeline.engine().scope()) {
					final Tensor features = encoder.encode(scope, each.ids(), progress.work(perBlock, pipeline.model()
						.textEncoderWeights()));
					return new Embedding(features.toFloats(), each.ids().length, (int) features.size(1));
				}
			}));
		}
		return result;
	}

	/** All images' final latents, one after the other. */
	private float[] denoise(final TensorScope scope, final List<Embedding> prompts, final RunProgress progress,
		final double perBlock, final StepPreviews previews)
	{
		progress.enter(Stage.DENOISE, "opening the transformer");
		final Checkpoint weights = pipeline.model().transformerWeights();
		final Transformer transformer = components.transformer(progress.work(0));
		final List<Tensor> captions = new ArrayList<>();
		for (final Embedding prompt : prompts) {
			final Tensor features = scope.floats(prompt.features(), prompt.tokens(), prompt.width());
			captions.add(transformer.refineCaption(scope, features, progress.work(0, weights)));
		}
		final DenoisingLoop loop = new DenoisingLoop(transformer, schedule, guidance, true);
		final float[] all = new float[request.count() * shape.size()];
		for (int i = 0; i < request.count(); i++) {
			final int image = i;
			final float[] latents = noise(image);
			final String which = request.count() > 1 ? ", image " + (image + 1) + " of " + request.count() : "";
			final DenoisingLoop.Group group = new DenoisingLoop.Group(latents, shape.axes(1), captions.get(0), captions
				.size() > 1 ? captions.get(1) : null);
			final long[] start = { System.nanoTime() };
			loop.run(scope, List.of(group), step -> {
				progress.enter(Stage.DENOISE, "step " + (step + 1) + " of " + schedule.steps() + which);
				weights.checkUnchanged();
				previews.beforeStep(latents);
			}, (step, predictions) -> {
				previews.afterStep(image, step, latents);
				stepSeconds.add(seconds(start[0]));
				start[0] = System.nanoTime();
			}, progress.work(perBlock, weights));
			System.arraycopy(latents, 0, all, image * shape.size(), shape.size());
		}
		return all;
	}

	private float[] noise(final int image) {
		final int size = shape.size();
		if (request.latents() != null) return Arrays.copyOfRange(request.latents(), image * size, (image + 1) * size);
		return new TorchRandom(request.seed() + image).normal(size);
	}

	private Provenance provenance(final int image, final MemoryPlan plan, final int dropped) {
		final TextToImageRequest one = request.toBuilder().count(1).seed(request.seed() + image).latents(null).build();
		final int side = plan.tile() * pipeline.model().autoencoder().downscale();
		return new Provenance(one, Conditions.NONE, request.latents() != null, pipeline.info(), schedule.sigmas(),
			pipeline.precision().label(), pipeline.engine().device().torchName(), pipeline.engine().threads(), side == 0
				? "whole" : "tiles of " + side, dropped, PluginVersion.get(), pipeline.engine().version());
	}

	/** Seconds that something took, without the loading of components that it caused. */
	private double seconds(final Runnable action) {
		final double loaded = components.secondsToLoad();
		final long start = System.nanoTime();
		action.run();
		return seconds(start) - (components.secondsToLoad() - loaded);
	}

	private static double seconds(final long start) {
		return (System.nanoTime() - start) / 1e9;
	}
}
