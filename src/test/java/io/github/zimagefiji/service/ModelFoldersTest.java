
package io.github.zimagefiji.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.app.AppService;
import org.scijava.prefs.PrefService;

import io.github.zimagefiji.hub.builtin.BuiltInModel;
import io.github.zimagefiji.hub.store.HuggingFaceCache;
import io.github.zimagefiji.hub.store.InstalledModel;
import io.github.zimagefiji.hub.store.InstalledModel.Origin;
import io.github.zimagefiji.hub.store.ModelsFolder;

/** Which models a person can choose from. */
class ModelFoldersTest {

	@TempDir
	private Path folder;

	private Context context;
	private ModelFolders models;

	@BeforeEach
	void startScijava() {
		context = new Context(AppService.class, PrefService.class);
		context.service(PrefService.class).clearAll();
		models = new ModelFolders(context.service(AppService.class), context.service(PrefService.class),
			new HuggingFaceCache(folder.resolve("cache")));
	}

	@AfterEach
	void stop() {
		System.clearProperty(ModelsFolder.PROPERTY);
		System.clearProperty(fijiFolder());
		context.dispose();
	}

	/**
	 * The property in which the application, in Fiji ImageJ's, is told its folder.
	 */
	private String fijiFolder() {
		return context.service(AppService.class).getApp().getSystemProperty();
	}

	private Path model(final Path parent, final String name) throws IOException {
		final Path model = Files.createDirectories(parent.resolve(name));
		Files.writeString(model.resolve("model_index.json"), "{}");
		return model;
	}

	@Test
	void theBuiltInModelIsAlwaysThere() {
		assertEquals(
			List.of(new InstalledModel(BuiltInModel.NAME, BuiltInModel.folder(), Origin.BUILT_IN)),
			models.list());
		System.setProperty(ModelsFolder.PROPERTY, folder.resolve("absent").toString());
		assertEquals(1, models.list().size());
		System.setProperty(ModelsFolder.PROPERTY, "no\u0000path");
		assertEquals(1, models.list().size());
	}

	@Test
	void sharedModelsAreThoseThatLookLikeOneByName() throws IOException {
		System.setProperty(ModelsFolder.PROPERTY, folder.toString());
		final Path b = model(folder, "b 模型");
		final Path a = Files.createDirectories(folder.resolve("A/transformer")).getParent();
		Files.createDirectory(folder.resolve("notes"));
		Files.writeString(folder.resolve("model_index.json"), "{}");
		assertEquals(List.of(new InstalledModel("A", a, Origin.INSTALLED),
			new InstalledModel("b 模型", b, Origin.INSTALLED)), models.list().subList(1, 3));
		assertEquals(3, models.list().size());
	}

	@Test
	void modelsInTheFijiFolderAreFound() throws IOException {
		System.setProperty(fijiFolder(), folder.toString());
		final Path turbo = model(folder, "models/z-image/Z-Image-Turbo");
		assertTrue(models.list().contains(new InstalledModel("Z-Image-Turbo", turbo, Origin.INSTALLED)),
			models.list().toString());
	}

	@Test
	void modelsInTheCacheOfHuggingFaceFollowThoseInstalled() throws IOException {
		final Path repository = folder.resolve("cache/models--Tongyi-MAI--Z-Image-Turbo");
		final Path old = model(repository, "snapshots/0ld");
		final Path main = model(repository, "snapshots/f332072a");
		Files.createDirectories(repository.resolve("refs"));
		Files.writeString(repository.resolve("refs/main"), "f332072a");
		model(folder.resolve("cache/models--someone--a--b"), "snapshots/1");
		model(folder.resolve("cache"), "datasets--someone--pictures");
		Files.createDirectories(folder.resolve("cache/models--someone--half/snapshots/1"));
		assertEquals(List.of("someone/a--b", "Tongyi-MAI/Z-Image-Turbo"), models.list().stream()
			.filter(each -> each.origin() == Origin.CACHE).map(InstalledModel::name).toList());
		assertTrue(
			models.list().contains(new InstalledModel("Tongyi-MAI/Z-Image-Turbo", main, Origin.CACHE)));
		Files.writeString(repository.resolve("refs/main"), "../../../elsewhere");
		Files.setLastModifiedTime(main, FileTime.fromMillis(1000));
		assertTrue(
			models.list().contains(new InstalledModel("Tongyi-MAI/Z-Image-Turbo", old, Origin.CACHE)));
	}

	@Test
	void foldersUsedLatelyFollowTheLatestFirstAndOnlyWhileTheyAreThere() throws IOException {
		System.setProperty(ModelsFolder.PROPERTY, folder.resolve("shared").toString());
		models.used(model(folder.resolve("shared"), "installed"));
		models.used(BuiltInModel.folder());
		for (int i = 0; i < 7; i++) {
			models.used(model(folder, "model " + i));
		}
		models.used(folder.resolve("model 4"));
		Files.delete(folder.resolve("model 5/model_index.json"));
		final List<String> names = models.list().stream().filter(each -> each.origin() == Origin.RECENT)
			.map(each -> each.folder().getFileName().toString()).toList();
		assertEquals(List.of("model 4", "model 6", "model 3", "model 2"), names);
	}

	@Test
	void combinationFilesAreChosenLikeFolders() throws IOException {
		System.setProperty(ModelsFolder.PROPERTY, folder.resolve("shared").toString());
		final Path shared = Files.writeString(
			Files.createDirectories(folder.resolve("shared")).resolve("mixed.zimage.json"), "{}");
		final Path elsewhere = Files.writeString(folder.resolve("other.zimage.json"), "{}");
		models.used(shared);
		models.used(elsewhere);
		models.used(Files.writeString(folder.resolve("other.json"), "{}"));
		assertEquals(
			List.of(new InstalledModel("mixed", shared, Origin.INSTALLED),
				new InstalledModel(elsewhere.toString(), elsewhere, Origin.RECENT)),
			models.list().subList(1, models.list().size()));
	}

	@Test
	void longPathsAreNamedByTheirEnds() throws IOException {
		final Path deep = model(folder.resolve("a-folder-with-a-very-long-name".repeat(3)), "my model");
		models.used(deep);
		final InstalledModel recent = models.list().get(1);
		assertEquals(deep, recent.folder());
		assertEquals(60, recent.name().length());
		assertTrue(recent.name().startsWith("/") && recent.name().contains("…") &&
			recent.name().endsWith("my model"), recent.name());
	}
}
