
package io.github.zimagefiji.dataset.scene;

import java.util.BitSet;
import java.util.Random;

import io.github.zimagefiji.dataset.recipe.Population;

/**
 * A bent line: a disc is moved pixel by pixel while its direction changes at random.
 */
final class Filament implements Shape {

	private final double x;
	private final double y;
	private final double radius;
	private final double angle;
	private final double[] turns;

	Filament(final double x, final double y, final double radius, final Population population,
		final Random random)
	{
		this.x = x;
		this.y = y;
		this.radius = radius;
		angle = random.nextDouble() * 2 * StrictMath.PI;
		turns = new double[(int) population.length().at(random.nextDouble())];
		for (int i = 0; i < turns.length; i++)
			turns[i] = random.nextGaussian() * population.bending();
	}

	@Override
	public int[] pixels(final int width, final int height) {
		final BitSet covered = new BitSet(width * height);
		double atX = x;
		double atY = y;
		double direction = angle;
		for (final double turn : turns) {
			stamp(atX, atY, width, height, covered);
			direction += turn;
			atX += StrictMath.cos(direction);
			atY += StrictMath.sin(direction);
		}
		return covered.stream().toArray();
	}

	private void stamp(final double atX, final double atY, final int width, final int height,
		final BitSet covered)
	{
		final int top = Math.max(0, (int) StrictMath.floor(atY - radius));
		final int bottom = Math.min(height - 1, (int) StrictMath.ceil(atY + radius));
		final int left = Math.max(0, (int) StrictMath.floor(atX - radius));
		final int right = Math.min(width - 1, (int) StrictMath.ceil(atX + radius));
		for (int row = top; row <= bottom; row++) {
			for (int column = left; column <= right; column++) {
				final double dx = column + 0.5 - atX;
				final double dy = row + 0.5 - atY;
				if (dx * dx + dy * dy <= radius * radius) covered.set(row * width + column);
			}
		}
	}
}
