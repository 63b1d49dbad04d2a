
package io.github.zimagefiji.weights.lora;

import static io.github.zimagefiji.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.zimagefiji.engine.TensorType;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.io.HalfFloat;
import io.github.zimagefiji.request.LoraChoice;
import io.github.zimagefiji.weights.Checkpoint;
import io.github.zimagefiji.weights.TensorEntry;
import io.github.zimagefiji.weights.TestFiles;
import io.github.zimagefiji.weights.writer.FloatTensor;
import io.github.zimagefiji.weights.writer.SafetensorsWriter;

/** Files of LoRAs for the tiny model, whose tokens have 64 numbers. */
class LoraFileTest {

	private static final int WIDTH = 64;
	private static final int RANK = 2;
	private static final String QUERY = "layers.0.attention.to_q";

	private final Checkpoint transformer = Checkpoint.open(TestFiles.golden("transformer"));
	private final Map<String, FloatTensor> tensors = new LinkedHashMap<>();
	private final Map<String, String> metadata = new LinkedHashMap<>();
	private Path file;

	@BeforeEach
	void name(@TempDir final Path folder) {
		file = folder.resolve("style.safetensors");
	}

	@ParameterizedTest
	@CsvSource({ "transformer.layers.0.attention.to_q.lora_A.weight, layers.0.attention.to_q",
		"diffusion_model.layers.0.attention.to_q.lora_A.weight, layers.0.attention.to_q",
		"model.diffusion_model.layers.0.attention.to_q.lora_down.weight, layers.0.attention.to_q",
		"base_model.model.layers.0.attention.to_q.lora_A.default.weight, layers.0.attention.to_q",
		"layers.0.attention.to_q.lora_A.weight, layers.0.attention.to_q",
		"layers.0.attention.to.q.lora.down.weight, layers.0.attention.to_q",
		"lora_unet_layers_0_attention_to_q.lora_down.weight, layers.0.attention.to_q",
		"lora_unet_layers_0_attention_to_out_0.lora_down.weight, layers.0.attention.to_out.0",
		"lora_unet_layers_0_attention_out.lora_down.weight, layers.0.attention.to_out.0",
		"diffusion_model.layers.0.attention.out.lora_A.weight, layers.0.attention.to_out.0",
		"diffusion_model.layers.0.attention.out.lora_down.weight, layers.0.attention.to_out.0",
		"lora_unet_noise_refiner_1_attention_to_k.lora_down.weight, noise_refiner.1.attention.to_k",
		"lora_unet_context_refiner_0_attention_to_v.lora_down.weight, context_refiner.0.attention.to_v",
		"lora_unet__layers_0_attention_to_q.lora_down.weight, layers.0.attention.to_q",
		"lora_unet__layers_0_attention_to_out_0.lora_down.weight, layers.0.attention.to_out.0",
		"lora_unet__noise_refiner_1_attention_to_k.lora_down.weight, noise_refiner.1.attention.to_k",
		"lora_unet__context_refiner_0_attention_to_v.lora_down.weight, context_refiner.0.attention.to_v",
		"lora_unet__layers_0_attention_to_q.lora_A.default.weight, layers.0.attention.to_q",
		"lora_transformer_layers_0_attention_to_q.lora_down.weight, layers.0.attention.to_q",
		"lycoris_layers_0_attention_to_q.lora_down.weight, layers.0.attention.to_q",
		"pipe.dit.layers.0.attention.to_q.lora_A.weight, layers.0.attention.to_q",
		"transformer.diffusion_model.layers.0.attention.to_q.lora_A.weight, layers.0.attention.to_q",
		"diffusion_model.transformer.diffusion_model.layers.0.attention.to_q.lora_A.weight, layers.0.attention.to_q",
		"unet.layers.0.attention.to_q.lora_A.weight, layers.0.attention.to_q",
		"unet.base_model.model.layers.0.attention.to_q.lora_A.weight, layers.0.attention.to_q",
		"default.layers.0.attention.to_q.lora_A.weight, layers.0.attention.to_q",
		"model.layers.0.attention.to_q.lora_A.weight, layers.0.attention.to_q",
		"module._orig_mod.layers.0._orig_mod.attention.to_q.lora_A.weight, layers.0.attention.to_q",
		"transformer.layers.0.attention.to_q.lora_A, layers.0.attention.to_q",
		"transformer.layers.0.attention.to_q.lora_A.default, layers.0.attention.to_q",
		"transformer.layers.0.attention.to_q.lora_A.my.style.v1.5.weight, layers.0.attention.to_q",
		"layers.0.attention.to_q.lora_linear_layer.down.weight, layers.0.attention.to_q",
		"unet.layers.0.attention.processor.to_q_lora.down.weight, layers.0.attention.to_q",
		"diffusion_model.layers.0.attention.out.lora.down.weight, layers.0.attention.to_out.0",
		"layers.0.attention.to_out.lora_A.weight, layers.0.attention.to_out.0",
		"base_model.model.layers.0.attention.to_q.base_layer.lora_A.weight, layers.0.attention.to_q",
		"layers.0.attention.to_q.lora_A.upscale.weight, layers.0.attention.to_q",
		"context.refiner.0.attention.to.v.lora_A.weight, context_refiner.0.attention.to_v" })
	void aLayerIsFoundUnderEveryTrainersName(final String name, final String layer) {
		pair(name, WIDTH, WIDTH);
		assertEquals(List.of(layer), place().layers());
	}

