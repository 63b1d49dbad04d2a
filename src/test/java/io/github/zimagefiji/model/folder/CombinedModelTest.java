
package io.github.zimagefiji.model.folder;

import static io.github.zimagefiji.golden.Golden.FLOAT32;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.zimagefiji.GenerationResult;
import io.github.zimagefiji.ModelVariant;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.Refusals;
import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.pipeline.ComfyFiles;
import io.github.zimagefiji.pipeline.Pipeline;
import io.github.zimagefiji.request.TextToImageRequest;
import io.github.zimagefiji.weights.Checkpoint;
import io.github.zimagefiji.weights.singlefile.SingleFile;

/**
 * The tiny reference model as single files of ComfyUI's kind, put together by a text file.
 */
@Tag("engine")
class CombinedModelTest {

	private static final String QKV = "layers.1.attention.qkv.weight";

	@TempDir
	Path temporary;
	private Path folder;
	private Path file;

	@BeforeEach
	void writeFiles() {
		folder = temporary.resolve("Modèles 模型 x");
		ComfyFiles.transformer().write(folder.resolve("diffusion_models/z image.safetensors"));
		ComfyFiles.textEncoder().write(folder.resolve("text_encoders/qwen_3_4b.safetensors"));
		ComfyFiles.autoencoder().write(folder.resolve("vae/ae.safetensors"));
		file = folder.resolve("mein Modell é.zimage.json");
		combination().write(file);
	}

	/**
	 * The tiny autoencoder has fewer groups than Flux's, which only its config says.
	 */
	private CombinationFile combination() {
		return new CombinationFile(null, folder.resolve("diffusion_models/z image.safetensors"),
			folder.resolve("text_encoders/qwen_3_4b.safetensors"), folder.resolve("vae/ae.safetensors"),
			Golden.path("model/tokenizer"), null, null, Golden.path("model/vae/config.json"),
			ModelVariant.TURBO, null);
	}

	private static GenerationResult generate(final Path model) {
		try (Pipeline pipeline = Pipeline.open(model, FLOAT32)) {
			return pipeline.generate(TextToImageRequest.builder("An astronaut riding a horse")
				.size(96, 64).seed(43).steps(2).guidance(2.0).build(), Progress.NONE);
		}
	}

	private static void assertSameImage(final Path model, final Path other) {
		final GenerationResult first = generate(model);
		final GenerationResult second = generate(other);
		assertArrayEquals(first.latents(), second.latents());
		assertArrayEquals(first.images().get(0).samples(), second.images().get(0).samples());
	}

	private void assertRefused(final Path place, final String... parts) {
		Refusals.assertRefused(() -> ModelFolder.open(place), (Object[]) parts);
	}

	private Path transformer() {
		return folder.resolve("diffusion_models/z image.safetensors");
	}

	@Test
	void singleFilesGiveTheVeryImageOfTheFolder() {
		assertSameImage(Golden.model(), file);
	}

	@Test
	void theConfigsAreThoseOfTheFolder() {
		final ModelFolder expected = ModelFolder.open(Golden.model());
		final ModelFolder actual = ModelFolder.open(file);
		assertEquals(expected.transformer(), actual.transformer());
		assertEquals(expected.textEncoder(), actual.textEncoder());
		assertEquals(expected.scheduler(), actual.scheduler());
	}

	@Test
	void theFingerprintIsThatOfTheFolder() {
		assertEquals(ModelFolder.open(Golden.model()).info().fingerprint(),
			ModelFolder.open(file).info().fingerprint());
		assertEquals("mein Modell é", ModelFolder.open(file).info().name());
	}

	@Test
	void partsOfFusedTensorsAreSeenWhereTheyLie() {
		final Checkpoint fused = Checkpoint.openFile(transformer());
		final Checkpoint seen = SingleFile.transformer(transformer());
		final long third = fused.entry(QKV).byteCount() / 3;
		for (final String part : List.of("to_q", "to_k", "to_v")) {
			assertEquals(
				fused.entry(QKV).position() + third * List.of("to_q", "to_k", "to_v").indexOf(part),
				seen.entry(QKV.replace("qkv", part)).position());
		}
		assertEquals(fused.byteCount(), seen.byteCount());
	}

	@Test
	void aFolderThatHoldsACombinationFileStandsForIt() throws IOException {
		combination().write(folder.resolve(CombinationFile.NAME));
		assertEquals("Modèles 模型 x", ModelFolder.open(folder).info().name());
	}

	@Test
	void partsMayBeFoldersOfDiffusersOrWholeModels() {
		new CombinationFile(null, transformer(), Golden.path("model/text_encoder"), Golden.model(),
			Golden.path("model/tokenizer/tokenizer.json"), null, null, null, ModelVariant.TURBO, null)
			.write(file);
		assertSameImage(Golden.model(), file);
	}

	@Test
	void allPartsMayLieInOneFileUnderPrefixes() {
		final Path all =
			ComfyFiles.empty().addAll(ComfyFiles.transformer().renamed(n -> "model.diffusion_model." + n))
				.addAll(ComfyFiles.textEncoder().renamed(n -> "text_encoders.qwen3_4b.transformer." + n))
				.addAll(ComfyFiles.autoencoder().renamed(n -> "vae." + n))
				.put("text_encoders.qwen3_4b.logit_scale", ComfyFiles.number(1))
				.write(folder.resolve("all.safetensors"));
		new CombinationFile(null, all, all, all, Golden.path("model/tokenizer"), null, null,
			Golden.path("model/vae/config.json"), null, 3.0).write(file);
		assertEquals(ModelVariant.TURBO, ModelFolder.open(file).info().variant());
		assertSameImage(Golden.model(), file);
	}

