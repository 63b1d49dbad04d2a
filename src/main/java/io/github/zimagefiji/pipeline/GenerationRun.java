
package io.github.zimagefiji.pipeline;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.GenerationResult;
import io.github.zimagefiji.PluginVersion;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.Provenance;
import io.github.zimagefiji.Timings;
import io.github.zimagefiji.engine.Tensor;
import io.github.zimagefiji.engine.TensorScope;
import io.github.zimagefiji.model.transformer.ControlNet;
import io.github.zimagefiji.model.transformer.OmniTransformer;
import io.github.zimagefiji.model.transformer.Transformer;
import io.github.zimagefiji.pipeline.kind.Kind;
import io.github.zimagefiji.pipeline.picture.LatentShape;
import io.github.zimagefiji.pipeline.sampling.DenoisingLoop;
import io.github.zimagefiji.pipeline.sampling.InitialLatents;
import io.github.zimagefiji.pipeline.sampling.NumberCheck;
import io.github.zimagefiji.pipeline.sampling.Predictor;
import io.github.zimagefiji.pipeline.sampling.PromptEmbeddings.Embedding;
import io.github.zimagefiji.pipeline.sampling.StepPreviews;
import io.github.zimagefiji.request.Conditions;
import io.github.zimagefiji.request.Stage;
import io.github.zimagefiji.request.Task;
import io.github.zimagefiji.request.TextToImageRequest;
import io.github.zimagefiji.weights.Checkpoint;

/**
 * One request on its way: prompts and pictures are encoded, all images are sampled, then all are
 * decoded.
 */
final class GenerationRun {

	private final long start = System.nanoTime();
	private final Pipeline pipeline;
	private final Components components;
	private final Progress listener;
	private final double loadedBefore;
	private final PromptReader prompts;
	private final RunPlan plan;
	private final Conditions conditions;
	private final MemoryPlan memory;
	private final RunWork work;
	private final RunProgress progress;
	/** How long the stages took, without the loading of components that they caused. */
	private final Map<Stage, Double> seconds = new EnumMap<>(Stage.class);
	private final List<Double> stepSeconds = new ArrayList<>();

	/**
	 * Reads the prompts, and plans with what they need.
	 *
	 * @param rough before the prompts are tokenized
	 * @throws io.github.zimagefiji.error.InvalidInputException if the run does not fit the model or
	 *           the memory
	 */
	GenerationRun(final Pipeline pipeline, final RunPlan rough, final Progress listener) {
		this.pipeline = pipeline;
		this.listener = listener;
		components = pipeline.components();
		loadedBefore = components.secondsToLoad();
		prompts = new PromptReader(pipeline, rough);
		plan = rough.tokenized(prompts.unknown(), prompts.longest());
		plan.check();
		conditions = conditions();
		memory = plan.memory(pipeline.type(), pipeline.engine().device().isProcessor(),
			SystemMemory.available(pipeline.engine(), components.bytesHeld()));
		work = RunWork.of(plan, memory.tile());
		progress = new RunProgress(listener, work.total());
	}

	GenerationResult run() {
		try (MemoryWatch watch = new MemoryWatch(); TensorScope scope = pipeline.engine().scope()) {
			progress.enter(Stage.LOAD, "opening " + pipeline.info().name());
			makeRoom();
			final List<List<Embedding>> embeddings =
				timed(Stage.ENCODE, () -> prompts.encode(progress, work));
			if (!memory.keepTextEncoder()) components.release(Stage.ENCODE);
			final Kind.Encoded pictures = timed(Stage.SEE, () -> see(scope));
			if (!memory.keepTextEncoder()) components.release(Stage.SEE);
			final float[] latents = denoise(scope, predictor(scope, embeddings, pictures), pictures);
			if (!memory.keepTransformer()) components.release(Stage.DENOISE);
			final ImageDecoder decoder = new ImageDecoder(pipeline, plan, memory);
			final List<GeneratedImage> images = timed(Stage.DECODE,
				() -> decoder.decode(latents, progress, work.decoderBlock(), this::provenance));
			progress.enter(Stage.DECODE, "");
			return new GenerationResult(images, latents, plan.shape().axes(images.size()), timings(watch),
				cautions());
		}
	}

	/** What a stage gives; notes how long it took. */
	private <T> T timed(final Stage stage, final Supplier<T> action) {
		final double loaded = components.secondsToLoad();
		final long began = System.nanoTime();
		final T result = action.get();
		seconds.put(stage, since(began) - (components.secondsToLoad() - loaded));
		return result;
	}

	private static double since(final long time) {
		return (System.nanoTime() - time) / 1e9;
	}

	private Timings timings(final MemoryWatch watch) {
		final double opening = pipeline.takeSecondsToOpen();
		return new Timings(opening + components.secondsToLoad() - loadedBefore,
			seconds.get(Stage.ENCODE), List.copyOf(stepSeconds),
			seconds.get(Stage.SEE) + seconds.get(Stage.DECODE), opening + since(start),
			watch.peakAnonymous(), watch.peakFileBacked());
	}

	/**
	 * Releases what earlier requests left loaded and this one does not need, or where the plan counts
	 * on each component being alone.
	 */
	private void makeRoom() {
		components.keepOnly(plan.parts());
		if (memory.keepTextEncoder()) return;
		components.release(Stage.SEE);
		if (!plan.pieces().isEmpty() || !plan.kind().pictures().isEmpty())
			components.release(Stage.DENOISE);
	}

	private Kind.Encoded see(final TensorScope scope) {
		if (!plan.kind().pictures().isEmpty()) progress.enter(Stage.SEE, "");
		return plan.kind().encode(new PictureEncoder(scope, pipeline, progress, work, tile()));
	}

