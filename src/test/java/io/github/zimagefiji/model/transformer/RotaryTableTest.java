
package io.github.zimagefiji.model.transformer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.junit.jupiter.api.Test;

/**
 * Positions beyond those of the reference's tensors, where the precision of the angle shows.
 */
class RotaryTableTest {

	private static final int[] WIDTHS = { 32, 48, 48 };

	@Test
	void anglesAreDoubleProductsRoundedToFloat() {
		final RotaryTable table = new RotaryTable(256, List.of(32, 48, 48));
		final float[] pairs = new float[128];
		for (int position = 1; position < 512; position++) {
			assertEquals(128, table.put(pairs, 0, 3 * position, position, 512 - position));
			check(pairs, 3 * position, position, 512 - position);
		}
	}

	private static void check(final float[] pairs, final int... position) {
		int at = 0;
		for (int axis = 0; axis < 3; axis++) {
			for (int i = 0; i < WIDTHS[axis] / 2; i++) {
				final double frequency = 1 / Math.pow(256, 2.0 * i / WIDTHS[axis]);
				// One unit in the last place of a large angle is 1e-4.
				final float angle = (float) (position[axis] * frequency);
				assertEquals(Math.cos(angle), pairs[at++], 1e-7);
				assertEquals(Math.sin(angle), pairs[at++], 1e-7);
			}
		}
	}
}
