
package io.github.zimagefiji.hub.maintenance;

import static io.github.zimagefiji.Refusals.assertFails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import io.github.zimagefiji.Progress;
import io.github.zimagefiji.RecordingProgress;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.error.RunCanceledException;
import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.hub.HubModels;
import io.github.zimagefiji.hub.store.InstalledModel;
import io.github.zimagefiji.hub.transfer.TestHost;
import io.github.zimagefiji.model.folder.ModelFolder;

/**
 * Models that were downloaded elsewhere, for laboratories without a network.
 */
class ModelImportTest {

	private static final String SHARD =
		"transformer/diffusion_pytorch_model-00001-of-00002.safetensors";

	@TempDir
	private Path folder;

	@Test
	void aCopyIsAWholeModelOfItsOwn() throws IOException {
		final Path source = HubModels.copy(folder.resolve("clé USB 図/Z-Image"));
		Files.writeString(source.resolve("run.py"), "import os");
		final Path models = folder.resolve("mes modèles");
		final Path model = ModelImport.copy(source, models, "Mon modèle", Progress.NONE);
		assertArrayEquals(Files.readAllBytes(source.resolve(SHARD)),
			Files.readAllBytes(model.resolve(SHARD)));
		ModelFolder.open(model);
		assertFalse(Files.exists(model.resolve("run.py")));
		assertEquals(List.of(new InstalledModel("Mon modèle", model, InstalledModel.Origin.INSTALLED)),
			InstalledModel.in(List.of(models)));
		final ModelCheck check = ModelCheck.of(model, Progress.NONE);
		assertTrue(check.isGood() && check.unknown().isEmpty() && check.right().contains(SHARD),
			check.toString());
	}

	@Test
	void aReferenceIsListedAndNothingIsCopied() throws IOException {
		final Path source = HubModels.copy(folder.resolve("share/Z-Image Turbo 図"));
		final Path models = folder.resolve("models");
		ModelImport.reference(source, models, "shared", Progress.NONE);
		assertEquals(List.of(new InstalledModel("shared", source, InstalledModel.Origin.INSTALLED)),
			InstalledModel.in(List.of(models)));
		assertFalse(Files.exists(models.resolve("shared")));
		ModelRemoval.remove(models, "shared", Progress.NONE);
		assertEquals(List.of(), InstalledModel.in(List.of(models)));
		ModelFolder.open(source);
	}

	@Test
	void aSnapshotOfTheCacheIsCopiedThroughItsLinks() throws IOException {
		final Path cache = folder.resolve("models--owner--tiny");
		final Path source = HubModels.copy(cache.resolve("snapshots/1"));
		final byte[] content = Files.readAllBytes(source.resolve(SHARD));
		final Path blob =
			Files.createDirectories(cache.resolve("blobs")).resolve(TestHost.sha256(content));
		Files.move(source.resolve(SHARD), blob);
		Files.createSymbolicLink(source.resolve(SHARD), blob);
		final Path model = ModelImport.copy(source, folder.resolve("models"), "m", Progress.NONE);
		assertFalse(Files.isSymbolicLink(model.resolve(SHARD)));
		assertArrayEquals(content, Files.readAllBytes(model.resolve(SHARD)));
	}

	@Test
	void aFileWithAnotherHashThanTheOneNotedAtItsDownloadIsRefused() throws IOException {
		final Path source =
			ModelImport.copy(Golden.model(), folder.resolve("there"), "m", Progress.NONE);
		HubModels.flip(source.resolve(SHARD));
		final Path models = folder.resolve("here");
		assertFails(InvalidInputException.class,
			() -> ModelImport.copy(source, models, "m", Progress.NONE), source.resolve(SHARD),
			"is damaged: its SHA-256 is");
		assertEquals(List.of(), InstalledModel.in(List.of(models)));
		assertFalse(Files.exists(models.resolve(".zimage-staging/m.import")));
	}

	@Test
	void aFolderWithTwoModelsAsksWhichOne() throws IOException {
		HubModels.copy(folder.resolve("both/Z-Image"));
		HubModels.copy(folder.resolve("both/Z-Image-Turbo"));
		assertFails(InvalidInputException.class,
			() -> ModelImport.copy(folder.resolve("both"), folder.resolve("models"), "m", Progress.NONE),
			folder.resolve("both"), "holds 2 models (Z-Image, Z-Image-Turbo)");
	}

	@Test
	void theFolderAroundAModelPointsToIt() throws IOException {
		final Path inner = HubModels.copy(folder.resolve("around/Z-Image"));
		assertFails(InvalidInputException.class, () -> ModelImport.reference(folder.resolve("around"),
			folder.resolve("models"), "m", Progress.NONE), "Choose the folder " + inner);
	}

	@Test
	void aModelThatIsNotWholeIsRefused() throws IOException {
		final Path source = HubModels.copy(folder.resolve("half"));
		Files.delete(source.resolve(SHARD));
		final Path models = folder.resolve("models");
		assertFails(InvalidInputException.class,
			() -> ModelImport.copy(source, models, "m", Progress.NONE), SHARD);
		assertFails(InvalidInputException.class,
			() -> ModelImport.reference(source, models, "m", Progress.NONE), SHARD);
		assertFalse(Files.exists(models));
	}

	@Test
	void aNameThatIsTakenIsRefused() {
		final Path models = folder.resolve("models");
		ModelImport.reference(Golden.model(), models, "m", Progress.NONE);
		assertFails(InvalidInputException.class,
			() -> ModelImport.copy(Golden.model(), models, "m", Progress.NONE), "\"m\"", "already");
		ModelImport.copy(Golden.model(), models, "n", Progress.NONE);
		assertFails(InvalidInputException.class,
			() -> ModelImport.reference(Golden.model(), models, "n", Progress.NONE), "\"n\"", "already");
	}

	@Test
	void aCancelledCopyLeavesNothing() {
		final Path models = folder.resolve("models");
		final AtomicInteger asked = new AtomicInteger();
		assertThrows(RunCanceledException.class, () -> ModelImport.copy(Golden.model(), models, "m",
			new RecordingProgress(() -> asked.incrementAndGet() > 3)));
		assertEquals(List.of(), InstalledModel.in(List.of(models)));
		assertFalse(Files.exists(models.resolve("m")) ||
			Files.exists(models.resolve(".zimage-staging/m.import")));
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void aFolderOfModelsThatNobodyMayWriteToIsNamed() {
		// not even for administrators
		final Path models = Path.of("/proc/self/fdinfo");
		assertFails(InvalidInputException.class,
			() -> ModelImport.copy(Golden.model(), models, "m", Progress.NONE), models,
			"Choose another folder");
		assertFails(InvalidInputException.class,
			() -> ModelImport.reference(Golden.model(), models, "m", Progress.NONE), models,
			"Choose another folder");
	}
}