	@ParameterizedTest
	@CsvSource({
		"lora_unet_layers_1_adaLN_modulation_0.lora_down.weight, layers.1.adaLN_modulation.0",
		"diffusion_model.x_embedder.lora_A.weight, all_x_embedder.2-1",
		"diffusion_model.final_layer.linear.lora_A.weight, all_final_layer.2-1.linear",
		"transformer.final_layer.adaLN_modulation.1.lora_A.weight, all_final_layer.2-1.adaLN_modulation.1",
		"lora_unet_all_x_embedder_2-1.lora_down.weight, all_x_embedder.2-1",
		"lora_unet_cap_embedder_1.lora_down.weight, cap_embedder.1",
		"lora_unet__layers_1_feed_forward_w1.lora_down.weight, layers.1.feed_forward.w1",
		"lora_unet__layers_1_feed_forward_w2.lora_down.weight, layers.1.feed_forward.w2",
		"lora_unet__layers_1_feed_forward_w3.lora_down.weight, layers.1.feed_forward.w3",
		"lora_unet__layers_1_adaLN_modulation_0.lora_down.weight, layers.1.adaLN_modulation.0",
		"lora_unet__all_x_embedder_2-1.lora_down.weight, all_x_embedder.2-1",
		"lora_unet__all_final_layer_2-1_linear.lora_down.weight, all_final_layer.2-1.linear",
		"lora_unet__all_final_layer_2-1_adaLN_modulation_1.lora_down.weight, all_final_layer.2-1.adaLN_modulation.1",
		"lora_unet__cap_embedder_1.lora_down.weight, cap_embedder.1",
		"lora_unet__t_embedder_mlp_2.lora_down.weight, t_embedder.mlp.2",
		"transformer.t_embedder.mlp.0.lora_A.weight, t_embedder.mlp.0" })
	void everyLinearLayerMayBeAdapted(final String name, final String layer) {
		final long[] shape = transformer.entry(layer + ".weight").shape();
		pair(name, (int) shape[1], (int) shape[0]);
		assertEquals(List.of(layer), place().layers());
	}

