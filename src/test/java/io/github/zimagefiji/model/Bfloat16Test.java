
package io.github.zimagefiji.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Eight significant bits: numbers from 1 to 2 lie 1/128 apart. */
class Bfloat16Test {

	private static final float STEP = 1 / 128f;

	@Test
	void theNearestNumberIsTaken() {
		assertEquals(1 + STEP, Bfloat16.round(1 + 0.6f * STEP));
		assertEquals(1, Bfloat16.round(1 + 0.4f * STEP));
		assertEquals(-1 - STEP, Bfloat16.round(-1 - 0.6f * STEP));
	}

	@Test
	void halfwayTheEvenNumberIsTaken() {
		assertEquals(1, Bfloat16.round(1 + STEP / 2));
		assertEquals(1 + 2 * STEP, Bfloat16.round(1 + 1.5f * STEP));
		assertEquals(2, Bfloat16.round(2 - STEP / 2));
	}

	@Test
	void numbersOfBfloat16AndWhatIsNoNumberStay() {
		assertArrayEquals(new float[] { 0, -0f, 1, 3.140625f, Float.POSITIVE_INFINITY },
			Bfloat16.round(new float[] { 0, -0f, 1, 3.140625f, Float.POSITIVE_INFINITY }));
		assertTrue(Float.isNaN(Bfloat16.round(Float.NaN)));
		assertEquals(Float.POSITIVE_INFINITY, Bfloat16.round(Float.MAX_VALUE));
	}
}
