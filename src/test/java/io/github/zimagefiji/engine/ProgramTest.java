
package io.github.zimagefiji.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.zimagefiji.error.EngineFailedException;
import io.github.zimagefiji.golden.Parity;

/** What every network's program shares, and what becomes of tensors. */
@Tag("engine")
class ProgramTest extends EngineFixture {

	private Program program;

	@BeforeEach
	void open() {
		program = engine.program("transformer");
	}

	@Test
	void aLinearLayerMultipliesAndAddsItsBias() {
		final Tensor x = scope.floats(new float[] { 1, 2 }, 1, 2);
		try (TensorMap map =
			new TensorMap(Map.of("a.weight", scope.floats(new float[] { 1, 10, 2, 20, 3, 30 }, 3, 2),
				"a.bias", scope.floats(new float[] { 100, 200, 300 }, 3))))
		{
			assertArrayEquals(new float[] { 121, 242, 363 },
				program.run(scope, "linear", x, map, "a").toFloats());
		}
	}

	@Test
	void aLowRankAdapterIsAddedBesideTheUntouchedWeight() {
		final Tensor x = scope.floats(new float[] { 1, 2 }, 1, 2);
		final Tensor weight = scope.floats(new float[] { 1, 10 }, 1, 2);
		try (TensorMap map = new TensorMap(
			Map.of("a.weight", weight, "a.lora_down", scope.floats(new float[] { 3, 4 }, 1, 2),
				"a.lora_up", scope.floats(new float[] { 0.5f }, 1, 1))))
		{
			assertArrayEquals(new float[] { 21 + 0.5f * 11 },
				program.run(scope, "linear", x, map, "a").toFloats());
			assertArrayEquals(new float[] { 1, 10 }, weight.toFloats());
		}
	}

	@Test
	void longBfloat16RowsGiveTheSameFromTheOtherSide() {
		final Tensor weight =
			scope.convert(scope.floats(numbers(16 * 8192), 16, 8192), TensorType.BFLOAT16);
		final float[] rows = numbers(513 * 8192);
		final Tensor many = scope.floats(rows, 1, 513, 8192);
		try (TensorMap map = new TensorMap(Map.of("a.weight", weight))) {
			final Tensor all = program.run(scope, "linear", many, map, "a");
			assertArrayEquals(new long[] { 1, 513, 16 }, all.shape());
			final float[] fast = scope.convert(all, TensorType.FLOAT32).toFloats();
			final Tensor few = scope.floats(Arrays.copyOfRange(rows, 500 * 8192, 513 * 8192), 13, 8192);
			final float[] plain =
				scope.convert(program.run(scope, "linear", few, map, "a"), TensorType.FLOAT32).toFloats();
			final float[] same = Arrays.copyOfRange(fast, 500 * 16, 513 * 16);
			assertTrue(Parity.distance(plain, same) < 0.01, "distance " + Parity.distance(plain, same));
		}
	}

	@Test
	void bfloat16BytesAreSeenWhereTheyLie() {
		final ByteBuffer bytes = ByteBuffer.allocateDirect(4).order(ByteOrder.LITTLE_ENDIAN);
		bytes.putShort(0, (short) 0x3fc0).putShort(2, (short) 0xc080);
		final Tensor tensor = scope.wrap(bytes, TensorType.BFLOAT16, 2);
		assertArrayEquals(new float[] { 1.5f, -4 },
			scope.convert(tensor, TensorType.FLOAT32).toFloats());
		bytes.putShort(0, (short) 0x4000);
		assertArrayEquals(new float[] { 2, -4 }, scope.convert(tensor, TensorType.FLOAT32).toFloats());
	}

	@Test
	void aScopeTakesItsTensorsAlongExceptThoseThatMovedOut() {
		final Tensor inside;
		final Tensor moved;
		try (TensorScope inner = scope.inner()) {
			inside = inner.floats(new float[] { 1 }, 1);
			moved = scope.moveHere(inner.floats(new float[] { 2 }, 1));
		}
		assertTrue(inside.isClosed());
		assertFalse(moved.isClosed());
		assertArrayEquals(new float[] { 2 }, moved.toFloats());
	}

	@Test
	void aFailureInsideTheEngineBecomesASentence() {
		final Tensor x = scope.floats(new float[6], 2, 3);
		final EngineFailedException e =
			assertThrows(EngineFailedException.class, () -> program.run(scope, "patchify", x, 2L));
		assertTrue(e.getMessage().contains("transformer.patchify"), e.getMessage());
		assertEquals(1, e.getMessage().lines().count(), e.getMessage());
	}

	private static float[] numbers(final int count) {
		final Random random = new Random(count);
		final float[] values = new float[count];
		for (int i = 0; i < count; i++) {
			values[i] = random.nextFloat() - 0.5f;
		}
		return values;
	}
}
