
package io.github.zimagefiji.hub.store;

import static io.github.zimagefiji.Refusals.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.zimagefiji.ModelVariant;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.hub.HubModels;
import io.github.zimagefiji.hub.catalogue.Catalogue;
import io.github.zimagefiji.hub.catalogue.CatalogueEntry;
import io.github.zimagefiji.hub.maintenance.ModelCombination;
import io.github.zimagefiji.hub.maintenance.ModelImport;
import io.github.zimagefiji.hub.source.ModelHost;
import io.github.zimagefiji.hub.source.Repository;
import io.github.zimagefiji.hub.store.StoredModel.Form;
import io.github.zimagefiji.hub.transfer.DownloadFixture;
import io.github.zimagefiji.hub.transfer.Downloader;
import io.github.zimagefiji.hub.transfer.TestHost;
import io.github.zimagefiji.model.folder.CombinationFile;

/** What is seen in a folder of models, and what can be chosen. */
class StoredModelsTest {

	@TempDir
	private Path folder;

	private Path models;

	@BeforeEach
	void makeFolder() throws IOException {
		models = Files.createDirectories(folder.resolve("Modelle é"));
	}

	@AfterEach
	void clear() {
		System.clearProperty(ModelsFolder.PROPERTY);
		System.clearProperty(ModelsFolder.FIJI_PROPERTY);
	}

	private static CombinationFile combination() {
		return CombinationFile.of(Golden.model(), Golden.model(), Golden.model(), Golden.model())
			.withVariant(ModelVariant.TURBO);
	}

	@Test
	void everyFormIsListedAndModelsOfEveryFormCanBeChosen() throws IOException {
		HubModels.copy(models.resolve("whole"));
		ModelImport.reference(Golden.model(), models, "there", Progress.NONE);
		final Path combined = ModelCombination.fileIn(models, "combined");
		ModelCombination.write(combined, combination());
		final Path inside = Files.createDirectory(models.resolve("in a folder"));
		combination().write(inside.resolve(CombinationFile.NAME));
		try (TestHost host = new TestHost().file("x.safetensors", DownloadFixture.weights(folder))) {
			final Downloader downloader = DownloadFixture.downloader(DownloadFixture.SHORT);
			downloader.download(downloader.list(host.repository(), Progress.NONE), models, "part",
				Progress.NONE);
		}
		Files.createDirectories(models.resolve(".zimage-staging/begun"));
		Files.writeString(models.resolve(".zimage-staging/begun/download.json"), "{}");
		Files.createDirectories(models.resolve("notes"));
		final StoredModels stored = StoredModels.in(List.of(models, folder.resolve("absent")));
		assertEquals(
			List.of("begun=BEGUN", "combined=COMBINATION", "in a folder=COMBINATION", "part=FILES",
				"there=REFERENCE", "whole=MODEL"),
			stored.models().stream().map(each -> each.name() + "=" + each.form()).toList());
		assertTrue(stored.models().stream().filter(each -> each.form() != Form.BEGUN)
			.allMatch(each -> each.state().equals("ready") && each.bytes() > 10_000), stored.toString());
		assertEquals(List.of(combined, inside, Golden.model(), models.resolve("whole")),
			InstalledModel.in(List.of(models)).stream().map(InstalledModel::folder).toList());
	}

	@Test
	void whatIsBrokenSaysSo() throws IOException {
		HubModels.copy(models.resolve("half"));
		Files.delete(models.resolve("half/tokenizer/tokenizer.json"));
		Files.writeString(models.resolve("bad.zimage.json"), "{}");
		final StoredModels stored = StoredModels.in(List.of(models));
		assertTrue(stored.get("half").state().startsWith("cannot be used: ") &&
			stored.get("half").state().contains("tokenizer.json"), stored.get("half").state());
		assertTrue(stored.get("bad").state().contains("does not say \"transformer\""),
			stored.get("bad").state());
		assertEquals(0, stored.get("bad").bytes());
		assertFails(InvalidInputException.class, () -> stored.get("other"),
			"no model \"other\" in " + models, "bad; half");
	}

	@Test
	void theFirstOfTwoWithOneNameCounts() throws IOException {
		final Path first = HubModels.copy(folder.resolve("first/m"));
		HubModels.copy(models.resolve("m"));
		assertEquals(first, StoredModels.in(List.of(folder.resolve("first"), models)).get("m").place());
	}

	@Test
	void foldersOfModelsAreTheNamedOneThenFijisThenTheCaches() {
		final Path cache = ModelsFolder.all().get(0);
		assertTrue(cache.endsWith("models") && cache.isAbsolute(), cache.toString());
		System.setProperty(ModelsFolder.FIJI_PROPERTY, folder.toString());
		assertEquals(List.of(folder.resolve("models/z-image"), cache), ModelsFolder.all());
		System.setProperty(ModelsFolder.PROPERTY, models.toString());
		assertEquals(List.of(models, folder.resolve("models/z-image"), cache), ModelsFolder.all());
		System.setProperty(ModelsFolder.PROPERTY, "no\0path");
		assertEquals(2, ModelsFolder.all().size());
	}

	@Test
	void aCombinationThatCannotBeOpenedIsNotWritten() throws IOException {
		final Path file = ModelCombination.fileIn(models, "x.zimage.json");
		final CombinationFile absent =
			CombinationFile.of(folder.resolve("absent"), Golden.model(), Golden.model(), Golden.model());
		assertFails(InvalidInputException.class, () -> ModelCombination.write(file, absent),
			folder.resolve("absent"), "which x.zimage.json names");
		assertFails(InvalidInputException.class,
			() -> ModelCombination.write(models.resolve("x.json"), combination()),
			"must end with .zimage.json");
		assertFails(InvalidInputException.class, () -> ModelCombination.fileIn(models, "../x"),
			"has a slash");
		HubModels.copy(models.resolve("taken"));
		assertFails(InvalidInputException.class, () -> ModelCombination.fileIn(models, "taken"),
			"already");
		assertEquals(List.of(models.resolve("taken")),
			InstalledModel.in(List.of(models)).stream().map(InstalledModel::folder).toList());
	}

	@Test
	void anEntryIsAskedForOnOneHostOnly() {
		final CatalogueEntry turbo = Catalogue.builtIn().get("z-image-turbo");
		assertEquals(List.of(ModelHost.MODELSCOPE), turbo.from(ModelHost.MODELSCOPE, null)
			.repositories().stream().map(Repository::host).toList());
		assertEquals("Tongyi-MAI/Z-Image-Turbo on 127.0.0.1:1",
			turbo.from(ModelHost.HUGGING_FACE, URI.create("http://127.0.0.1:1")).repositories().get(0)
				.title());
		assertFails(InvalidInputException.class,
			() -> Catalogue.builtIn().get("Z-Image-ComfyUI").from(ModelHost.MODELSCOPE, null),
			"not published on ModelScope", "Comfy-Org/z_image on Hugging Face");
		assertEquals(12_309_866_400L,
			Catalogue.builtIn().get("Z-Image-ComfyUI").knownBytes().getAsLong());
		assertTrue(turbo.knownBytes().isEmpty());
	}
}
