
package io.github.zimagefiji.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.zimagefiji.engine.EngineFixture;
import io.github.zimagefiji.engine.Program;
import io.github.zimagefiji.engine.Tensor;
import io.github.zimagefiji.engine.TensorMap;
import io.github.zimagefiji.engine.TensorType;
import io.github.zimagefiji.golden.Parity;

/**
 * Constants and roundings that the reference's tensors are too well-behaved to show: what is added
 * under a root matters only for tiny values, and float32 streams only beside bfloat16 weights.
 */
@Tag("engine")
class NumericsTest extends EngineFixture {

	/**
	 * Mean square 7.5e-6, about what is added under the roots. None is a number of bfloat16.
	 */
	private static final float[] TINY = { 1e-3f, -2e-3f, 3e-3f, 4e-3f };
	/** Not numbers of bfloat16. */
	private static final float[] ODD = { 1.001f, -2.003f, 3.007f, 0.1f };
	private static final float[] IDENTITY = { 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1 };

	/** Some layer's weights. */
	private final class Weights {

		private final Map<String, Tensor> tensors = new LinkedHashMap<>();
		private final TensorType type;

		Weights(final TensorType type) {
			this.type = type;
		}

		Weights add(final String name, final float[] values, final long... shape) {
			tensors.put(name, scope.convert(scope.floats(values, shape), type));
			return this;
		}

		Weights fill(final String name, final float value, final long... shape) {
			final float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
			Arrays.fill(values, value);
			return add(name, values, shape);
		}

		TensorMap map() {
			return new TensorMap(tensors);
		}
	}

	private static float[] normed(final float[] x, final double mean, final double eps) {
		final double variance =
			Arrays.stream(doubles(x)).map(v -> (v - mean) * (v - mean)).average().getAsDouble();
		final float[] result = new float[x.length];
		for (int i = 0; i < x.length; i++) {
			result[i] = (float) ((x[i] - mean) / Math.sqrt(variance + eps));
		}
		return result;
	}

	private static double mean(final float[] x) {
		return Arrays.stream(doubles(x)).average().getAsDouble();
	}

	private static double[] doubles(final float[] x) {
		final double[] result = new double[x.length];
		for (int i = 0; i < x.length; i++) {
			result[i] = x[i];
		}
		return result;
	}

	private static void assertClose(final float[] expected, final Tensor actual) {
		assertTrue(Parity.distance(expected, actual.toFloats()) < 1e-5,
			Arrays.toString(actual.toFloats()));
	}

	private Tensor query(final TensorType type, final float[] x, final float cos, final float sin) {
		final TensorMap w = new Weights(type).add("attention.to_q.weight", IDENTITY, 4, 4)
			.fill("attention.norm_q.weight", 1, 4).map();
		return engine.program("transformer").run(scope, "query", scope.floats(x, 1, 1, 4),
			scope.floats(new float[] { cos, sin, cos, sin }, 1, 2, 2), w, "q", 1L);
	}

	@Test
	void queriesAndKeysAreNormedWith1e5() {
		assertClose(normed(TINY, 0, 1e-5), query(TensorType.FLOAT32, TINY, 1, 0));
	}

	@Test
	void normsOfTheStreamHaveTheEpsilonOfTheConfig() {
		final Tensor ones = scope.floats(new float[] { 1, 1, 1, 1 }, 4);
		for (final double eps : new double[] { 1e-6, 1e-5 }) {
			assertClose(normed(TINY, 0, eps), engine.program("transformer").run(scope, "rms_norm",
				scope.floats(TINY, 1, 1, 4), ones, eps));
		}
	}

	@Test
	void theFinalNormHas1e6() {
		final TensorMap w = new Weights(TensorType.FLOAT32).fill("f.adaLN_modulation.1.weight", 0, 4, 1)
			.add("f.linear.weight", IDENTITY, 4, 4).map();
		assertClose(normed(TINY, mean(TINY), 1e-6), engine.program("transformer").run(scope,
			"final_layer", scope.floats(TINY, 1, 1, 4), scope.floats(new float[] { 1 }, 1, 1), w, "f"));
	}

	private Tensor groupNorm(final TensorType type, final float[] x) {
		final TensorMap w = new Weights(type).fill("n.weight", 1, 2).fill("n.bias", 0, 2).map();
		return engine.program("autoencoder").run(scope, "group_norm", scope.floats(x, 1, 2, 1, 2), w,
			"n", 1L);
	}

	@Test
	void groupNormsHave1e6() {
		assertClose(normed(TINY, mean(TINY), 1e-6), groupNorm(TensorType.FLOAT32, TINY));
	}

	@Test
	void theLogarithmOfTheVarianceIsClamped() {
		final Tensor moments = scope.floats(new float[] { -40, 40, 7, -40, -25, 25 }, 1, 2, 1, 3);
		final var parts = engine.program("autoencoder").runTuple(scope, "moments", moments);
		assertArrayEquals(new float[] { -40, 40, 7 }, parts.get(0).toFloats());
		assertArrayEquals(new float[] { -30, -25, 20 }, parts.get(1).toFloats());
	}

