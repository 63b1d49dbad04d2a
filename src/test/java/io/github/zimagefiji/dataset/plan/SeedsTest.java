
package io.github.zimagefiji.dataset.plan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

/** Workers of one process share the numbers of a plan. */
class SeedsTest {

	private static final int COUNT = 20_000;

	@Test
	void threadsThatShareThemDrawTheSameNumbers() {
		final long[] alone =
			LongStream.range(0, COUNT).map(i -> new Seeds(7).bits("image", i)).toArray();
		final Seeds shared = new Seeds(7);
		for (int round = 0; round < 5; round++) {
			assertArrayEquals(alone,
				LongStream.range(0, COUNT).parallel().map(i -> shared.bits("image", i)).toArray());
		}
	}
}
