
package io.github.zimagefiji.request;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.github.zimagefiji.ModelVariant;
import io.github.zimagefiji.error.InvalidInputException;

/**
 * A text-to-image request as plain data. {@code null} in {@code width}, {@code height},
 * {@code steps} and {@code guidance} means "as the model needs it" ({@link ModelVariant}). Only
 * what is wrong for every model is refused here; the pipeline checks the rest.
 *
 * @param prompt what to show, at most {@value #MAX_PROMPT_LENGTH} characters; may be empty
 * @param negativePrompt what to avoid; used only with guidance above 0
 * @param width pixels, a multiple of 16; or null
 * @param height pixels, a multiple of 16; or null
 * @param steps sampling steps, 1 to 1000, or null
 * @param guidance guidance scale g of {@code positive + g (positive - negative)}; 0 is off; or null
 * @param cfgNormalization largest norm of the guided prediction relative to the unguided one; 0 is
 *          off
 * @param cfgTruncation normalized time in [0, 1] after which guidance is dropped; above 1 never; 1
 *          never in practice
 * @param sigmas noise levels before the scheduler's shift, decreasing within (0, 1]; empty for the
 *          usual ones. If given, {@code steps} must be null or their number
 * @param maxTokens longest tokenized prompt, template included; what is beyond is dropped
 * @param seed seed of the first image, 0 to 2^63-1; the next images use {@code seed + 1}, …. As in
 *          PyTorch's generator on a processor, only the low 32 bits matter
 * @param count number of images
 * @param latents explicit starting noise instead of the seed's: (count, 16, height / 8, width / 8),
 *          row-major; or null
 * @param sampler how a step goes from one noise level to the next; null for {@link Sampler#EULER}
 * @param loras what changes the transformer; their changes add up
 */
