
package io.github.zimagefiji.image;

import java.util.List;
import java.util.Random;

import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.ModelInfo;
import io.github.zimagefiji.ModelVariant;
import io.github.zimagefiji.Provenance;
import io.github.zimagefiji.request.Conditions;
import io.github.zimagefiji.request.IntensityMapping;
import io.github.zimagefiji.request.IntensityRange;
import io.github.zimagefiji.request.Task;
import io.github.zimagefiji.request.TextToImageRequest;

/** Images and provenances for tests. */
public final class Examples {

	/** Prompts that break careless readers and writers of text. */
	public static final String[] PROMPTS = { "a cell in mitosis", "", "水墨画里的细胞，高清",
		"a \"quoted\" \\ back\\slash\\n \\u0041", "first line\nsecond line\r\nthird\rfourth",
		"emoji 🔬🧫👩‍🔬", "seed=7 steps: 9 Z-Image seed: 3", "x\nZ-Image provenance: {\"request\":{}}",
		"tab\tbell\u0007nul\u0000end", "\u2028\u2029\u0085\u00e9\u007f", "half an emoji \ud83d",
		"<b>&amp;'</b> {}[]" };

	private Examples() {
		// only static methods
	}

	public static TextToImageRequest request(final String prompt, final long seed, final int width,
		final int height)
	{
		return TextToImageRequest.builder(prompt).negativePrompt("模糊: \"blur\"\n").size(width, height)
			.steps(2).guidance(0.1).cfgNormalization(1.0 / 3).cfgTruncation(0.7).sigmas(List.of(1.0, 0.3))
			.maxTokens(77).seed(seed).build();
	}

	public static Provenance provenance(final TextToImageRequest request) {
		return provenance(request, Conditions.NONE);
	}

	/** Conditions with every field set; all names are the given one. */
	public static Conditions conditions(final String name) {
		final IntensityMapping mapping = new IntensityMapping(IntensityRange.PERCENTILES, "16-bit",
			List.of(12.5, -0.0), List.of(4095.0, 1.0 / 3));
		return new Conditions(Task.CONTROL,
			List.of(new Conditions.Input("image", name, 40, 30, "ab".repeat(32), mapping),
				new Conditions.Input("mask", name, 40, 30, "cd".repeat(32), null)),
			0.6, 3, List.of(1, 0, 16384, 2), "tiles of 512, overlap 64", true,
			new Conditions.Control(name, "f00d", 0.75),
			List.of(new Conditions.Lora(name, "beef", -1.5, 2, "0.5 to 2"),
				new Conditions.Lora("second", "cafe", 1, 0, null)));
	}

	public static Provenance provenance(final TextToImageRequest request,
		final Conditions conditions)
	{
		final ModelInfo model = new ModelInfo("Z-Image-Turbo ü", ModelVariant.TURBO,
			"scheduler shift 3.0", "0123abcd", "sampled");
		return new Provenance(request, conditions, true, model, List.of(1.0, 0.5625, 4.9E-324, 0.0),
			"bfloat16", "cuda:1", 7, "tiles of 512", 3, "0.1.0", "DJL 0.35.1, libtorch 2.7.1");
	}

	public static Provenance provenance(final String prompt, final long seed) {
		return provenance(request(prompt, seed, 32, 16));
	}

	/**
	 * Noise from -0.5 to 1.5, so that a quarter of the samples is clamped at either end.
	 */
	public static GeneratedImage image(final String prompt, final long seed, final int width,
		final int height)
	{
		final Random random = new Random(seed);
		final float[] samples = new float[3 * width * height];
		for (int i = 0; i < samples.length; i++)
			samples[i] = random.nextFloat() * 2 - 0.5f;
		return new GeneratedImage(width, height, samples,
			provenance(request(prompt, seed, width, height)));
	}

	public static GeneratedImage image(final String prompt, final long seed) {
		return image(prompt, seed, 32, 16);
	}
}
