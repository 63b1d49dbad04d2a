package io.github.zimagefiji.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.List;

/** Positions beyond those of the reference's tensors, where the precision of the angle shows. */
class RotaryTableTest {

	private static final int[] WIDTHS = { 32, 48, 48 };

	@Test
	void anglesAreDoubleProductsRoundedToFloat() {
		final RotaryTable table = new RotaryTable(256, List.of(32, 48, 48));
		final int[] position = { 1535, 509, 511 };
		final float[] pairs = new float[128];
		assertEquals(128, table.put(pairs, 0, position));
		int at = 0;
		for (int axis = 0; axis < 3; axis++) {
			for (int i = 0; i < WIDTHS[axis] / 2; i++) {
				final double frequency = 1 / Math.pow(256, 2.0 * i / WIDTHS[axis]);
				final float angle = (float) (position[axis] * frequency);
				// One unit in the last place of such an angle is 1e-4.
				assertEquals(Math.cos(angle), pairs[at++], 1e-7);
				assertEquals(Math.sin(angle), pairs[at++], 1e-7);
			}
		}
	}
}
