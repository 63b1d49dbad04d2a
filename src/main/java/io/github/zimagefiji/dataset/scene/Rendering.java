
package io.github.zimagefiji.dataset.scene;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToDoubleFunction;

import io.github.zimagefiji.dataset.recipe.Look;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.request.InputImage;
import io.github.zimagefiji.request.IntensityMapping;

/** Plain pictures of labels: every object has one brightness of one colour. */
public final class Rendering {

	private static final Map<String, Integer> COLOURS = Map.of("red", 0xff0000, "green", 0x00ff00,
		"blue", 0x0000ff, "cyan", 0x00ffff, "magenta", 0xff00ff, "yellow", 0xffff00, "white", 0xffffff);

	private Rendering() {
		// only static methods
	}

	/**
	 * Draws a scene.
	 *
	 * @param colour a name that {@link Look#colour} knows, or six hexadecimal digits
	 * @param seed of the objects' brightness
	 * @throws InvalidInputException if the colour is not known
	 */
	public static InputImage draw(final Scene scene, final Look look, final String colour,
		final long seed)
	{
		final int rgb = rgb(colour);
		final double background = look.background();
		return draw(scene, "rendering of " + scene.name(), brightness(scene, look, seed),
			channel -> background, (channel, brightness) -> Math.max(background,
				brightness * ((rgb >> 16 - 8 * channel & 0xff) / 255.0)));
	}

	/**
	 * Draws a scene in measured colours. The brightness of objects varies around them as the look's
	 * range does around its middle.
	 *
	 * @param name for provenance
	 * @param seed of the objects' brightness
	 */
	public static InputImage draw(final Scene scene, final Look look, final Palette palette,
		final String name, final long seed)
	{
		final double middle = Math.max(look.brightness().at(0.5), 1e-6);
		return draw(scene, name, brightness(scene, look, seed),
			channel -> palette.background()[channel],
			(channel, brightness) -> Math.min(1, brightness / middle * palette.objects()[channel]));
	}

	private static double[] brightness(final Scene scene, final Look look, final long seed) {
		final Random random = SceneRandom.of(seed, -1);
		final double[] brightness = new double[scene.count()];
		Arrays.setAll(brightness, i -> look.brightness().at(random.nextDouble()));
		return brightness;
	}

	/** What a channel of an object of some brightness is. */
	private interface ObjectColour {

		double of(int channel, double brightness);
	}

	private static InputImage draw(final Scene scene, final String name, final double[] brightness,
		final IntToDoubleFunction background, final ObjectColour object)
	{
		final int pixels = scene.labels().length;
		final float[] samples = new float[3 * pixels];
		for (int i = 0; i < samples.length; i++) {
			final int label = scene.labels()[i % pixels];
			samples[i] = (float) (label == 0 ? background.applyAsDouble(i / pixels)
				: object.of(i / pixels, brightness[label - 1]));
		}
		return new InputImage(name, scene.width(), scene.height(), samples, IntensityMapping.RGB);
	}

	/** A background of the scene's size with a rendering's objects on it. */
	public static InputImage onto(final InputImage background, final Scene scene,
		final InputImage rendering)
	{
		final float[] samples = background.samples().clone();
		for (int i = 0; i < samples.length; i++)
			if (scene.labels()[i % scene.labels().length] > 0) samples[i] = rendering.samples()[i];
		return new InputImage(rendering.name() + " on " + background.name(), scene.width(),
			scene.height(), samples, background.mapping());
	}

	/** An even picture. */
	public static InputImage background(final int width, final int height, final double brightness) {
		final float[] samples = new float[3 * width * height];
		Arrays.fill(samples, (float) brightness);
		return new InputImage("background", width, height, samples, IntensityMapping.RGB);
	}

	private static int rgb(final String colour) {
		final Integer known = COLOURS.get(colour.toLowerCase(Locale.ROOT));
		if (known != null) return known;
		if (colour.matches("[0-9a-fA-F]{6}")) return Integer.parseInt(colour, 16);
		throw new InvalidInputException("The colour \"" + colour +
			"\" is not known. Use red, green, blue, cyan, magenta, yellow, white, or six hexadecimal digits.");
	}
}
