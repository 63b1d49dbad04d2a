
package io.github.zimagefiji.dataset.plan;

import static io.github.zimagefiji.golden.Golden.FLOAT32;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.IJ;
import ij.ImagePlus;
import ij.process.ByteProcessor;
import io.github.zimagefiji.Host;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.dataset.DatasetRun;
import io.github.zimagefiji.dataset.folder.DatasetFolder;
import io.github.zimagefiji.dataset.folder.ItemRecord;
import io.github.zimagefiji.dataset.output.Trees;
import io.github.zimagefiji.dataset.recipe.ControlSettings;
import io.github.zimagefiji.dataset.recipe.LabelSource;
import io.github.zimagefiji.dataset.recipe.ObjectKind;
import io.github.zimagefiji.dataset.recipe.Population;
import io.github.zimagefiji.dataset.recipe.Range;
import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.dataset.recipe.RecipeBuilder;
import io.github.zimagefiji.dataset.recipe.Sampling;
import io.github.zimagefiji.dataset.recipe.Splits;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.hub.builtin.BuiltInModel;
import io.github.zimagefiji.io.Sha256;
import io.github.zimagefiji.pipeline.host.LocalHost;
import io.github.zimagefiji.request.LoraChoice;

/**
 * Datasets with a LoRA; and whose LoRA, ControlNet or model is no longer what they were begun with.
 */
@Tag("engine")
class DatasetIdentityTest {

	@TempDir
	Path folder;

	private static RecipeBuilder recipe() {
		return Recipe.builder("set").items(2).prompt("three round white nuclei")
			.objects(Population.of(ObjectKind.NUCLEI, "nucleus", new Range(2, 4)))
			.sampling(new Sampling(128, 128, 4, null, 0.6, 0)).splits(new Splits(1, 0, 0));
	}

	private DatasetFolder make(final Recipe recipe, final String output) {
		try (Host host = new LocalHost()) {
			new DatasetRun(recipe, folder.resolve(output), host, FLOAT32).run(true, Shard.ALL,
				Progress.NONE, warning -> {});
		}
		return new DatasetFolder(folder.resolve(output));
	}

	/** Resumes a dataset that cannot be resumed. */
	private String refusal(final Recipe recipe, final String output) {
		return assertThrows(InvalidInputException.class, () -> make(recipe, output)).getMessage();
	}

	private Path lora() throws IOException {
		return Files.copy(BuiltInModel.grainyLora(), folder.resolve("grainy.safetensors"));
	}

	/** Changes some of a file's last bytes, which are weights. */
	private static void change(final Path file) throws IOException {
		try (RandomAccessFile weights = new RandomAccessFile(file.toFile(), "rw")) {
			weights.seek(weights.length() - 2);
			final int last = weights.read();
			weights.seek(weights.length() - 2);
			weights.write(last ^ 0x55);
		}
	}

	private Path copy(final Path source, final String name) throws IOException {
		final Path target = folder.resolve(name);
		try (Stream<Path> files = Files.walk(source)) {
			for (final Path file : files.toList())
				Files.copy(file, target.resolve(source.relativize(file).toString()));
		}
		return target;
	}

	@Test
	void aLoraChangesTheImagesAndIsWrittenDownEverywhere() throws IOException {
		final Path lora = lora();
		final ItemRecord plain = make(recipe().build(), "plain").record("set-0001");
		final ItemRecord none =
			make(recipe().loras(List.of(new LoraChoice(lora, 0))).build(), "none").record("set-0001");
		final ItemRecord grainy =
			make(recipe().loras(List.of(new LoraChoice(lora, 0.8))).build(), "grainy").record("set-0001");
		assertEquals(plain.text("image_sha256"), none.text("image_sha256"), "scale 0 is none");
		assertNotEquals(plain.text("image_sha256"), grainy.text("image_sha256"));
		assertEquals(plain.text("labels_sha256"), grainy.text("labels_sha256"));
		assertEquals("", plain.text("loras"));
		assertTrue(grainy.text("loras").startsWith("grainy.safetensors, scale 0.8, fingerprint "),
			grainy.text("loras"));
		assertTrue(Files.readString(folder.resolve("grainy/manifest.csv"))
			.contains("\"grainy.safetensors, scale 0.8, "));
		assertTrue(grainy.text("provenance").contains("grainy.safetensors"));
		final String datasheet = Files.readString(folder.resolve("grainy/DATASHEET.md"));
		assertTrue(datasheet.contains("* LoRAs: grainy.safetensors, scale 0.8") &&
			datasheet.contains("* ControlNet: controlnet"), datasheet);
	}

