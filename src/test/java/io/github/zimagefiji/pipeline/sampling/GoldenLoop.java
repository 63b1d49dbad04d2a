
package io.github.zimagefiji.pipeline.sampling;

import java.util.ArrayList;
import java.util.List;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import io.github.zimagefiji.engine.Tensor;
import io.github.zimagefiji.engine.TensorScope;
import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.golden.Parity;
import io.github.zimagefiji.golden.Pictures;
import io.github.zimagefiji.model.autoencoder.Autoencoder;
import io.github.zimagefiji.model.folder.SchedulerConfig;
import io.github.zimagefiji.model.vision.ByteImage;

/** One of the reference's runs: what it was asked for, and what came of it. */
public record GoldenLoop(Golden golden, JsonObject config) {

	/** A file of {@code golden/golden} that {@code expected.json} describes. */
	public static GoldenLoop of(final String name) {
		return new GoldenLoop(Golden.of(name),
			JsonParser.parseString(Golden.text("expected.json")).getAsJsonObject()
				.getAsJsonObject("golden").getAsJsonObject("golden/" + name + ".safetensors")
				.getAsJsonObject("config"));
	}

	public long seed() {
		return config.get("seed").getAsLong();
	}

	public String prompt() {
		return config.get("prompt").getAsString();
	}

	public String negativePrompt() {
		return config.get("negative_prompt").getAsString();
	}

	public Guidance guidance() {
		final double scale =
			config.has("guidance_scale") ? config.get("guidance_scale").getAsDouble() : 0;
		return new Guidance(scale, config.has("cfg_normalization") ? 1 : 0, 1);
	}

	/** The picture that the config names under a key. */
	ByteImage picture(final String key) {
		return Pictures.of(config.get(key).getAsString().replaceAll("images/|[.]png", ""));
	}

	/** The whole schedule, before a strength cuts it. */
	public Schedule schedule(final SchedulerConfig scheduler, final long[] shape) {
		return Schedule.ofSteps(scheduler, config.get("steps").getAsInt(),
			(int) (shape[2] * shape[3] / 4));
	}

	public long[] shape() {
		return golden.shape("latents.init");
	}

	/**
	 * Compares a step's latents, and predictions where the file has them; none may be made and then
	 * thrown away.
	 */
	public void compare(final int step, final float[] latents, final List<float[]> predictions) {
		final String tensor = "model_out.step" + step + ".";
		for (int i = 0; golden.has(tensor + 0) && i < predictions.size(); i++) {
			Parity.assertClose(golden, tensor + i, predictions.get(i), Parity.LOOP);
		}
		if (golden.has(tensor + 0) && golden.has(tensor + predictions.size()))
			throw new AssertionError("the reference evaluates more at step " + step);
		Parity.assertClose(golden, "latents.step" + step, latents, Parity.LOOP);
	}

	/** Two predictions, one after the other, where the product makes them together. */
	public static Predictor separately(final Predictor positive, final Predictor negative) {
		return (scope, latents, time, guided, afterBlock) -> {
			final List<Tensor> result =
				new ArrayList<>(positive.predict(scope, latents, time, false, afterBlock));
			if (guided) result.addAll(negative.predict(scope, latents, time, false, afterBlock));
			return result;
		};
	}

	/** How many steps the reference made. */
	public int steps() {
		int steps = 0;
		while (golden.has("latents.step" + steps)) {
			steps++;
		}
		return steps;
	}

	/** Decodes final latents and compares the image. */
	public void compareImage(final TensorScope scope, final Autoencoder autoencoder,
		final float[] latents)
	{
		Parity.assertClose(golden, "vae_decode.input", autoencoder.toAutoencoder(latents), Parity.LOOP);
		final Tensor pixels = autoencoder.decode(scope,
			scope.floats(autoencoder.toAutoencoder(latents), shape()), () -> {});
		Parity.assertImage(golden, "image_uint8", levels(pixels.toFloats()));
	}

	/**
	 * (3, height, width) in [-1, 1] as (height, width, 3) of bytes, half-way cases to the even one.
	 */
	private static float[] levels(final float[] planes) {
		final int area = planes.length / 3;
		final float[] levels = new float[planes.length];
		for (int i = 0; i < levels.length; i++) {
			final float sample = planes[i % 3 * area + i / 3] / 2 + 0.5f;
			levels[i] = (float) Math.rint(Math.max(0, Math.min(1, sample)) * 255f);
		}
		return levels;
	}
}
