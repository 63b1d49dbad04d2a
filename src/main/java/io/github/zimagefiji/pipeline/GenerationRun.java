
package io.github.zimagefiji.pipeline;

import java.util.ArrayList;
import java.util.List;
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
import io.github.zimagefiji.pipeline.picture.LatentShape;
import io.github.zimagefiji.pipeline.sampling.DenoisingLoop;
import io.github.zimagefiji.pipeline.sampling.InitialLatents;
import io.github.zimagefiji.pipeline.sampling.NumberCheck;
import io.github.zimagefiji.pipeline.sampling.Predictor;
import io.github.zimagefiji.pipeline.sampling.PromptEmbeddings.Embedding;
import io.github.zimagefiji.pipeline.sampling.StepPreviews;
import io.github.zimagefiji.request.Conditions;
import io.github.zimagefiji.request.ControlRequest;
import io.github.zimagefiji.request.GenerationRequest;
import io.github.zimagefiji.request.Stage;
import io.github.zimagefiji.request.TextToImageRequest;
import io.github.zimagefiji.weights.Checkpoint;

/**
 * One request on its way: prompts and pictures are encoded, all images are sampled, then all are
 * decoded.
 */
final class GenerationRun {

	private final Pipeline pipeline;
	private final Components components;
	private final GenerationRequest asked;
	private final RunOutline outline;
	private final Conditions conditions;
	private final List<Double> stepSeconds = new ArrayList<>();

	/** @param outline of the request */
	GenerationRun(final Pipeline pipeline, final GenerationRequest asked, final RunOutline outline) {
		this.pipeline = pipeline;
		this.asked = asked;
		this.outline = outline;
		components = pipeline.components();
		conditions = ConditionsRecord.of(asked, outline);
	}

	GenerationResult run(final Progress listener) {
		final long start = System.nanoTime();
		final LatentShape shape = outline.shape();
		ResultSize.of(shape, outline.canvas().width(), outline.canvas().height())
			.check(outline.text().count(), Runtime.getRuntime().maxMemory());
		final double loadedBefore = components.secondsToLoad();
		try (MemoryWatch memory = new MemoryWatch(); TensorScope scope = pipeline.engine().scope()) {
			final PromptReader prompts = new PromptReader(pipeline, outline);
			outline.checkSize(pipeline.model().transformer(), prompts.longest());
			final MemoryPlan plan = plan(prompts.longest());
			final RunWork work =
				RunWork.of(pipeline.model(), outline, prompts.unknown(), prompts.longest(), plan.tile());
			final RunProgress progress = new RunProgress(listener, work.total());
			progress.enter(Stage.LOAD, "opening " + pipeline.info().name());
			makeRoom(plan, prompts);
			final PreparedPictures pictures = PreparedPictures.of(outline);

			final List<List<Embedding>> embeddings = new ArrayList<>();
			final double encode = seconds(() -> embeddings.addAll(prompts.encode(progress, work)));
			if (!plan.keepTextEncoder()) components.releaseTextEncoder();
			final List<PictureEncoder.Encoded> encoded = new ArrayList<>();
			final double see = seconds(() -> encoded
				.add(new PictureEncoder(pipeline, outline, plan, work).encode(scope, pictures, progress)));
			if (!plan.keepTextEncoder()) releasePictureEncoders();
			final StepPreviews previews =
				new StepPreviews(pipeline.model(), outline.schedule(), shape, listener);
			final float[] latents = denoise(scope, embeddings, encoded.get(0), progress, work, previews);
			NumberCheck.latents(latents, pipeline.precision(), !outline.parts().adapters().isEmpty());
			if (!plan.keepTransformer()) components.releaseTransformer();
			final List<GeneratedImage> images = new ArrayList<>();
			final ImageDecoder decoder =
				new ImageDecoder(pipeline, outline, plan, pictures.composition());
			final double decode = seconds(() -> images.addAll(decoder.decode(latents, progress,
				work.decoderBlock(), i -> provenance(i, plan, prompts.dropped()))));
			progress.enter(Stage.DECODE, "");
			final double opening = pipeline.takeSecondsToOpen();
			return new GenerationResult(images, latents, shape.axes(images.size()),
				new Timings(opening + components.secondsToLoad() - loadedBefore, encode,
					List.copyOf(stepSeconds), see + decode, opening + seconds(start), memory.peakAnonymous(),
					memory.peakFileBacked()),
				cautions());
		}
	}

	private List<String> cautions() {
		final Stream<String> loras = outline.parts().adapters().stream()
			.map(adapter -> adapter.lora().warning()).filter(warning -> !warning.isEmpty());
		return Stream.concat(asked.cautions().stream(), loras).toList();
	}

	private MemoryPlan plan(final int tokens) {
		final boolean mapped = pipeline.engine().device().isProcessor();
		final MemoryNeeds needs =
			MemoryNeeds.of(pipeline.model(), outline, pipeline.type(), mapped, tokens);
		return MemoryPlan.of(needs, outline.shape().rows(), outline.shape().columns(),
			SystemMemory.available(pipeline.engine(), components.bytesHeld(needs)));
	}

