
package io.github.zimagefiji.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.zimagefiji.engine.EngineFixture;
import io.github.zimagefiji.engine.TensorType;
import io.github.zimagefiji.golden.Parity;
import io.github.zimagefiji.model.transformer.LoraOnWeights;
import io.github.zimagefiji.request.LoraChoice;
import io.github.zimagefiji.weights.writer.FloatTensor;
import io.github.zimagefiji.weights.writer.SafetensorsWriter;

/**
 * Every kind of LoRA against weights to which its change was added by the definition, in double
 * precision.
 */
@Tag("engine")
class LoraKindsTest extends EngineFixture {

	private static final List<String> LAYERS = List.of("layers.0.attention.to_q",
		"layers.0.attention.to_out.0", "layers.1.feed_forward.w1", "layers.2.feed_forward.w2",
		"noise_refiner.0.attention.to_v", "context_refiner.1.feed_forward.w3");

	/** Of the prediction's root mean square. */
	private static final double NEAR = 1e-5;

	private final Map<String, FloatTensor> tensors = new LinkedHashMap<>();
	private final Map<String, float[]> deltas = new LinkedHashMap<>();
	private final Random random = new Random(5);
	private LoraOnWeights model;
	private Path folder;

	/** A matrix in double precision. */
	private record Matrix(int rows, int columns, double[] values) {

		double at(final int row, final int column) {
			return values[row * columns + column];
		}

		Matrix times(final Matrix other) {
			final double[] sums = new double[rows * other.columns];
			for (int i = 0; i < rows; i++) {
				for (int j = 0; j < other.columns; j++) {
					for (int k = 0; k < columns; k++) {
						sums[i * other.columns + j] += at(i, k) * other.at(k, j);
					}
				}
			}
			return new Matrix(rows, other.columns, sums);
		}

		Matrix kronecker(final Matrix other) {
			final Matrix all = new Matrix(rows * other.rows, columns * other.columns,
				new double[values.length * other.values.length]);
			for (int i = 0; i < all.rows; i++) {
				for (int j = 0; j < all.columns; j++) {
					all.values[i * all.columns + j] =
						at(i / other.rows, j / other.columns) * other.at(i % other.rows, j % other.columns);
				}
			}
			return all;
		}

		Matrix each(final Matrix other) {
			final double[] products = new double[values.length];
			for (int i = 0; i < products.length; i++) {
				products[i] = values[i] * other.values[i];
			}
			return new Matrix(rows, columns, products);
		}

		float[] scaled(final double factor) {
			final float[] scaled = new float[values.length];
			for (int i = 0; i < scaled.length; i++) {
				scaled[i] = (float) (values[i] * factor);
			}
			return scaled;
		}

		Matrix part(final int first, final int count) {
			return new Matrix(count, columns,
				Arrays.copyOfRange(values, first * columns, (first + count) * columns));
		}
	}

	@BeforeEach
	void open(@TempDir final Path temporary) {
		folder = temporary;
		model = new LoraOnWeights(engine, scope);
	}

	private Matrix random(final int rows, final int columns, final double size) {
		final double[] values = new double[rows * columns];
		for (int i = 0; i < values.length; i++) {
			values[i] = (float) (random.nextGaussian() * size);
		}
		return new Matrix(rows, columns, values);
	}

	private Matrix put(final String name, final Matrix matrix) {
		tensors.put(name,
			new FloatTensor(new long[] { matrix.rows, matrix.columns }, matrix.scaled(1)));
		return matrix;
	}

	private void number(final String name, final double value) {
		tensors.put(name, new FloatTensor(new long[] {}, new float[] { (float) value }));
	}

	private int rows(final String layer) {
		return (int) model.weight(layer + ".weight").shape()[0];
	}

	private int columns(final String layer) {
		return (int) model.weight(layer + ".weight").shape()[1];
	}

	private Matrix weight(final String layer) {
		final float[] values = model.weight(layer + ".weight").values();
		final double[] wide = new double[values.length];
		for (int i = 0; i < wide.length; i++) {
			wide[i] = values[i];
		}
		return new Matrix(rows(layer), columns(layer), wide);
	}

	private LoraChoice file(final double scale) {
		final Path file = folder.resolve("kind.safetensors");
		SafetensorsWriter.write(file, tensors, Map.of());
		return new LoraChoice(file, scale);
	}

