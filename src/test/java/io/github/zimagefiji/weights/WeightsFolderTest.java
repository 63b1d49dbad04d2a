
package io.github.zimagefiji.weights;

import static io.github.zimagefiji.Refusals.assertRefused;
import static io.github.zimagefiji.weights.TestFiles.safetensors;
import static io.github.zimagefiji.weights.TestFiles.vector;
import static io.github.zimagefiji.weights.TestFiles.write;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeightsFolderTest {

	@TempDir
	Path folder;

	@Test
	void aMissingFolderIsRefused() {
		final Path missing = folder.resolve("transformer");
		assertRefused(() -> Checkpoint.open(missing), missing, "does not exist");
	}

	@Test
	void aFileIsNotAFolder() {
		final Path file = weights("model.safetensors", "a");
		assertRefused(() -> Checkpoint.open(file), file, "is not a folder");
	}

	@Test
	void anEmptyFolderIsRefused() {
		assertRefused(() -> Checkpoint.open(folder), folder, "no .safetensors file");
	}

	@ParameterizedTest
	@ValueSource(strings = { "pytorch_model.bin", "x.pt", "x.PTH", "x.ckpt", "x.pkl" })
	void picklesAreRefusedWithTheReason(final String name) {
		final Path file = write(folder.resolve(name), "x");
		assertRefused(() -> Checkpoint.open(folder), file, "can run code", "safetensors");
		assertRefused(() -> Checkpoint.openFile(file), file, "can run code", "safetensors");
	}

	@Test
	void ggufIsRefused() {
		final Path file = write(folder.resolve("z-image-Q4.gguf"), "GGUF");
		assertRefused(() -> Checkpoint.open(folder), file, "GGUF");
		assertRefused(() -> Checkpoint.openFile(file), file, "GGUF");
	}

	@Test
	void picklesBesideSafetensorsDoNoHarm() {
		write(folder.resolve("model.bin"), "x");
		weights("model.safetensors", "a");
		assertOpens("a");
	}

	@ParameterizedTest
	@ValueSource(strings = { "model", "diffusion_pytorch_model" })
	void aWellKnownNameComesBeforeItsVariants(final String stem) {
		weights(stem + ".fp16.safetensors", "variant");
		weights("another.safetensors", "other");
		weights(stem + ".safetensors", "plain");
		assertOpens("plain");
	}

	@Test
	void aSingleFileMayHaveAnyName() {
		weights("z_image_turbo_bf16.safetensors", "a");
		assertOpens("a");
	}

	@Test
	void severalFilesWithoutAnIndexAreRefused() {
		weights("one.safetensors", "a");
		weights("two.safetensors", "b");
		assertRefused(() -> Checkpoint.open(folder), folder, "one.safetensors, two.safetensors");
	}

	@Test
	void bothWellKnownNamesAtOnceAreRefused() {
		weights("model.safetensors", "a");
		weights("diffusion_pytorch_model.safetensors", "b");
		assertRefused(() -> Checkpoint.open(folder), folder, "several sets of weights");
	}

	@Test
	void partsWithoutTheirIndexAreRefused() {
		final Path part = weights("model-00001-of-00003.safetensors", "a");
		assertRefused(() -> Checkpoint.open(folder), part, ".safetensors.index.json");
		weights("model-00002-of-00003.safetensors", "b");
		assertRefused(() -> Checkpoint.open(folder), part, ".safetensors.index.json");
	}

	@Test
	void aSinglePartIsComplete() {
		weights("model-00001-of-00001.safetensors", "a");
		assertOpens("a");
	}

	/** Programs of the field differ in which one they read. */
	@ParameterizedTest
	@CsvSource({ "model, model", "model, diffusion_pytorch_model",
		"diffusion_pytorch_model, diffusion_pytorch_model", "diffusion_pytorch_model, model",
		"transformer, transformer", "transformer, model" })
	void anIndexAndAWholeFileThatDifferAreRefused(final String index, final String whole) {
		index(index + ".safetensors.index.json");
		final Path same = weights(whole + ".safetensors", "sharded");
		assertOpens("sharded");
		final byte[] bytes = safetensors("{" + vector("sharded", 1, 0) + "}", 4);
		bytes[bytes.length - 1] ^= 1;
		write(same, bytes);
		assertRefused(() -> Checkpoint.open(folder), folder, whole + ".safetensors",
			"weights in parts");
		weights(whole + ".safetensors", "other");
		assertRefused(() -> Checkpoint.open(folder), folder, whole + ".safetensors",
			"weights in parts");
	}

	@Test
	void aVariantBesideAnIndexDoesNoHarm() {
		index("model.safetensors.index.json");
		weights("model.fp16.safetensors", "variant");
		weights("another.safetensors", "other");
		assertOpens("sharded");
	}

	/** Names that diffusers and transformers, and other programs, write. */
	@ParameterizedTest
	@ValueSource(strings = { "diffusion_pytorch_model.safetensors.index.fp16.json",
		"model.safetensors.index.bf16.json", "diffusion_pytorch_model.fp16.safetensors.index.json",
		"anything.safetensors.index.json" })
	void theIndexOfAVariantIsRead(final String name) {
		index(name);
		weights("part-00002-of-00002.fp16.safetensors", "unlisted");
		assertOpens("sharded");
		assertEquals("[sharded]",
			Checkpoint.openFile(folder.resolve(name)).entries().keySet().toString());
		weights("model.safetensors", "plain");
		if (name.startsWith("anything"))
			assertRefused(() -> Checkpoint.open(folder), folder, "model.safetensors", "weights in parts");
		else assertOpens("plain");
	}

	@Test
	void partsOfAVariantNeedTheirIndexToo() {
		assertRefused(
			() -> Checkpoint.open(weights("model-00001-of-00002.fp16.safetensors", "a").getParent()),
			folder, ".safetensors.index.json");
	}

	@Test
	void indexesOfSeveralVariantsAreRefused() {
		index("model.safetensors.index.fp16.json");
		index("model.safetensors.index.bf16.json");
		assertRefused(() -> Checkpoint.open(folder), folder, "several sets of weights");
	}

	private void index(final String name) {
		weights("part.safetensors", "sharded");
		write(folder.resolve(name), "{\"weight_map\":{\"sharded\":\"part.safetensors\"}}");
	}

	@Test
	void helpersOfTheOperatingSystemAreNotWeights() {
		write(folder.resolve("._x.safetensors"), "Mac OS X");
		weights("x.safetensors", "a");
		assertOpens("a");
	}

	private void assertOpens(final String tensor) {
		assertEquals("[" + tensor + "]", Checkpoint.open(folder).entries().keySet().toString());
	}

	private Path weights(final String name, final String tensor) {
		return write(folder.resolve(name), safetensors("{" + vector(tensor, 1, 0) + "}", 4));
	}
}