	@Test
	void anotherLoraOfTheSameNameIsAnotherDataset() throws IOException {
		final Path lora = lora();
		final Recipe recipe = recipe().loras(List.of(new LoraChoice(lora, 1))).build();
		make(recipe, "out");
		change(lora);
		assertTrue(refusal(recipe, "out").contains("a LoRA is another one"));
		change(lora);
		make(recipe, "out");
	}

	@Test
	void anotherControlNetOfTheSameNameIsAnotherDataset() throws IOException {
		final Path network = copy(BuiltInModel.controlNet(), "network");
		final Recipe recipe = recipe().control(new ControlSettings(network, 1)).build();
		make(recipe, "out");
		change(network.resolve("diffusion_pytorch_model.safetensors"));
		assertTrue(refusal(recipe, "out").contains("the ControlNet is another one"));
	}

	@Test
	void anotherModelOfTheSameNameIsAnotherDataset() throws IOException {
		final Path model = copy(BuiltInModel.folder(), "model");
		final Recipe recipe = recipe().model(model).build();
		make(recipe, "out");
		change(model.resolve("transformer/diffusion_pytorch_model.safetensors"));
		assertTrue(refusal(recipe, "out").contains("the model is another one"));
	}

	/** Labels and a LoRA in a folder of their own. */
	private Path sources() throws IOException {
		final Path place = Files.createDirectories(folder.resolve("here/labels"));
		for (final String name : List.of("a.tif", "b.tif")) {
			final ByteProcessor labels = new ByteProcessor(128, 128);
			labels.setColor(1);
			labels.fillOval(name.startsWith("a") ? 30 : 70, 40, 26, 26);
			IJ.saveAsTiff(new ImagePlus(name, labels), place.resolve(name).toString());
		}
		Files.copy(BuiltInModel.grainyLora(), folder.resolve("here/grainy.safetensors"));
		return place.getParent();
	}

	private static Recipe of(final Path sources) {
		return recipe().labels(new LabelSource.Folder(sources.resolve("labels")))
			.loras(List.of(new LoraChoice(sources.resolve("grainy.safetensors"), 1))).build();
	}

	@Test
	void whereItsFilesLieDoesNotMatter() throws IOException {
		final Path here = sources();
		make(of(here), "undisturbed");
		final DatasetFolder begun = new DatasetFolder(folder.resolve("out"));
		try (Host host = new LocalHost()) {
			new DatasetRun(of(here), begun.root(), host, FLOAT32).run(false, Shard.parse("1/2"),
				Progress.NONE, warning -> {});
		}
		final Path there = Files.move(here, folder.resolve("there"));
		make(of(there), "out");
		assertEquals(of(there), begun.recipe(), "names what can be found");
		final List<String> expected = Trees.digest(folder.resolve("undisturbed"));
		final List<String> found = Trees.digest(begun.root());
		expected.removeIf(file -> file.startsWith("recipe.json"));
		found.removeIf(file -> file.startsWith("recipe.json"));
		assertEquals(expected, found);
		Files.move(there.resolve("labels/a.tif"), there.resolve("labels/c.tif"));
		assertTrue(refusal(of(there), "out").contains("the recipe's source images have changed"));
	}

	@Test
	void anotherRecipeIsAnotherDataset() {
		make(recipe().items(1).build(), "out");
		assertTrue(
			refusal(recipe().items(1).seed(3).build(), "out").contains("the recipe has changed"));
	}

	@Test
	void whatIsNoLoraIsRefusedBeforeAnythingIsBegun() throws IOException {
		final Path text = Files.writeString(folder.resolve("text.safetensors"), "no tensors");
		for (final Path wrong : List.of(text, folder.resolve("absent.safetensors"))) {
			final String message =
				refusal(recipe().loras(List.of(new LoraChoice(wrong, 1))).build(), "refused");
			assertTrue(message.contains(wrong.getFileName().toString()), message);
			assertFalse(Files.exists(folder.resolve("refused")), "nothing is begun");
		}
	}

	@Test
	void aLargeFilesSumIsThatOfAllItsBytes() throws IOException {
		final Path file =
			Files.writeString(folder.resolve("file"), "some bytes".repeat(10000), StandardCharsets.UTF_8);
		assertEquals(Sha256.hex("some bytes".repeat(10000)), DatasetIdentity.sha256(file));
	}
}