	@Test
	void aFusedMatrixIsSplitIntoQueryKeyAndValue() {
		tensors.put("diffusion_model.layers.1.attention.qkv.lora_A.weight", filled(RANK, WIDTH));
		tensors.put("diffusion_model.layers.1.attention.qkv.lora_B.weight", filled(3 * WIDTH, RANK));
		final PlacedLora lora = place();
		final String layer = "layers.1.attention.to_";
		assertEquals(List.of(layer + "q", layer + "k", layer + "v"), lora.layers());
		for (int i = 0; i < 3; i++) {
			final TensorEntry up =
				((LayerChange.LowRank) lora.changes(layer + "qkv".charAt(i)).get(0).change()).up();
			assertArrayEquals(new long[] { WIDTH, RANK }, up.shape());
			assertEquals(i * WIDTH * RANK, lora.checkpoint().read(up).getFloat(), "first number of " + i);
			assertEquals(4 * WIDTH * RANK, lora.checkpoint().read(up).remaining());
		}
	}

	@Test
	void whatIsSaidTwiceCountsOnceAndUnderTheModelsOwnName() {
		pair("diffusion_model.layers.0.attention.out.lora_A.weight", WIDTH, WIDTH);
		pair("diffusion_model.layers.0.attention.to_out.0.lora_A.weight", WIDTH, WIDTH);
		tensors.put("diffusion_model.layers.0.attention.to_out.0.alpha",
			new FloatTensor(new long[] {}, new float[] { 6 }));
		final PlacedLora lora = place();
		assertEquals(3, factor(lora, "layers.0.attention.to_out.0"));
		assertEquals(1, lora.changes("layers.0.attention.to_out.0").size());
		assertEquals(List.of(), lora.unused());
		assertEquals(
			"The LoRA style.safetensors says some layers twice, fused and split or under two names; " +
				"each is counted once, by the model's own name, without: " +
				"diffusion_model.layers.0.attention.out.lora_A.weight, " +
				"diffusion_model.layers.0.attention.out.lora_B.weight.",
			lora.warning());
	}

	@Test
	void alphaOverRankIsTheFactor() {
		pair(QUERY + ".lora_A.weight", WIDTH, WIDTH);
		tensors.put(QUERY + ".alpha", new FloatTensor(new long[] { 1 }, new float[] { 3 }));
		metadata.put("lora_adapter_metadata", "{\"transformer.lora_alpha\": 8, \"transformer.r\": 2}");
		assertEquals(1.5, factor(place(), QUERY));
	}

	@Test
	void withoutAlphaTheFactorIsOne() {
		pair(QUERY + ".lora_A.weight", WIDTH, WIDTH);
		assertEquals(1, factor(place(), QUERY));
	}

	@Test
	void alphaMayStandInTheMetadata() {
		pair("transformer." + QUERY + ".lora_A.weight", WIDTH, WIDTH);
		pair("transformer.layers.0.attention.to_k.lora_A.weight", WIDTH, WIDTH);
		metadata.put("lora_adapter_metadata", "{\"transformer.lora_alpha\": 8, \"transformer.r\": 2, " +
			"\"transformer.alpha_pattern\": {\"attention.to_k\": 1.0}}");
		assertEquals(4, factor(place(), QUERY));
		assertEquals(0.5, factor(place(), "layers.0.attention.to_k"));
	}

	@Test
	void aRankStabilizedLoraIsDividedByTheRoot() {
		pair(QUERY + ".lora_A.weight", WIDTH, WIDTH);
		metadata.put("lora_adapter_metadata",
			"{\"transformer.lora_alpha\": 8, \"transformer.use_rslora\": true}");
		assertEquals(8 / Math.sqrt(2), factor(place(), QUERY), 1e-12);
	}

	@Test
	void aFileThatFitsInPartIsRefusedUnlessTheUserSaysSo() {
		pair(QUERY + ".lora_A.weight", WIDTH, WIDTH);
		tensors.put("lora_te1_text_model_encoder.lora_down.weight", filled(RANK, 8));
		tensors.put("lora_te1_text_model_encoder.lora_up.weight", filled(8, RANK));
		final String names =
			"lora_te1_text_model_encoder.lora_down.weight, lora_te1_text_model_encoder.lora_up.weight";
		assertRefused(this::place, file, "only in part", "2 of its 4 tensors", names, ":partial");
		final PlacedLora lora = PlacedLora.of(new LoraChoice(file, 1, true), transformer);
		assertEquals(List.of(QUERY), lora.layers());
		assertEquals(
			"2 tensors of the LoRA style.safetensors mean nothing to this model and are left out: " +
				names + ".",
			lora.warning());
	}

