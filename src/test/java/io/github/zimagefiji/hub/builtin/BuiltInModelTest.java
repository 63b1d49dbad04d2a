
package io.github.zimagefiji.hub.builtin;

import static io.github.zimagefiji.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.zimagefiji.ModelInfo;
import io.github.zimagefiji.ModelVariant;
import io.github.zimagefiji.hub.store.FileList;
import io.github.zimagefiji.model.folder.ModelFolder;

/** The built-in model on its way from the jar into the cache folder. */
class BuiltInModelTest {

	private static final String CACHE = "zimage.cache";
	private static final String WEIGHTS = "transformer/diffusion_pytorch_model.safetensors";
	private static final long MOST_BYTES = 45_000_000;

	@TempDir
	private Path cache;

	private String usual;

	@BeforeEach
	void useAnEmptyCache() {
		usual = System.setProperty(CACHE, cache.toString());
	}

	@AfterEach
	void useTheUsualCache() {
		if (usual == null) System.clearProperty(CACHE);
		else System.setProperty(CACHE, usual);
	}

	@Test
	void isAModelFolderOfItsOwnVariant() {
		final ModelInfo info = ModelFolder.open(BuiltInModel.folder()).info();
		assertEquals(ModelVariant.BUILT_IN, info.variant());
		assertEquals(BuiltInModel.NAME, info.name());
		assertEquals(16, info.variant().defaultSteps());
		assertEquals(128, info.variant().defaultSide());
	}

	@Test
	void liesInTheCacheFolderAsInTheJarAndNothingElseDoes() throws IOException {
		final Path folder = BuiltInModel.folder();
		assertTrue(folder.startsWith(cache), folder.toString());
		final Set<String> listed = FileList.read(BuiltInModel::open).files().keySet().stream()
			.filter(name -> name.startsWith("base/")).collect(Collectors.toSet());
		try (Stream<Path> files = Files.walk(folder)) {
			assertEquals(listed,
				files.filter(Files::isRegularFile)
					.map(file -> "base/" + folder.relativize(file).toString().replace('\\', '/'))
					.collect(Collectors.toSet()));
		}
		assertArrayEquals(inJar(WEIGHTS), Files.readAllBytes(folder.resolve(WEIGHTS)));
	}

	@Test
	void everyFileInTheJarIsListedWithItsSha256AndAllAreSmallEnoughToShip() throws IOException {
		long bytes = 0;
		for (final String name : FileList.read(BuiltInModel::open).files().keySet()) {
			final Path copy = Files.write(Files.createTempFile(cache, "file", null),
				BuiltInModel.open(name).readAllBytes());
			assertTrue(FileList.hasDigest(copy, FileList.read(BuiltInModel::open).files().get(name)),
				name);
			bytes += Files.size(copy);
		}
		assertTrue(bytes <= MOST_BYTES, bytes + " bytes");
	}

	@Test
	void isUnpackedOnceAndThenLeftAlone() throws IOException {
		final Path file = BuiltInModel.folder().resolve(WEIGHTS);
		final FileTime then = FileTime.fromMillis(1_000_000);
		Files.setLastModifiedTime(file, then);
		assertEquals(file, BuiltInModel.folder().resolve(WEIGHTS));
		assertEquals(then, Files.getLastModifiedTime(file));
	}

	@Test
	void aDamagedOrMissingFileIsWrittenAnew() throws IOException {
		final Path elsewhere = Files.createDirectory(cache.resolve("first"));
		System.setProperty(CACHE, elsewhere.toString());
		final Path folder = BuiltInModel.folder();
		final byte[] damaged = inJar(WEIGHTS);
		damaged[damaged.length / 2] ^= 1;
		Files.write(folder.resolve(WEIGHTS), damaged);
		Files.delete(folder.resolve("tokenizer/tokenizer.json"));
		// A new process would look at the files again; here, another place with the
		// same content does.
		final Path moved = cache.resolve("second");
		Files.move(elsewhere, moved);
		System.setProperty(CACHE, moved.toString());
		final Path again = BuiltInModel.folder();
		assertArrayEquals(inJar(WEIGHTS), Files.readAllBytes(again.resolve(WEIGHTS)));
		assertArrayEquals(inJar("tokenizer/tokenizer.json"),
			Files.readAllBytes(again.resolve("tokenizer/tokenizer.json")));
	}

	@Test
	void aClearedCacheIsFilledAgain() throws IOException {
		final Path folder = BuiltInModel.folder();
		try (Stream<Path> files = Files.walk(cache)) {
			for (final Path file : files.sorted(Comparator.reverseOrder()).filter(f -> !f.equals(cache))
				.toList())
			{
				Files.delete(file);
			}
		}
		assertEquals(folder, BuiltInModel.folder());
		assertTrue(Files.isRegularFile(folder.resolve(WEIGHTS)));
	}

	@Test
	void manyAtOnceGetOneWholeModel() throws InterruptedException, ExecutionException, IOException {
		final ExecutorService threads = Executors.newFixedThreadPool(4);
		try {
			final List<Future<Path>> all =
				Stream.generate(() -> threads.submit(BuiltInModel::folder)).limit(8).toList();
			for (final Future<Path> each : all) {
				assertArrayEquals(inJar(WEIGHTS), Files.readAllBytes(each.get().resolve(WEIGHTS)));
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	void aCacheThatCannotBeWrittenIsNamed() throws IOException {
		final Path file = Files.createFile(cache.resolve("a-file"));
		System.setProperty(CACHE, file.toString());
		assertRefused(BuiltInModel::folder, file.toString(), "zimage.cache");
	}

	private static byte[] inJar(final String name) throws IOException {
		try (InputStream in = BuiltInModel.open("base/" + name)) {
			return in.readAllBytes();
		}
	}
}