	/** Side of the autoencoder's tiles in pixels; 0 for one piece. */
	private int tile() {
		return memory.tile() * pipeline.model().autoencoder().downscale();
	}

	private Predictor predictor(final TensorScope scope, final List<List<Embedding>> embeddings,
		final Kind.Encoded pictures)
	{
		progress.enter(Stage.DENOISE, "opening the transformer");
		final Runnable afterTensor = progress.work(0);
		final Transformer transformer = components.transformer(plan.loras(), afterTensor);
		final Runnable afterBlock = progress.work(0, pipeline.model().transformerWeights());
		if (plan.omni()) {
			final OmniTransformer omni = new OmniTransformer(transformer);
			final List<OmniTransformer.Condition> conditions =
				embeddings.stream()
					.map(pieces -> omni.prepare(scope,
						pieces.stream().map(piece -> piece.tensor(scope)).toList(), pictures.references(),
						afterBlock))
					.toList();
			return Predictor.of(omni, conditions.get(0), conditions.size() > 1 ? conditions.get(1) : null)
				.tiled(plan.tiles());
		}
		final ControlNet.Condition control = pictures.control() == null ? null
			: new ControlNet.Condition(components.controlNet(plan.kind().controlNet(), afterTensor),
				pictures.control(), pictures.scale());
		final List<Tensor> captions = embeddings.stream()
			.map(pieces -> transformer.refineCaption(scope, pieces.get(0).tensor(scope), afterBlock))
			.toList();
		return Predictor.tiled(scope, plan.tiles(), transformer, captions.get(0),
			captions.size() > 1 ? captions.get(1) : null, control);
	}

	/** All images' final latents, one after the other. */
	private float[] denoise(final TensorScope scope, final Predictor predictor,
		final Kind.Encoded pictures)
	{
		final DenoisingLoop loop = new DenoisingLoop(predictor, plan.guidance());
		final LatentShape shape = plan.shape();
		final int count = plan.text().count();
		final StepPreviews previews =
			new StepPreviews(pipeline.model(), plan.schedule(), shape, listener);
		final Runnable afterBlock =
			progress.work(work.imageBlock(), pipeline.model().transformerWeights());
		final float[] all = new float[count * shape.size()];
		for (int i = 0; i < count; i++) {
			final InitialLatents beginning = begin(pictures, i);
			loop.run(scope, plan.scheduler(), beginning.latents(), shape.axes(1),
				new Steps(i, beginning, previews), afterBlock);
			System.arraycopy(beginning.latents(), 0, all, i * shape.size(), shape.size());
		}
		NumberCheck.latents(all, pipeline.precision(), !plan.loras().isEmpty());
		return all;
	}

	/** What happens around the steps of one image. */
	private final class Steps implements DenoisingLoop.Listener {

		private final int image;
		private final InitialLatents beginning;
		private final StepPreviews previews;
		private final Checkpoint weights = pipeline.model().transformerWeights();
		private long began = System.nanoTime();

		Steps(final int image, final InitialLatents beginning, final StepPreviews previews) {
			this.image = image;
			this.beginning = beginning;
			this.previews = previews;
		}

		@Override
		public void beforeStep(final int step) {
			final int count = plan.text().count();
			progress.enter(Stage.DENOISE, "step " + (step + 1) + " of " + plan.schedule().steps() +
				(count > 1 ? ", image " + (image + 1) + " of " + count : ""));
			weights.checkUnchanged();
			previews.beforeStep(beginning.latents());
		}

		@Override
		public void afterEvaluation(final int step, final List<float[]> predictions) {
			beginning.blend(step);
		}

		@Override
		public void afterStep(final int step) {
			previews.afterStep(image, step, beginning.latents());
			stepSeconds.add(since(began));
			began = System.nanoTime();
		}
	}

	private InitialLatents begin(final Kind.Encoded pictures, final int image) {
		final TextToImageRequest text = plan.text();
		if (pictures.image() == null) return InitialLatents.noise(text, plan.shape().size(), image);
		return InitialLatents.image(pictures.image(), plan.schedule(), text.seed() + image,
			pipeline.type(), pictures.mask());
	}

	private Conditions conditions() {
		return plan.kind().conditions(plan.tiles().label(),
			plan.loras().stream()
				.map(adapter -> new Conditions.Lora(Conditions.name(adapter.lora().place()),
					adapter.lora().fingerprint(), adapter.scale(), adapter.lora().unused().size(),
					adapter.lora().strength()))
				.toList());
	}

	private Provenance provenance(final int image) {
		final TextToImageRequest text = plan.text();
		final TextToImageRequest asked = plan.kind().request().text();
		// Where the size follows from a picture, a request does not name it.
		final boolean sized = plan.kind().request().task() == Task.TEXT_TO_IMAGE;
		final TextToImageRequest one =
			text.toBuilder().count(1).seed(text.seed() + image).latents(null).loras(List.of())
				.size(sized ? text.width() : asked.width(), sized ? text.height() : asked.height()).build();
		return new Provenance(one, conditions, text.latents() != null, pipeline.info(),
			plan.schedule().sigmas(), pipeline.precision().label(),
			pipeline.engine().device().torchName(), pipeline.engine().threads(),
			tile() == 0 ? "whole" : "tiles of " + tile(), prompts.dropped(), PluginVersion.get(),
			pipeline.engine().version());
	}

	private List<String> cautions() {
		final Stream<String> loras = plan.loras().stream().map(adapter -> adapter.lora().warning())
			.filter(warning -> !warning.isEmpty());
		return Stream.concat(plan.kind().request().cautions().stream(), loras).toList();
	}
}