	@Test
	void ofAFusedMatrixOnlyWhatIsNotSaidElsewhereIsTaken() {
		pair("diffusion_model.layers.1.attention.qkv.lora_A.weight", WIDTH, 3 * WIDTH);
		pair("diffusion_model.layers.1.attention.to_k.lora_A.weight", WIDTH, WIDTH);
		final PlacedLora lora = place();
		assertEquals(
			Set.of("layers.1.attention.to_q", "layers.1.attention.to_k", "layers.1.attention.to_v"),
			Set.copyOf(lora.layers()));
		lora.layers().forEach(layer -> assertEquals(1, lora.changes(layer).size(), layer));
		assertTrue(lora.warning().contains("says some layers twice"), lora.warning());
	}

	@Test
	void aDifferenceThatIsStoredAsNeededTakesNoMemory() {
		tensors.put(QUERY + ".diff", filled(WIDTH, WIDTH));
		final PlacedLora lora = place();
		assertEquals(0, lora.bytes(TensorType.FLOAT32));
		assertEquals(2 * WIDTH * WIDTH, lora.bytes(TensorType.BFLOAT16));
	}

	@ParameterizedTest
	@CsvSource({ "layers.0.attention.to_q.a1.weight, GLoRA",
		"lora_unet_layers_0_attention_to_q.oft_blocks, OFT",
		"base_model.model.layers.0.attention.to_q.oft_R.weight, OFT",
		"base_model.model.layers.0.attention.to_q.ia3_l, IA3",
		"base_model.model.layers.0.attention.to_q.vera_lambda_b, VeRA" })
	void otherKindsAreNamed(final String name, final String kind) {
		pair(QUERY + ".lora_A.weight", WIDTH, WIDTH);
		tensors.put(name, filled(WIDTH, 1));
		assertRefused(this::place, file, "of the kind " + kind, name);
	}

	@ParameterizedTest
	@ValueSource(strings = { "lora_mid.weight", "hada_t1", "lokr_t2" })
	void coresOfConvolutionsAreRefused(final String name) {
		pair(QUERY + ".lora_A.weight", WIDTH, WIDTH);
		tensors.put(QUERY + "." + name, filled(RANK, RANK));
		assertRefused(this::place, file, "convolution", name);
	}

	@ParameterizedTest
	@ValueSource(strings = { "hada_w1_a", "lokr_w1", "lokr_w2_b" })
	void partsOfProductsAreRefused(final String name) {
		tensors.put(QUERY + "." + name, filled(WIDTH, WIDTH));
		assertRefused(this::place, file, "has no counterpart", name);
	}

	@Test
	void lengthsThatFitNeitherRowsNorColumnsAreRefused() {
		pair(QUERY + ".lora_A.weight", WIDTH, WIDTH);
		tensors.put(QUERY + ".dora_scale", filled(WIDTH + 1, 1));
		assertRefused(this::place, file, "dora_scale", "[65, 1]", "(64)");
	}

	/** Without it, the file would count with another strength. */
	@ParameterizedTest
	@ValueSource(strings = { "lora_A.weight.scale", "lora_A.default.scale_weight", "lokr_w1.scale",
		"hada_w1_a.weight_scale" })
	void aScaleWithoutAPlaceIsRefusedAlsoInPart(final String name) {
		pair(QUERY + ".lora_A.weight", WIDTH, WIDTH);
		tensors.put(QUERY + "." + name, filled(1));
		assertRefused(this::place, file, "the scale", name);
		assertRefused(() -> PlacedLora.of(new LoraChoice(file, 1, true), transformer), file,
			"the scale", name);
	}