	/**
	 * Releases what earlier requests left loaded, where the plan counts on each component being
	 * alone.
	 */
	private void makeRoom(final MemoryPlan plan, final PromptReader prompts) {
		if (outline.parts().control() == null) components.releaseControlNet();
		if (plan.keepTextEncoder()) return;
		releasePictureEncoders();
		if (!prompts.unknown().isEmpty() || outline.pictures() > 0) components.releaseTransformer();
	}

	private void releasePictureEncoders() {
		components.releaseAutoencoder();
		components.releaseImageEncoder();
	}

	private Predictor predictor(final TensorScope scope, final List<List<Embedding>> prompts,
		final PictureEncoder.Encoded pictures, final RunProgress progress)
	{
		progress.enter(Stage.DENOISE, "opening the transformer");
		final Runnable afterTensor = progress.work(0);
		final Transformer transformer = components.transformer(outline.parts().adapters(), afterTensor);
		final Runnable afterBlock = progress.work(0, pipeline.model().transformerWeights());
		if (outline.omni()) {
			final OmniTransformer omni = new OmniTransformer(transformer);
			final List<OmniTransformer.Condition> conditions =
				prompts.stream()
					.map(pieces -> omni.prepare(scope,
						pieces.stream().map(piece -> piece.tensor(scope)).toList(), pictures.references(),
						afterBlock))
					.toList();
			return Predictor.of(omni, conditions.get(0), conditions.size() > 1 ? conditions.get(1) : null)
				.tiled(outline.tiles());
		}
		final ControlNet.Condition control = asked instanceof ControlRequest r
			? new ControlNet.Condition(components.controlNet(outline.parts().control(), afterTensor),
				pictures.control(), r.scale())
			: null;
		final List<Tensor> captions = prompts.stream()
			.map(pieces -> transformer.refineCaption(scope, pieces.get(0).tensor(scope), afterBlock))
			.toList();
		return Predictor.tiled(scope, outline.tiles(), transformer, captions.get(0),
			captions.size() > 1 ? captions.get(1) : null, control);
	}

	/** All images' final latents, one after the other. */
	private float[] denoise(final TensorScope scope, final List<List<Embedding>> prompts,
		final PictureEncoder.Encoded pictures, final RunProgress progress, final RunWork work,
		final StepPreviews previews)
	{
		final DenoisingLoop loop =
			new DenoisingLoop(predictor(scope, prompts, pictures, progress), outline.guidance());
		final Checkpoint weights = pipeline.model().transformerWeights();
		final LatentShape shape = outline.shape();
		final int count = outline.text().count();
		final int steps = outline.schedule().steps();
		final float[] all = new float[count * shape.size()];
		for (int i = 0; i < count; i++) {
			final int image = i;
			final InitialLatents beginning = begin(pictures, image);
			final float[] latents = beginning.latents();
			final String which = count > 1 ? ", image " + (image + 1) + " of " + count : "";
			final DenoisingLoop.Listener listener = new DenoisingLoop.Listener() {

				private long start = System.nanoTime();

				@Override
				public void beforeStep(final int step) {
					progress.enter(Stage.DENOISE, "step " + (step + 1) + " of " + steps + which);
					weights.checkUnchanged();
					previews.beforeStep(latents);
				}

				@Override
				public void afterEvaluation(final int step, final List<float[]> predictions) {
					beginning.blend(step);
				}

				@Override
				public void afterStep(final int step) {
					previews.afterStep(image, step, latents);
					stepSeconds.add(seconds(start));
					start = System.nanoTime();
				}
			};
			loop.run(scope, outline.scheduler(), latents, shape.axes(1), listener,
				progress.work(work.imageBlock(), weights));
			System.arraycopy(latents, 0, all, image * shape.size(), shape.size());
		}
		return all;
	}

	private InitialLatents begin(final PictureEncoder.Encoded pictures, final int image) {
		final TextToImageRequest text = outline.text();
		if (pictures.image() == null) return InitialLatents.noise(text, outline.shape().size(), image);
		return InitialLatents.image(pictures.image(), outline.schedule(), text.seed() + image,
			pipeline.type(), pictures.mask());
	}

	private Provenance provenance(final int image, final MemoryPlan plan, final int dropped) {
		final TextToImageRequest text = outline.text();
		final boolean sized = asked instanceof TextToImageRequest;
		// Where the size follows from a picture, a request does not name it.
		final TextToImageRequest one = text.toBuilder().count(1).seed(text.seed() + image).latents(null)
			.loras(List.of()).size(sized ? text.width() : asked.text().width(),
				sized ? text.height() : asked.text().height())
			.build();
		final int side = plan.tile() * pipeline.model().autoencoder().downscale();
		return new Provenance(one, conditions, text.latents() != null, pipeline.info(),
			outline.schedule().sigmas(), pipeline.precision().label(),
			pipeline.engine().device().torchName(), pipeline.engine().threads(),
			side == 0 ? "whole" : "tiles of " + side, dropped, PluginVersion.get(),
			pipeline.engine().version());
	}

	/**
	 * Seconds that something took, without the loading of components that it caused.
	 */
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