public record TextToImageRequest(String prompt, String negativePrompt, @Nullable Integer width,
		@Nullable Integer height, @Nullable Integer steps, @Nullable Double guidance,
		double cfgNormalization, double cfgTruncation, List<Double> sigmas, int maxTokens, long seed,
		int count, float @Nullable [] latents, Sampler sampler, List<LoraChoice> loras)
		implements GenerationRequest
{

	/** What the reference pads and cuts prompts to. */
	public static final int DEFAULT_MAX_TOKENS = 512;
	/**
	 * Characters of the longest prompt: more than fit into the highest limit of tokens, and few
	 * enough for the tokenizer.
	 */
	public static final int MAX_PROMPT_LENGTH = 200_000;

	public TextToImageRequest {
		Objects.requireNonNull(prompt, "prompt");
		negativePrompt = negativePrompt == null ? "" : negativePrompt;
		sigmas = sigmas == null ? List.of() : List.copyOf(sigmas);
		sampler = sampler == null ? Sampler.EULER : sampler;
		loras = loras == null ? List.of() : List.copyOf(loras);
		checkLength("prompt", prompt);
		checkLength("negative prompt", negativePrompt);
		checkSide("width", width);
		checkSide("height", height);
		if (!sigmas.isEmpty()) {
			if (steps != null && steps != sigmas.size()) throw new InvalidInputException(
				sigmas.size() + " sigmas are given but " + steps + " steps; leave the steps out.");
			checkSigmas(sigmas);
		}
		if (steps != null && (steps < 1 || steps > 1000))
			throw new InvalidInputException("The number of steps is " + steps +
				"; it must be between 1 and 1000 (8 for Turbo, 28 to 50 for the base model).");
		checkRange("guidance", guidance == null ? 0 : guidance, 0, 100);
		checkRange("CFG normalization", cfgNormalization, 0, 100);
		checkRange("CFG truncation", cfgTruncation, 0, Double.MAX_VALUE);
		if (maxTokens < 16 || maxTokens > 32768) throw new InvalidInputException(
			"The token limit is " + maxTokens + "; it must be between 16 and 32768.");
		if (seed < 0)
			throw new InvalidInputException("The seed is " + seed + "; it must be 0 or more.");
		if (count < 1 || count > 10000) throw new InvalidInputException(
			"The number of images is " + count + "; it must be between 1 and 10000.");
		if (seed > Long.MAX_VALUE - (count - 1)) throw new InvalidInputException(
			"The seed " + seed + " is too large for " + count + " images, which use the seeds after it.");
		if (latents != null) checkLatents(latents, count, width, height);
	}

	/**
	 * A request with the defaults of everything but the prompt: the model's own size, seed 0, one
	 * image.
	 */
	public static Builder builder(final String prompt) {
		return new Builder(prompt);
	}

	@Override
	public TextToImageRequest text() {
		return this;
	}

	@Override
	public TextToImageRequest withText(final TextToImageRequest text) {
		return text;
	}

	@Override
	public Task task() {
		return Task.TEXT_TO_IMAGE;
	}

	/** A builder that starts from this request. */
	public Builder toBuilder() {
		return new Builder(this);
	}

	private static void checkLatents(final float[] latents, final int count,
		final @Nullable Integer width, final @Nullable Integer height)
	{
		if (width == null || height == null) throw new InvalidInputException(
			"Starting latents are given, but not the width and height that they are for.");
		if (latents.length != count * 16L * (height / 8) * (width / 8))
			throw new InvalidInputException("The starting latents hold " + latents.length + " values; " +
				count + " × 16 × " + height / 8 + " × " + width / 8 + " are needed.");
	}

	private static void checkLength(final String name, final String text) {
		if (text.length() > MAX_PROMPT_LENGTH) throw new InvalidInputException("The " + name + " has " +
			text.length() + " characters; at most " + MAX_PROMPT_LENGTH + " are taken. Shorten it.");
	}

	private static void checkSide(final String name, final @Nullable Integer pixels) {
		if (pixels == null || pixels >= 16 && pixels <= 65536 && pixels % 16 == 0) return;
		final int nearest = (int) Math.min(65536, Math.max(1, Math.round(pixels / 16.0)) * 16);
		throw new InvalidInputException("The " + name + " is " + pixels +
			"; it must be a positive multiple of 16. The nearest is " + nearest + ".");
	}

	private static void checkRange(final String name, final double value, final double least,
		final double most)
	{
		if (value >= least && value <= most) return;
		throw new InvalidInputException(
			"The " + name + " is " + value + "; it must be " + (most == Double.MAX_VALUE
				? "a number of at least " + least : "between " + least + " and " + most) + ".");
	}

	private static void checkSigmas(final List<Double> sigmas) {
		double last = Double.POSITIVE_INFINITY;
		for (final Double sigma : sigmas) {
			if (sigma == null || !(sigma > 0 && sigma <= 1))
				throw new InvalidInputException("The sigma " + sigma + " is outside (0, 1].");
			if (sigma > last) throw new InvalidInputException(
				"The sigmas must not increase, but " + sigma + " follows " + last + ".");
			last = sigma;
		}
	}

	/** Collects a request's values; see the record's components. */
	public static final class Builder {

		private String prompt;
		private String negativePrompt = "";
		private @Nullable Integer width;
		private @Nullable Integer height;
		private @Nullable Integer steps;
		private @Nullable Double guidance;
		private double cfgNormalization;
		private double cfgTruncation = 1;
		private List<Double> sigmas = List.of();
		private int maxTokens = DEFAULT_MAX_TOKENS;
		private long seed;
		private int count = 1;
		private float @Nullable [] latents;
		private Sampler sampler = Sampler.EULER;
		private List<LoraChoice> loras = List.of();

		private Builder(final String prompt) {
			this.prompt = prompt;
		}

		private Builder(final TextToImageRequest r) {
			prompt = r.prompt;
			negativePrompt = r.negativePrompt;
			width = r.width;
			height = r.height;
			steps = r.steps;
			guidance = r.guidance;
			cfgNormalization = r.cfgNormalization;
			cfgTruncation = r.cfgTruncation;
			sigmas = r.sigmas;
			maxTokens = r.maxTokens;
			seed = r.seed;
			count = r.count;
			latents = r.latents;
			sampler = r.sampler;
			loras = r.loras;
		}

		public Builder prompt(final String value) {
			prompt = value;
			return this;
		}

		public Builder negativePrompt(final String value) {
			negativePrompt = value;
			return this;
		}

		public Builder size(final @Nullable Integer newWidth, final @Nullable Integer newHeight) {
			return width(newWidth).height(newHeight);
		}

		public Builder width(final @Nullable Integer value) {
			width = value;
			return this;
		}

		public Builder height(final @Nullable Integer value) {
			height = value;
			return this;
		}

		public Builder steps(final @Nullable Integer value) {
			steps = value;
			return this;
		}

		public Builder guidance(final @Nullable Double value) {
			guidance = value;
			return this;
		}

		public Builder cfgNormalization(final double value) {
			cfgNormalization = value;
			return this;
		}

		public Builder cfgTruncation(final double value) {
			cfgTruncation = value;
			return this;
		}

		public Builder sigmas(final List<Double> value) {
			sigmas = value;
			return this;
		}

		public Builder maxTokens(final int value) {
			maxTokens = value;
			return this;
		}

		public Builder seed(final long value) {
			seed = value;
			return this;
		}

		public Builder count(final int value) {
			count = value;
			return this;
		}

		public Builder latents(final float @Nullable [] value) {
			latents = value;
			return this;
		}

		public Builder sampler(final Sampler value) {
			sampler = value;
			return this;
		}

		public Builder loras(final List<LoraChoice> value) {
			loras = value;
			return this;
		}

		/**
		 * Makes the request.
		 *
		 * @throws InvalidInputException if a value is out of range
		 */
		public TextToImageRequest build() {
			return new TextToImageRequest(prompt, negativePrompt, width, height, steps, guidance,
				cfgNormalization, cfgTruncation, sigmas, maxTokens, seed, count, latents, sampler, loras);
		}
	}
}