	@Test
	void aLanguageModelsOutputLayerIsLeftOut() {
		ComfyFiles.textEncoder().put("lm_head.weight", ComfyFiles.number(1))
			.write(folder.resolve("text_encoders/qwen_3_4b.safetensors"));
		assertEquals(ModelFolder.open(Golden.model()).info().fingerprint(),
			ModelFolder.open(file).info().fingerprint());
	}

	@Test
	void fusedTensorsOfTheWrongHeightAreRefused() {
		final ComfyFiles files = ComfyFiles.transformer();
		final ComfyFiles.Stored qkv = files.tensors().get(QKV);
		files.put(QKV, qkv.shaped(32L, 384L)).write(transformer());
		assertRefused(file, QKV, "[32, 384]", "cannot be divided into query, key and value");
		files.put(QKV, qkv.shaped(384L, 32L)).write(transformer());
		assertRefused(file, "layers.1.attention.to_q.weight", "[128, 32]", "[64, 64]");
	}

	@Test
	void missingTensorsAreNamed() {
		ComfyFiles.transformer().remove("layers.1.attention.out.weight").write(transformer());
		assertRefused(file, "layers.1.attention.to_out.0.weight", "missing");
		ComfyFiles.transformer().remove("x_embedder.weight").write(transformer());
		assertRefused(file, "all_x_embedder.2-1.weight", "not a whole Z-Image transformer");
	}

	@Test
	void unknownTensorsAreNamed() {
		ComfyFiles.transformer().put("double_blocks.0.weight", ComfyFiles.number(1))
			.write(transformer());
		assertRefused(file, "1 tensor has no place", "\"double_blocks.0.weight\"",
			"Choose another file");
		ComfyFiles.transformer().put("layers.1.attention.to_q.extra", ComfyFiles.number(1))
			.write(transformer());
		assertRefused(file, "layers.1.attention.to_q.extra", "has no place");
	}

	@Test
	void mixedPrefixesAndDoubleTensorsAreRefused() {
		ComfyFiles.transformer().renamed(n -> n.startsWith("layers") ? "model.diffusion_model." + n : n)
			.write(transformer());
		assertRefused(file, "mixes names", "model.diffusion_model.");
		final ComfyFiles files = ComfyFiles.transformer();
		files.put(QKV.replace("qkv", "to_q"), files.tensors().get("layers.1.attention.out.weight"))
			.write(transformer());
		assertRefused(file, "holds both", QKV, "mean the same");
	}

	@Test
	void anotherNetworkIsNotTakenForATransformer() {
		ComfyFiles.autoencoder().write(transformer());
		assertRefused(file, "is not a transformer of Z-Image", "z image.safetensors");
	}

	@ParameterizedTest
	@CsvSource({ "a.gguf, GGUF, 0", "a.safetensors, GGUF, GGUF....", "a.ckpt, pickle, 0",
		"a.pt, pickle, 0", "a.bin, pickle, 0", "a.pth, pickle, 0",
		"a.safetensors, pickle, PK\u0003\u0004....",
		"a.safetensors, pickle, \u0080\u0002\u008al\u00fc\u009cF" })
	void otherFormatsAreRefusedWithAdvice(final String name, final String word, final String start)
		throws IOException
	{
		final Path other = Files.write(folder.resolve(name),
			(start + "more and more bytes").getBytes(StandardCharsets.ISO_8859_1));
		CombinationFile.of(transformer(), other, folder.resolve("vae/ae.safetensors"),
			Golden.path("model/tokenizer")).write(file);
		assertRefused(file, name, word, "safetensors form");
		if (!name.endsWith("safetensors")) assertRefused(other, word, "safetensors form");
	}

	@Test
	void filesThatAreNotThereAreNamed() throws IOException {
		Files.delete(folder.resolve("vae/ae.safetensors"));
		assertRefused(file, "The vae", "ae.safetensors", "does not exist");
	}

	@Test
	void theTokenizersFolderMustHoldOne() {
		CombinationFile.of(transformer(), folder.resolve("text_encoders/qwen_3_4b.safetensors"),
			Golden.path("model/vae"), folder).withVariant(ModelVariant.TURBO).write(file);
		assertRefused(file, "tokenizer.json", "Tongyi-MAI/Z-Image-Turbo");
	}

	@Test
	void whatIsNotRecognisedMustBeSaid() {
		CombinationFile.of(transformer(), Golden.model(), Golden.model(), Golden.model()).write(file);
		assertRefused(file, "does not say which model", "\"variant\": \"turbo\"");
	}

	@Test
	void groupsThatDoNotFollowNeedAConfig() {
		CombinationFile
			.of(transformer(), Golden.model(), folder.resolve("vae/ae.safetensors"), Golden.model())
			.write(file);
		assertRefused(file, "groups of its norms", "config.json");
	}

	@Test
	void aModelThatWasOpenedNoticesThatItsCombinationChanged() {
		final ModelFolder model = ModelFolder.open(file);
		model.checkUnchanged();
		combination().withVariant(ModelVariant.BASE).write(file);
		Refusals.assertRefused(model::checkUnchanged, "was changed");
		assertEquals(6, ModelFolder.open(file).scheduler().shift());
	}
}