	@Test
	void normsAreFloat32BesideBfloat16Weights() {
		final Tensor ones =
			scope.convert(scope.floats(new float[] { 1, 1, 1, 1 }, 4), TensorType.BFLOAT16);
		assertClose(normed(ODD, 0, 1e-5),
			engine.program("transformer").run(scope, "rms_norm", scope.floats(ODD, 1, 1, 4), ones, 1e-5));
		assertClose(normed(ODD, mean(ODD), 1e-6), groupNorm(TensorType.BFLOAT16, ODD));
	}

	/**
	 * 1, 2, 3, 4 are numbers of bfloat16, so that only the norm and the rotation need rounding: once,
	 * at the end.
	 */
	@Test
	void queriesAreRoundedOnlyAfterTheRotation() {
		final float[] normed = normed(new float[] { 1, 2, 3, 4 }, 0, 1e-5);
		for (int degrees = 5; degrees < 90; degrees += 5) {
			final float cos = (float) Math.cos(Math.toRadians(degrees));
			final float sin = (float) Math.sin(Math.toRadians(degrees));
			final float[] turned = { normed[0] * cos - normed[1] * sin, normed[0] * sin + normed[1] * cos,
				normed[2] * cos - normed[3] * sin, normed[2] * sin + normed[3] * cos };
			final Tensor expected = scope
				.convert(scope.convert(scope.floats(turned, 4), TensorType.BFLOAT16), TensorType.FLOAT32);
			assertArrayEquals(expected.toFloats(),
				scope.convert(query(TensorType.BFLOAT16, new float[] { 1, 2, 3, 4 }, cos, sin),
					TensorType.FLOAT32).toFloats());
		}
	}

	@Test
	void aTransformerBlockThatAddsNothingChangesNothing() {
		final Weights w = new Weights(TensorType.BFLOAT16).fill("adaLN_modulation.0.weight", 0, 16, 1);
		for (final String name : new String[] { "attention_norm1", "attention_norm2", "ffn_norm1",
			"ffn_norm2", "attention.norm_q", "attention.norm_k" })
		{
			w.fill(name + ".weight", 1, 4);
		}
		for (final String name : new String[] { "attention.to_q", "attention.to_k", "attention.to_v",
			"attention.to_out.0", "feed_forward.w1", "feed_forward.w2", "feed_forward.w3" })
		{
			w.fill(name + ".weight", 0, 4, 4);
		}
		final Program program = engine.program("transformer");
		final Tensor x = scope.floats(ODD, 1, 1, 4);
		final Tensor angles = scope.floats(new float[] { 1, 0, 1, 0 }, 1, 2, 2);
		assertArrayEquals(ODD,
			program
				.run(scope, "block", x, scope.floats(new float[] { 1 }, 1, 1), angles, w.map(), 1L, 1e-5)
				.toFloats());
		assertArrayEquals(ODD,
			program.run(scope, "plain_block", x, angles, w.map(), 1L, 1e-5).toFloats());
	}

	@Test
	void aTextEncoderLayerThatAddsNothingChangesNothing() {
		final Weights w = new Weights(TensorType.BFLOAT16);
		for (final String name : new String[] { "input_layernorm", "post_attention_layernorm",
			"self_attn.q_norm", "self_attn.k_norm" })
		{
			w.fill(name + ".weight", 1, 4);
		}
		for (final String name : new String[] { "self_attn.q_proj", "self_attn.k_proj",
			"self_attn.v_proj", "self_attn.o_proj", "mlp.gate_proj", "mlp.up_proj", "mlp.down_proj" })
		{
			w.fill(name + ".weight", 0, 4, 4);
		}
		final Tensor cos = scope.floats(new float[] { 1, 1, 1, 1 }, 1, 4);
		final Tensor sin = scope.floats(new float[4], 1, 4);
		assertArrayEquals(ODD, engine.program("text_encoder")
			.run(scope, "layer", scope.floats(ODD, 1, 1, 4), cos, sin, w.map(), 1L, 1L, 1e-6).toFloats());
	}

	@Test
	void aResidualBlockOfTheAutoencoderThatAddsNothingChangesNothing() {
		final Weights w = new Weights(TensorType.BFLOAT16);
		for (int i = 1; i <= 2; i++) {
			w.fill("r.norm" + i + ".weight", 1, 4).fill("r.norm" + i + ".bias", 0, 4);
			w.fill("r.conv" + i + ".weight", 0, 4, 4, 3, 3).fill("r.conv" + i + ".bias", 0, 4);
		}
		assertArrayEquals(ODD, engine.program("autoencoder")
			.run(scope, "resnet", scope.floats(ODD, 1, 4, 1, 1), w.map(), "r", 2L).toFloats());
	}
}
