
package io.github.zimagefiji.model.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.zimagefiji.Refusals;
import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.pipeline.ModelCopy;
import io.github.zimagefiji.pipeline.Pipeline;
import io.github.zimagefiji.request.ComputeOptions;

/** What is refused before anything is loaded, and with which words. */
@Tag("engine")
class ModelFolderTest {

	@TempDir
	Path temporary;
	private ModelCopy copy;

	@BeforeEach
	void copy() {
		copy = ModelCopy.to(temporary.resolve("model"));
	}

	private void assertRefused(final Path folder, final String... parts) {
		Refusals.assertRefused(() -> ModelFolder.open(folder), (Object[]) parts);
	}

	private void assertRefused(final String... parts) {
		assertRefused(copy.folder(), parts);
	}

	@Test
	void anUndamagedCopyIsTheSameModel() {
		assertEquals(ModelFolder.open(Golden.model()).info().fingerprint(),
			ModelFolder.open(copy.folder()).info().fingerprint());
	}

	@Test
	void aMissingFolderAFileAndAnotherFolderAreNoModels() throws IOException {
		assertRefused(temporary.resolve("nowhere"), "There is no folder", "nowhere",
			"model_index.json");
		assertRefused(Files.createFile(temporary.resolve("text.txt")), "is a file, not a model folder");
		assertRefused(Files.createDirectory(temporary.resolve("photos")), "not a Z-Image model folder",
			"no folder \"transformer\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "model.ckpt", "pytorch_model.bin", "weights.pt", "x.pth", "z.pkl" })
	void picklesAreRefusedWithTheReason(final String name) throws IOException {
		final Path file =
			Files.createFile(Files.createDirectory(temporary.resolve("other")).resolve(name));
		assertRefused(file, name, "pickle", "run code", "safetensors");
		assertRefused(file.getParent(), name, "pickle");
		copy.remove(ModelCopy.TRANSFORMER_INDEX).remove(ModelCopy.TRANSFORMER)
			.remove(ModelCopy.TRANSFORMER.replace("00001-", "00002-")).write("transformer/" + name, "x");
		assertRefused(name, "pickle");
	}

	@ParameterizedTest
	@CsvSource({ "text_encoder, text_encoder", "transformer, no folder \"transformer\"", "vae, vae",
		"scheduler, scheduler_config.json", "tokenizer, tokenizer.json",
		"transformer/config.json, transformer", "text_encoder/config.json, config.json",
		"vae/config.json, config.json", "tokenizer/tokenizer.json, tokenizer.json",
		"vae/diffusion_pytorch_model.safetensors, no .safetensors file" })
	void whatIsMissingIsNamed(final String relative, final String part) {
		copy.remove(relative);
		assertRefused(part);
	}

	@Test
	void aMissingShardIsNamed() {
		copy.remove(ModelCopy.TRANSFORMER);
		assertRefused("00001-of-00002.safetensors is missing");
	}

	@ParameterizedTest
	@ValueSource(strings = { "transformer/config.json", "text_encoder/config.json", "vae/config.json",
		"scheduler/scheduler_config.json" })
	void malformedSettingsAreNamed(final String config) {
		for (final String text : new String[] { "", "[]", "null", "{", "{\"dim\":", "no JSON",
			"\"text\"" })
		{
			copy.write(config, text);
			assertRefused(Path.of(config).getFileName().toString());
		}
		copy.write(config, new byte[] { '{', (byte) 0xC3, '(', '}' });
		assertRefused(Path.of(config).getFileName().toString());
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = {
		"transformer/config.json; n_heads; 3; n_heads is 3; must divide dim (64)",
		"transformer/config.json; n_heads; 4; axes_dims; add up to 16",
		"transformer/config.json; axes_dims; [8, 12, 14]; axes_dims; add up to 32",
		"transformer/config.json; axes_dims; [7, 13, 12]; axes_dims; must be even",
		"transformer/config.json; axes_dims; [16, 16]; axes_dims; three axes",
		// The sum of these is 32, modulo 2 to the power of 32.
		"transformer/config.json; axes_dims; [2147483646, 2147483646, 36]; axes_dims; add up to 32",
		"transformer/config.json; axes_dims; [8.5, 12, 12]; axes_dims; list of whole numbers",
		"transformer/config.json; axes_dims; [-8, 28, 12]; axes_dims; above 0",
		"transformer/config.json; _class_name; \"FluxTransformer2DModel\"; _class_name; ZImageTransformer2DModel",
		"transformer/config.json; dim; 0; dim is 0; between 8 and 65536",
		"transformer/config.json; dim; 1e99; dim; whole number",
		"transformer/config.json; dim; \"wide\"; dim; must be a number",
		"transformer/config.json; dim; null; does not say dim; Download",
		"transformer/config.json; norm_eps; -1; norm_eps; above 0",
		"transformer/config.json; qk_norm; false; qk_norm; must be true",
		"transformer/config.json; all_patch_size; [4]; all_patch_size; must be [2]",
		"transformer/config.json; siglip_feat_dim; 0; siglip_feat_dim is 0; between 1 and 65536",
		"transformer/config.json; siglip_feat_dim; 1152; siglip_embedder.0.weight; is missing",
		"transformer/config.json; mystery; 7; mystery is 7; not known",
		"transformer/config.json; cap_feat_dim; 32; 16 numbers a token; takes 32",
		"transformer/config.json; in_channels; 8; 16 latent channels; transformer 8",
		"text_encoder/config.json; hidden_act; \"gelu\"; hidden_act is \"gelu\"; silu",
		"text_encoder/config.json; model_type; \"llama\"; model_type; qwen3",
		"text_encoder/config.json; num_key_value_heads; 3; num_key_value_heads; divide num_attention_heads (4)",
		"text_encoder/config.json; head_dim; 15; head_dim; must be even",
		"text_encoder/config.json; rope_scaling; {\"rope_type\":\"yarn\",\"factor\":4}; rope_type; default",
		"text_encoder/config.json; rope_scaling; {\"type\":\"yarn\",\"factor\":4}; type; default",
		"text_encoder/config.json; rope_theta; null; rope_theta; Download",
		"vae/config.json; act_fn; \"gelu\"; act_fn; silu",
		"vae/config.json; norm_num_groups; 7; norm_num_groups; divide",
		"vae/config.json; block_out_channels; [16, 32, 32]; block_out_channels; four resolutions",
		"vae/config.json; scaling_factor; 0; scaling_factor; above 0",
		"vae/config.json; use_quant_conv; true; use_quant_conv; false",
		"vae/config.json; mystery; [1]; mystery; not known",
		"scheduler/scheduler_config.json; shift; 0; shift is 0; above 0",
		"scheduler/scheduler_config.json; shift; \"high\"; shift; must be a number",
		"scheduler/scheduler_config.json; _class_name; \"DDIMScheduler\"; _class_name; FlowMatchEuler",
		"scheduler/scheduler_config.json; use_karras_sigmas; true; use_karras_sigmas; false",
		"scheduler/scheduler_config.json; use_dynamic_shifting; 1; use_dynamic_shifting; true or false",
		"scheduler/scheduler_config.json; max_image_seq_len; 256; max_image_seq_len; above base_image_seq_len",
		"scheduler/scheduler_config.json; base_image_seq_len; 0.5; base_image_seq_len; whole number",
		"scheduler/scheduler_config.json; shift_terminal; 1; shift_terminal; below 1",
		"scheduler/scheduler_config.json; mystery; 1; mystery; not known" })
	void aSettingThatCannotBeRunIsNamedWithItsValue(final String file, final String key,
		final String json, final String part, final String advice)
	{
		copy.set(file, key, json);
		assertRefused(part, advice);
	}

	@ParameterizedTest
	@CsvSource({ "transformer/config.json, n_layers, 4, layers.3.",
		"transformer/config.json, n_refiner_layers, 3, refiner.2.",
		"text_encoder/config.json, num_hidden_layers, 4, layers.3.",
		"vae/config.json, layers_per_block, 2, resnets." })
	void moreLayersThanTheFilesHoldAreRefused(final String file, final String key, final String value,
		final String part)
	{
		copy.set(file, key, value);
		assertRefused("tensor", part, "missing");
	}

	@ParameterizedTest
	@CsvSource({ "transformer/config.json, n_layers, 2, layers.2.",
		"transformer/config.json, n_refiner_layers, 1, refiner.1.",
		"text_encoder/config.json, num_hidden_layers, 2, layers.2." })
	void fewerLayersThanTheFilesHoldAreRefused(final String file, final String key,
		final String value, final String part)
	{
		copy.set(file, key, value);
		assertRefused("tensor", part, "no place");
	}

	@ParameterizedTest
	@CsvSource({ "text_encoder/config.json, intermediate_size, 64",
		"text_encoder/config.json, vocab_size, 151935", "text_encoder/config.json, head_dim, 8",
		"vae/config.json, block_out_channels, '[16, 32, 32, 64]'" })
	void tensorsOfAnotherShapeThanTheConfigsAreRefused(final String file, final String key,
		final String value)
	{
		copy.set(file, key, value);
		assertRefused("has the shape", "config.json asks for");
	}

	@Test
	void aTensorOfAsManyBytesInAnotherShapeIsRefused() {
		copy.tensor(ModelCopy.TRANSFORMER, "context_refiner.0.attention.to_q.weight",
			t -> t.shaped(32L, 128L));
		assertRefused("context_refiner.0.attention.to_q.weight", "[32, 128]", "[64, 64]");
	}

	@Test
	void aTensorMadeShorterIsRefused() {
		copy.tensor(ModelCopy.TEXT_ENCODER, "model.layers.0.mlp.up_proj.weight", t -> t.rows(47));
		assertRefused("layers.0.mlp.up_proj.weight", "[47, 16]", "[48, 16]");
	}

	@Test
	void typesThatAreNoWeightsAreRefused() {
		copy.tensor(ModelCopy.TRANSFORMER, "context_refiner.0.attention.to_q.weight", t -> t.as("I16"));
		assertRefused("context_refiner.0.attention.to_q.weight", "I16", "F32, F16 or BF16");
	}

	@Test
	void aBiasThatTheConfigDoesNotKnowIsRefused() {
		copy.renameTensor(ModelCopy.TEXT_ENCODER, "model.norm.weight",
			"model.layers.0.self_attn.q_proj.bias");
		assertRefused("layers.0.self_attn.q_proj.bias", "no place");
	}

	@Test
	void tensorsThatNobodyNeedsMayBeMissing() {
		copy.tensor(ModelCopy.TEXT_ENCODER, "model.norm.weight", t -> null);
		assertEquals("model", ModelFolder.open(copy.folder()).info().name());
	}

	@Test
	void anIndexThatPointsOutsideIsRefused() {
		final String index = new String(copy.read(ModelCopy.TRANSFORMER_INDEX), StandardCharsets.UTF_8);
		copy.write(ModelCopy.TRANSFORMER_INDEX,
			index.replaceFirst("diffusion_pytorch_model-00001-of-00002.safetensors",
				"../vae/diffusion_pytorch_model.safetensors"));
		assertRefused("points to", "not a plain file of the same folder");
	}

	@Test
	void aTruncatedFileIsRefused() {
		copy.shorten(ModelCopy.VAE);
		assertRefused("diffusion_pytorch_model.safetensors is damaged or incomplete", "Download");
	}

	@Test
	void aFolderSaysWhetherItCanEdit() {
		final ModelFolder plain = ModelFolder.open(copy.folder());
		assertFalse(plain.canEdit());
		Refusals.assertRefused(plain::editPart, "cannot edit", "Image to Image");
		final ModelCopy omni = ModelCopy.omniTo(temporary.resolve("omni"));
		final ModelFolder edits = ModelFolder.open(omni.folder());
		assertTrue(edits.canEdit());
		assertEquals(edits.transformer().featureWidth(), edits.editPart().encoder().width());
		try (Pipeline pipeline = Pipeline.open(omni.folder(), ComputeOptions.AUTO)) {
			assertTrue(pipeline.canEdit());
		}
		omni.remove("siglip");
		final ModelFolder noEncoder = ModelFolder.open(omni.folder());
		assertFalse(noEncoder.canEdit());
		assertNotEquals(noEncoder.info().fingerprint(), edits.info().fingerprint());
	}

	@Test
	void anImageEncoderBesideATransformerThatKnowsNoImagesIsLeftAlone() throws IOException {
		Files.createDirectory(copy.file("siglip"));
		assertFalse(ModelFolder.open(copy.folder()).canEdit());
	}

	@Test
	void theImageEncodersFilesAreWatchedToo() {
		final ModelCopy omni = ModelCopy.omniTo(temporary.resolve("omni"));
		final ModelFolder model = ModelFolder.open(omni.folder());
		model.checkUnchanged();
		omni.shorten("siglip/model.safetensors");
		Refusals.assertRefused(model::checkUnchanged, "siglip");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = {
		"siglip/config.json; hidden_size; 64; the image encoder gives 64 numbers a patch; transformer takes 48",
		"siglip/config.json; model_type; \"clip_vision_model\"; model_type; siglip2_vision_model",
		"siglip/config.json; hidden_act; \"relu\"; hidden_act is \"relu\"; gelu_pytorch_tanh",
		"siglip/config.json; num_attention_heads; 5; num_attention_heads is 5; must divide hidden_size (48)",
		"siglip/config.json; num_patches; 60; num_patches is 60; square of a whole number",
		"siglip/config.json; patch_size; 14; patches of 16 pixels; takes 14",
		"siglip/config.json; num_hidden_layers; 3; encoder.layers.2; is missing",
		"siglip/config.json; num_hidden_layers; 1; encoder.layers.1; no place",
		"siglip/config.json; intermediate_size; 90; mlp.fc1; config.json asks for [90",
		"siglip_processor/preprocessor_config.json; do_resize; false; do_resize; must be true",
		"siglip_processor/preprocessor_config.json; resample; 3; resample is 3; must be 2",
		"siglip_processor/preprocessor_config.json; max_num_patches; 0; max_num_patches is 0; between 1",
		"siglip_processor/preprocessor_config.json; image_mean; [0.5, 0.4, 0.5]; image_mean; same for all channels",
		"siglip_processor/preprocessor_config.json; image_mean; \"grey\"; image_mean; must be a number",
		"siglip_processor/preprocessor_config.json; image_std; [0, 0, 0]; image_std; above 0",
		"siglip_processor/preprocessor_config.json; rescale_factor; 0; rescale_factor is 0; above 0",
		"siglip_processor/preprocessor_config.json; mystery; 1; mystery; not known",
		"transformer/config.json; siglip_feat_dim; null; siglip_; no place in a model" })
	void aPartForEditingThatCannotBeRunIsRefused(final String file, final String key,
		final String json, final String part, final String advice)
	{
		final ModelCopy omni = ModelCopy.omniTo(temporary.resolve("omni"));
		omni.set(file, key, json);
		assertRefused(omni.folder(), part, advice);
	}
}