	@ParameterizedTest
	@ValueSource(strings = { "scalar", "reshape_weight", "vblora_logits_A", "hra_u",
		"lora_embedding_A", "token_adapter.trainable_tokens_delta" })
	void whatElseALayerHasIsRefusedAlsoInPart(final String name) {
		for (final String layer : List.of("diffusion_model." + QUERY,
			"lora_unet_layers_0_attention_to_q"))
		{
			tensors.clear();
			pair(layer + ".lora_down.weight", WIDTH, WIDTH);
			tensors.put(layer + "." + name, filled(1));
			assertRefused(this::place, file, "in a way that is not supported", name);
			assertRefused(() -> PlacedLora.of(new LoraChoice(file, 1, true), transformer), file,
				"in a way that is not supported", name);
		}
	}

	/** Whichever of the names is the model's own. */
	@ParameterizedTest
	@CsvSource({ "to_out.0, out, lora_A.weight", "out, to_out.0, lora_A.weight",
		"to_out.0, out, diff", "out, to_out.0, diff" })
	void aLayerThatIsReplacedAndChangedIsRefused(final String replaced, final String changed,
		final String ending)
	{
		final String layer = "layers.0.attention.";
		tensors.put(layer + replaced + ".modules_to_save.weight", filled(WIDTH, WIDTH));
		if (ending.equals("diff")) tensors.put(layer + changed + ".diff", filled(WIDTH, WIDTH));
		else pair(layer + changed + "." + ending, WIDTH, WIDTH);
		assertRefused(this::place, file, "both replaces and changes", "layers.0.attention.to_out.0");
	}

	/** Its lengths belong to the model's own weight, not to another file's. */
	@Test
	void aDoraDoesNotGoWithAReplacementOfItsLayer() {
		tensors.put(QUERY + ".modules_to_save.weight", filled(WIDTH, WIDTH));
		pair("layers.0.attention.to_k.lora_A.weight", WIDTH, WIDTH);
		final Adapter whole = new Adapter(place(), 1);
		tensors.clear();
		file = file.resolveSibling("dora.safetensors");
		pair(QUERY + ".lora_A.weight", WIDTH, WIDTH);
		tensors.put(QUERY + ".dora_scale", filled(WIDTH, 1));
		final PlacedLora dora = place();
		for (final List<Adapter> both : List.of(List.of(whole, new Adapter(dora, 0.5)),
			List.of(new Adapter(dora, 0.5), whole)))
			assertRefused(() -> Adapter.checkTogether(both), file, "style.safetensors",
				"do not go together", QUERY);
		Adapter.checkTogether(List.of(whole, new Adapter(dora, 0)));
		Adapter.checkTogether(List.of(new Adapter(dora, 1), new Adapter(dora, 2)));
		Adapter.checkTogether(List.of(whole, whole));
	}

	@Test
	void aFolderIsNotAFile() {
		assertRefused(() -> LoraFile.open(file.getParent()), file.getParent(), "is a folder",
			"adapter_model.safetensors");
	}

	@Test
	void nothingIsWarnedOfWhereAllIsUsed() {
		pair(QUERY + ".lora_A.weight", WIDTH, WIDTH);
		assertEquals("", place().warning());
	}

	@Test
	void aLoraOfAnotherWidthIsRefusedWithBothShapes() {
		pair(QUERY + ".lora_A.weight", 3840, 3840);
		assertRefused(this::place, file, "[2, 3840]", "[3840, 2]", QUERY,
			"takes 64 numbers and gives 64");
	}

	@Test
	void aLoraOfAnotherModelIsRefused() {
		pair("transformer.single_transformer_blocks.0.attn.to_q.lora_A.weight", WIDTH, WIDTH);
		assertRefused(this::place, file, "another model", "none of its 1 layers",
			"single_transformer_blocks_0_attn_to_q");
	}

	@Test
	void aFileWithoutALoraIsRefused() {
		tensors.put("layers.0.attention.to_q.weight", filled(WIDTH, WIDTH));
		assertRefused(this::place, file, "is not a LoRA", "layers.0.attention.to_q.weight");
	}