	/** Compares both at scale 1 and at another. */
	private void check() throws IOException {
		for (final double scale : new double[] { 1, -0.6 }) {
			final Map<String, float[]> scaled = new LinkedHashMap<>();
			deltas.forEach((name, delta) -> {
				final float[] part = delta.clone();
				for (int i = 0; i < part.length; i++) {
					part[i] *= scale;
				}
				scaled.put(name, part);
			});
			final float[] right = model.changed(folder, scaled);
			assertTrue(Parity.distance(right, model.with(TensorType.FLOAT32)) > 0.01,
				"it changes something");
			final double error = Parity.distance(right, model.with(TensorType.FLOAT32, file(scale)));
			assertTrue(error < NEAR, "scale " + scale + ": " + error);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void kroneckerProductsWholeOrNot(final boolean both) throws IOException {
		for (int i = 0; i < LAYERS.size(); i++) {
			final String layer = LAYERS.get(i);
			final String name = "lycoris_" + layer.replace('.', '_');
			final int a = i % 2 == 0 ? 2 : 1;
			number(name + ".alpha", 3);
			final Matrix left =
				both
					? put(name + ".lokr_w1_a", random(a, 4, 0.5))
						.times(put(name + ".lokr_w1_b", random(4, 2, 0.5)))
					: put(name + ".lokr_w1", random(a, 2, 0.5));
			final boolean whole = i < 2 && !both;
			final int b = rows(layer) / a;
			final int d = columns(layer) / 2;
			final Matrix right = whole ? put(name + ".lokr_w2", random(b, d, 0.1))
				: put(name + ".lokr_w2_a", random(b, 4, 0.2))
					.times(put(name + ".lokr_w2_b", random(4, d, 0.2)));
			deltas.put(layer + ".weight", left.kronecker(right).scaled(whole ? 1 : 3 / 4.0));
		}
		check();
	}

	@ParameterizedTest
	@CsvSource({ "3, 96", "2, 64", "1, 64" })
	void aFusedKroneckerProductIsDivided(final int a, final int unused) throws IOException {
		final String name = "diffusion_model.layers.1.attention.qkv";
		final int width = columns("layers.1.attention.to_q");
		final Matrix all = put(name + ".lokr_w1", random(a, 4, 0.5))
			.kronecker(put(name + ".lokr_w2", random(3 * width / a, width / 4, 0.1)));
		fused(all);
		check();
	}

	private void fused(final Matrix all) {
		final int width = all.rows / 3;
		for (int i = 0; i < 3; i++) {
			deltas.put("layers.1.attention.to_" + "qkv".charAt(i) + ".weight",
				all.part(i * width, width).scaled(1));
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 2, 12 })
	void hadamardProductsOfAnyRank(final int rank) throws IOException {
		for (final String layer : LAYERS) {
			final String name = "lora_unet_" + layer.replace('.', '_') + ".hada_w";
			final Matrix one = put(name + "1_a", random(rows(layer), rank, 0.3))
				.times(put(name + "1_b", random(rank, columns(layer), 0.3)));
			final Matrix other = put(name + "2_a", random(rows(layer), rank, 0.3))
				.times(put(name + "2_b", random(rank, columns(layer), 0.3)));
			number("lora_unet_" + layer.replace('.', '_') + ".alpha", 1);
			deltas.put(layer + ".weight", one.each(other).scaled(1.0 / rank));
		}
		check();
	}

	@Test
	void aFusedHadamardProductIsDivided() throws IOException {
		final String name = "diffusion_model.layers.1.attention.qkv.hada_w";
		final int width = columns("layers.1.attention.to_q");
		fused(
			put(name + "1_a", random(3 * width, 2, 0.3)).times(put(name + "1_b", random(2, width, 0.3)))
				.each(put(name + "2_a", random(3 * width, 2, 0.3))
					.times(put(name + "2_b", random(2, width, 0.3)))));
		check();
	}

	/** The lengths by rows as PEFT and LyCORIS have them, or by columns. */
	@ParameterizedTest
	@CsvSource({ "lora, lora_magnitude_vector.weight, vector", "lora, lora_magnitude_vector, vector",
		"lora, dora_scale, rows", "lora, dora_scale, columns", "hada, dora_scale, rows",
		"hada, dora_scale, columns", "lokr, dora_scale, rows", "lokr, dora_scale, columns" })
	void lengthsOfRowsOrColumnsAreSet(final String kind, final String ending, final String form)
		throws IOException
	{
		final boolean ofColumns = form.equals("columns");
		for (final String layer : LAYERS) {
			final String name = "diffusion_model." + layer;
			final Matrix change = change(kind, name, layer);
			final Matrix old = weight(layer);
			final double[] sum = old.values.clone();
			for (int i = 0; i < sum.length; i++) {
				sum[i] += change.values[i];
			}
			final Matrix changed = new Matrix(old.rows, old.columns, sum);
			final int count = ofColumns ? old.columns : old.rows;
			final double[] squares = new double[count];
			for (int i = 0; i < sum.length; i++) {
				squares[ofColumns ? i % old.columns : i / old.columns] += sum[i] * sum[i];
			}
			final float[] lengths = new float[count];
			for (int i = 0; i < count; i++) {
				lengths[i] = (float) (Math.sqrt(squares[i]) * (1 + 0.3 * random.nextGaussian()));
			}
			tensors.put(name + "." + ending, new FloatTensor(switch (form) {
				case "rows" -> new long[] { count, 1 };
				case "columns" -> new long[] { 1, count };
				default -> new long[] { count };
			}, lengths));
			final float[] delta = new float[sum.length];
			for (int i = 0; i < delta.length; i++) {
				final int k = ofColumns ? i % old.columns : i / old.columns;
				delta[i] = (float) (changed.values[i] * lengths[k] / Math.sqrt(squares[k]) - old.values[i]);
			}
			deltas.put(layer + ".weight", delta);
		}
		check();
	}

	/** Rows of a fused matrix have their own lengths. */
	@Test
	void lengthsOfAFusedMatrixAreDivided() throws IOException {
		final String name = "diffusion_model.layers.1.attention.qkv";
		final int width = columns("layers.1.attention.to_q");
		final Matrix change = put(name + ".lora_up.weight", random(3 * width, 2, 0.3))
			.times(put(name + ".lora_down.weight", random(2, width, 0.3)));
		final float[] lengths = new float[3 * width];
		for (int row = 0; row < lengths.length; row++) {
			lengths[row] = 1 + 0.01f * row;
		}
		tensors.put(name + ".dora_scale", new FloatTensor(new long[] { 3 * width, 1 }, lengths));
		for (int i = 0; i < 3; i++) {
			final String layer = "layers.1.attention.to_" + "qkv".charAt(i);
			final Matrix old = weight(layer);
			final float[] delta = new float[width * width];
			for (int row = 0; row < width; row++) {
				double square = 0;
				for (int j = 0; j < width; j++) {
					square += Math.pow(old.at(row, j) + change.at(i * width + row, j), 2);
				}
				for (int j = 0; j < width; j++) {
					delta[row * width + j] = (float) ((old.at(row, j) + change.at(i * width + row, j)) *
						lengths[i * width + row] / Math.sqrt(square) - old.at(row, j));
				}
			}
			deltas.put(layer + ".weight", delta);
		}
		check();
	}

	/**
	 * FP8 with a scale for each factor, which may be of 16 bits and whose name may follow either
	 * form.
	 */
	@ParameterizedTest
	@CsvSource({ "F32, .scale_weight", "BF16, .scale_weight", "BF16, .weight_scale", "none, none" })
	void eightBitsWithAScaleOrWithout(final String scale, final String ending) throws IOException {
		final String layer = LAYERS.get(0);
		final int width = columns(layer);
		final double factor = scale.equals("none") ? 1 : 0.5 * 0.25;
		final ByteArrayOutputStream data = new ByteArrayOutputStream();
		final List<String> header = new ArrayList<>();
		final Matrix[] parts = new Matrix[2];
		for (int i = 0; i < 2; i++) {
			final String name = "diffusion_model." + layer + ".lora_" + "AB".charAt(i);
			final double[] values = new double[2 * width];
			final byte[] codes = new byte[values.length];
			for (int k = 0; k < codes.length; k++) {
				// 1.m times 2^-1, with a sign, in the format of 4 and 3 bits
				final int mantissa = random.nextInt(8);
				final boolean negative = random.nextBoolean();
				codes[k] = (byte) ((negative ? 0x80 : 0) | 6 << 3 | mantissa);
				values[k] = (negative ? -0.5 : 0.5) * (1 + mantissa / 8.0);
			}
			parts[i] = new Matrix(i == 0 ? 2 : width, i == 0 ? width : 2, values);
			header.add(entry(name + ".weight", "F8_E4M3", parts[i].rows + "," + parts[i].columns,
				data.size(), codes.length));
			data.writeBytes(codes);
			if (scale.equals("none")) continue;
			// 0.5 and 0.25, of which BF16 holds the upper half
			final byte[] wide = bytes(i == 0 ? 0.5f : 0.25f);
			final byte[] number = scale.equals("BF16") ? new byte[] { wide[2], wide[3] } : wide;
			header.add(entry(name + ending, scale, "", data.size(), number.length));
			data.writeBytes(number);
		}
		final byte[] text = ("{" + String.join(",", header) + "}").getBytes(StandardCharsets.UTF_8);
		final Path file = folder.resolve("eight.safetensors");
		Files.write(file,
			ByteBuffer.allocate(8 + text.length + data.size()).order(ByteOrder.LITTLE_ENDIAN)
				.putLong(text.length).put(text).put(data.toByteArray()).array());
		deltas.put(layer + ".weight", parts[1].times(parts[0]).scaled(factor));
		assertEquals(0, Parity.distance(model.changed(folder, deltas),
			model.with(TensorType.FLOAT32, new LoraChoice(file, 1))), NEAR);
	}

	private static byte[] bytes(final float number) {
		return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(number).array();
	}

	private static String entry(final String name, final String type, final String shape,
		final int start, final int length)
	{
		return "\"" + name + "\":{\"dtype\":\"" + type + "\",\"shape\":[" + shape +
			"],\"data_offsets\":[" + start + "," + (start + length) + "]}";
	}

	private Matrix change(final String kind, final String name, final String layer) {
		final int out = rows(layer);
		final int in = columns(layer);
		return switch (kind) {
			case "lora" -> put(name + ".lora_B.weight", random(out, 4, 0.2))
				.times(put(name + ".lora_A.weight", random(4, in, 0.2)));
			case "hada" -> put(name + ".hada_w1_a", random(out, 2, 0.4))
				.times(put(name + ".hada_w1_b", random(2, in, 0.4)))
				.each(put(name + ".hada_w2_a", random(out, 2, 0.4))
					.times(put(name + ".hada_w2_b", random(2, in, 0.4))));
			default -> put(name + ".lokr_w1", random(2, 2, 0.5))
				.kronecker(put(name + ".lokr_w2", random(out / 2, in / 2, 0.1)));
		};
	}

	@Test
	void fullDifferencesOfWeightsNormsAndBiases() throws IOException {
		final String linear = "layers.0.feed_forward.w1";
		deltas.put(linear + ".weight",
			put("diffusion_model." + linear + ".diff", random(rows(linear), columns(linear), 0.1))
				.scaled(1));
		vector("diffusion_model.layers.0.attention.norm_q.diff", "layers.0.attention.norm_q.weight");
		vector("diffusion_model.layers.1.attention.k_norm.w_norm", "layers.1.attention.norm_k.weight");
		vector("lora_unet_layers_1_attention_norm1.w_norm", "layers.1.attention_norm1.weight");
		vector("diffusion_model.cap_embedder.1.diff_b", "cap_embedder.1.bias");
		vector("diffusion_model.final_layer.linear.diff_b", "all_final_layer.2-1.linear.bias");
		check();
	}

	@Test
	void aLayerWithoutABiasMayBeGivenOne() throws IOException {
		final String layer = "layers.1.attention.to_v";
		final Matrix bias = random(1, rows(layer), 0.5);
		tensors.put("diffusion_model." + layer + ".diff_b",
			new FloatTensor(new long[] { rows(layer) }, bias.scaled(1)));
		deltas.put(layer + ".bias", bias.scaled(1));
		check();
	}

	private void vector(final String name, final String target) {
		final int count = model.weight(target).values().length;
		final Matrix change = random(1, count, 0.3);
		tensors.put(name, new FloatTensor(new long[] { count }, change.scaled(1)));
		deltas.put(target, change.scaled(1));
	}

	/** PEFT saves some modules whole; the scale counts the difference. */
	@ParameterizedTest
	@ValueSource(strings = { "", ".modules_to_save", ".modules_to_save.default" })
	void wholeModulesTakeTheirPlaces(final String word) throws IOException {
		final String query = "base_model.model.layers.0.attention.to_q.lora_";
		final int width = columns("layers.0.attention.to_q");
		deltas.put("layers.0.attention.to_q.weight", put(query + "B.weight", random(width, 2, 0.3))
			.times(put(query + "A.weight", random(2, width, 0.3))).scaled(1));
		for (final String name : List.of("all_x_embedder.2-1.weight", "cap_embedder.1.bias",
			"layers.0.attention.norm_q.weight"))
		{
			final FloatTensor old = model.weight(name);
			final float[] whole = old.values().clone();
			final float[] delta = new float[whole.length];
			for (int i = 0; i < whole.length; i++) {
				whole[i] += (float) (0.3 * random.nextGaussian());
				delta[i] = whole[i] - old.values()[i];
			}
			final int dot = name.lastIndexOf('.');
			tensors.put("base_model.model." + name.substring(0, dot) + word + name.substring(dot),
				new FloatTensor(old.shape(), whole));
			deltas.put(name, delta);
		}
		check();
	}

	/** The bias of the layer itself, and that of the second factor. */
	@Test
	void bothBiasesOfAFileCount() throws IOException {
		final String layer = "cap_embedder.1";
		final String name = "base_model.model." + layer;
		deltas.put(layer + ".weight", put(name + ".lora_B.weight", random(rows(layer), 2, 0.2))
			.times(put(name + ".lora_A.weight", random(2, columns(layer), 0.2))).scaled(3 / 2.0));
		number(name + ".alpha", 3);
		final float[] old = model.weight(layer + ".bias").values();
		final float[] bias = old.clone();
		final float[] more = random(1, old.length, 0.3).scaled(1);
		final float[] delta = new float[old.length];
		for (int i = 0; i < old.length; i++) {
			bias[i] += (float) (0.3 * random.nextGaussian());
			delta[i] = bias[i] - old[i] + more[i] * 3 / 2;
		}
		tensors.put(name + ".base_layer.bias", new FloatTensor(new long[] { old.length }, bias));
		tensors.put(name + ".lora_B.bias", new FloatTensor(new long[] { old.length }, more));
		deltas.put(layer + ".bias", delta);
		check();
	}

	/** In any order, and at any scale. */
	@ParameterizedTest
	@CsvSource({ "0, 1, 2, 1", "1, 0, 2, 1", "2, 1, 0, 0.5", "1, 2, 0, -2" })
	void replacementsAndDifferencesOfSeveralFilesAddUp(final int first, final int next,
		final int last, final double scale) throws IOException
	{
		final List<Map<String, FloatTensor>> files =
			List.of(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
		for (final String name : List.of("layers.0.attention.norm_q.weight", "cap_embedder.1.bias",
			"layers.1.attention.to_q.weight"))
		{
			final FloatTensor old = model.weight(name);
			final int count = old.values().length;
			final float[] delta = new float[count];
			final String saved = name.replaceFirst("\\.(weight|bias)$", ".modules_to_save.$1");
			final String diff = name.replace(".weight", ".diff").replace(".bias", ".diff_b");
			for (int file = 0; file < 3; file++) {
				final float[] change = random(1, count, 0.3).scaled(1);
				final float[] values = new float[count];
				for (int i = 0; i < count; i++) {
					values[i] = change[i] + (file == 1 ? 0 : old.values()[i]);
					delta[i] += change[i] * (file == 0 ? scale : 1);
				}
				files.get(file).put(file == 1 ? diff : saved, new FloatTensor(old.shape(), values));
			}
			deltas.put(name, delta);
		}
		final LoraChoice[] choices = new LoraChoice[3];
		final List<Integer> order = List.of(first, next, last);
		for (int i = 0; i < 3; i++) {
			final Path file = folder.resolve(i + ".safetensors");
			// Whole weights alone are a model, no LoRA.
			files.get(order.get(i)).put("layers.2.attention.norm_q.diff",
				new FloatTensor(model.weight("layers.2.attention.norm_q.weight").shape(),
					new float[model.weight("layers.2.attention.norm_q.weight").values().length]));
			SafetensorsWriter.write(file, files.get(order.get(i)), Map.of());
			choices[i] = new LoraChoice(file, order.get(i) == 0 ? scale : 1);
		}
		assertEquals(0,
			Parity.distance(model.changed(folder, deltas), model.with(TensorType.FLOAT32, choices)),
			NEAR);
	}

	@Test
	void kindsOfSeveralFilesAddUp() throws IOException {
		final String layer = LAYERS.get(0);
		final Matrix low = change("lora", "diffusion_model." + layer, layer);
		final LoraChoice one = file(0.5);
		tensors.clear();
		final Matrix product = change("lokr", "diffusion_model." + layer, layer);
		final Path second = folder.resolve("second.safetensors");
		SafetensorsWriter.write(second, tensors, Map.of());
		final float[] delta = new float[low.values.length];
		for (int i = 0; i < delta.length; i++) {
			delta[i] = (float) (0.5 * low.values[i] + 2 * product.values[i]);
		}
		deltas.put(layer + ".weight", delta);
		assertEquals(0, Parity.distance(model.changed(folder, deltas),
			model.with(TensorType.FLOAT32, one, new LoraChoice(second, 2))), NEAR);
	}

	@Test
	void bfloat16IsAsNearAsItsRounding() throws IOException {
		for (final String layer : LAYERS) {
			deltas.put(layer + ".weight", change("lokr", "diffusion_model." + layer, layer).scaled(1));
		}
		final double error =
			Parity.distance(model.changed(folder, deltas), model.with(TensorType.BFLOAT16, file(1)));
		assertTrue(error < 0.06, "of rms: " + error);
	}
}
