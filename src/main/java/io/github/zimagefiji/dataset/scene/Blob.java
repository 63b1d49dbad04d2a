
package io.github.zimagefiji.dataset.scene;

import java.util.Random;
import java.util.stream.IntStream;

import io.github.zimagefiji.dataset.recipe.Population;

/**
 * An ellipse whose outline departs from it by three waves. Only {@link StrictMath} and the four
 * operations are used, which give the same bits everywhere.
 */
final class Blob implements Shape {

	private static final int WAVES = 3;

	private final double x;
	private final double y;
	private final double longAxis;
	private final double shortAxis;
	private final double cos;
	private final double sin;
	private final double[] amplitudes = new double[WAVES];
	private final double[] phases = new double[WAVES];

	/** @param radius that of a disc of the same area, pixels */
	Blob(final double x, final double y, final double radius, final Population population,
		final Random random)
	{
		this.x = x;
		this.y = y;
		final double elongation = StrictMath.sqrt(population.elongation().at(random.nextDouble()));
		longAxis = radius * elongation;
		shortAxis = radius / elongation;
		final double angle = random.nextDouble() * StrictMath.PI;
		cos = StrictMath.cos(angle);
		sin = StrictMath.sin(angle);
		for (int k = 0; k < WAVES; k++) {
			amplitudes[k] = population.irregularity() / WAVES * (2 * random.nextDouble() - 1) * 2;
			phases[k] = random.nextDouble() * 2 * StrictMath.PI;
		}
	}

	@Override
	public int[] pixels(final int width, final int height) {
		final double reach = longAxis * 2;
		final int left = Math.max(0, (int) StrictMath.floor(x - reach));
		final int right = Math.min(width - 1, (int) StrictMath.ceil(x + reach));
		final int top = Math.max(0, (int) StrictMath.floor(y - reach));
		final int bottom = Math.min(height - 1, (int) StrictMath.ceil(y + reach));
		return IntStream.rangeClosed(top, bottom)
			.flatMap(row -> IntStream.rangeClosed(left, right)
				.filter(column -> contains(column + 0.5, row + 0.5)).map(column -> row * width + column))
			.toArray();
	}

	private boolean contains(final double px, final double py) {
		final double u = ((px - x) * cos + (py - y) * sin) / longAxis;
		final double v = ((py - y) * cos - (px - x) * sin) / shortAxis;
		final double squared = u * u + v * v;
		if (squared > 4) return false;
		final double theta = StrictMath.atan2(v, u);
		double limit = 1;
		for (int k = 0; k < WAVES; k++)
			limit += amplitudes[k] * StrictMath.cos((k + 2) * theta + phases[k]);
		return squared <= limit * limit;
	}
}