	@ParameterizedTest
	@ValueSource(strings = { "lora_A", "lora_B" })
	void halfAPairIsRefused(final String missing) {
		pair(QUERY + ".lora_A.weight", WIDTH, WIDTH);
		tensors.remove(QUERY + "." + missing + ".weight");
		assertRefused(this::place, file, "has no counterpart");
	}

	@Test
	void factorsOfDifferentRanksAreRefused() {
		tensors.put(QUERY + ".lora_A.weight", filled(2, WIDTH));
		tensors.put(QUERY + ".lora_B.weight", filled(WIDTH, 3));
		assertRefused(this::place, file, "do not fit each other", "[2, 64]", "[64, 3]");
	}

	@Test
	void twoSetsOfNamesForOneLayerAreRefused() {
		pair("transformer." + QUERY + ".lora_A.weight", WIDTH, WIDTH);
		pair("diffusion_model." + QUERY + ".lora_A.weight", WIDTH, WIDTH);
		assertRefused(this::place, file, "mean the same");
	}

	@Test
	void anAlphaThatIsNoNumberIsRefused() {
		pair(QUERY + ".lora_A.weight", WIDTH, WIDTH);
		tensors.put(QUERY + ".alpha", new FloatTensor(new long[] {}, new float[] { Float.NaN }));
		assertRefused(this::place, file, "alpha");
		tensors.put(QUERY + ".alpha", filled(2));
		assertRefused(this::place, file, "not one number");
	}

	@ParameterizedTest
	@ValueSource(strings = { "[]", "nonsense", "{\"transformer.lora_alpha\": {}}",
		"{\"transformer.alpha_pattern\": 3}", "{\"transformer.lora_alpha\": \"x\"}" })
	void metadataThatIsNotPeftsIsRefused(final String text) {
		pair(QUERY + ".lora_A.weight", WIDTH, WIDTH);
		metadata.put("lora_adapter_metadata", text);
		assertRefused(this::place, file, "lora_adapter_metadata");
	}

	@ParameterizedTest
	@ValueSource(doubles = { Double.NaN, Double.POSITIVE_INFINITY })
	void aScaleThatIsNoNumberIsRefused(final double scale) {
		pair(QUERY + ".lora_A.weight", WIDTH, WIDTH);
		final PlacedLora lora = place();
		assertThrows(InvalidInputException.class, () -> new Adapter(lora, scale));
	}

	@ParameterizedTest
	@CsvSource({ "0, 0", "15360, 1", "49152, -2", "1, 5.9604644775390625e-8",
		"1023, 6.097555160522461e-5", "31743, 65504", "13653, 0.333251953125", "31744, Infinity",
		"64512, -Infinity", "32256, NaN" })
	void halfPrecisionIsReadAsDefined(final int bits, final float value) {
		assertEquals(value, HalfFloat.toFloat((short) bits));
	}

	/** Alpha over rank of a layer's only change. */
	private static double factor(final PlacedLora lora, final String layer) {
		return lora.changes(layer).get(0).factor();
	}

	private PlacedLora place() {
		SafetensorsWriter.write(file, tensors, metadata);
		return PlacedLora.of(LoraFile.open(file), transformer);
	}

	/** Both factors, named after the first. */
	private void pair(final String down, final int in, final int out) {
		tensors.put(down, filled(RANK, in));
		tensors.put(down.replace("lora_A", "lora_B").replace("lora_down", "lora_up")
			.replace("lora.down", "lora.up").replace("layer.down", "layer.up"), filled(out, RANK));
	}

	/** The numbers 0, 1, 2, … */
	private static FloatTensor filled(final int... shape) {
		int count = 1;
		final long[] extents = new long[shape.length];
		for (int i = 0; i < shape.length; i++) {
			count *= shape[i];
			extents[i] = shape[i];
		}
		final float[] values = new float[count];
		for (int i = 0; i < count; i++) {
			values[i] = i;
		}
		return new FloatTensor(extents, values);
	}
}
