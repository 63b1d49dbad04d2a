
package io.github.zimagefiji.hub.transfer;

import static io.github.zimagefiji.Refusals.assertFails;
import static io.github.zimagefiji.hub.transfer.DownloadFixture.SHORT;
import static io.github.zimagefiji.hub.transfer.DownloadFixture.WEIGHTS;
import static io.github.zimagefiji.hub.transfer.DownloadFixture.downloader;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.zimagefiji.Progress;
import io.github.zimagefiji.RecordingProgress;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.hub.source.Listing;
import io.github.zimagefiji.hub.source.ModelHost;
import io.github.zimagefiji.hub.source.RemoteFile;
import io.github.zimagefiji.hub.source.Repository;
import io.github.zimagefiji.hub.source.SizeText;
import io.github.zimagefiji.hub.store.InstalledModel;
import io.github.zimagefiji.hub.store.ModelManifest;
import io.github.zimagefiji.model.folder.ModelFolder;
import io.github.zimagefiji.weights.Fingerprint;

/** Downloads of a whole model from a site that works. */
@Tag("slow")
class DownloaderTest {

	@TempDir
	private Path folder;

	private TestHost host;
	private final Downloader downloader = downloader(SHORT);

	@BeforeEach
	void start() throws IOException {
		host = new TestHost().folder(Golden.model())
			.file("README.md", "---\nlicense: apache-2.0\n---\n".getBytes(StandardCharsets.UTF_8))
			.file("LICENSE", new byte[] { 'A' });
	}

	@AfterEach
	void stop() {
		host.close();
	}

	@ParameterizedTest
	@EnumSource(value = ModelHost.class, names = "DJL", mode = EnumSource.Mode.EXCLUDE)
	void theModelIsThereAsTheSiteHasIt(final ModelHost kind) throws IOException {
		final Path models = folder.resolve("Modèles de 図");
		final Listing listing = downloader.list(host.repository(kind), Progress.NONE);
		final Path model = downloader.download(listing, models, "Mon modèle 図 1", Progress.NONE);
		assertEquals(models.resolve("Mon modèle 図 1"), model);
		assertEquals(16, ModelFolder.open(model).transformer().channels());
		for (final Path each : files(Golden.model())) {
			final String name = Golden.model().relativize(each).toString();
			assertArrayEquals(Files.readAllBytes(each), Files.readAllBytes(model.resolve(name)), name);
		}
		assertEquals(List.of("Mon modèle 図 1"),
			InstalledModel.in(List.of(models)).stream().map(InstalledModel::name).toList());
	}

	@Test
	void licenseAndSizeAreKnownBeforeTheFirstFileIsAskedFor() throws IOException {
		final Listing listing = downloader.list(host.repository(), Progress.NONE);
		long bytes = "---\nlicense: apache-2.0\n---\n".length() + 1;
		for (final Path each : files(Golden.model())) {
			bytes += Files.size(each);
		}
		assertEquals(bytes, listing.totalBytes());
		assertEquals(Optional.of("apache-2.0"), listing.license());
		assertEquals(TestHost.COMMIT, listing.commit());
		assertEquals(List.of(), host.asked());
	}

	@Test
	void picklesProgramsAndPicturesStayWhereTheyAre() throws IOException {
		for (final String other : List.of("transformer/model.bin", "run.py", "vae/x.pt", "a.ckpt",
			"assets/picture.png", "assets/deep/er/x.safetensors", ".gitattributes", ".cache/x.json",
			"model.pkl", "x.gguf"))
		{
			host.file(other, new byte[] { 1 });
		}
		final Path model = downloader.download(downloader.list(host.repository(), Progress.NONE),
			folder, "m", Progress.NONE);
		final Set<String> expected = files(Golden.model()).stream()
			.map(each -> Golden.model().relativize(each).toString()).collect(Collectors.toSet());
		expected.addAll(Set.of("README.md", "LICENSE", ModelManifest.NAME));
		assertEquals(expected, files(model).stream().map(each -> model.relativize(each).toString())
			.collect(Collectors.toSet()));
	}

	@Test
	void theManifestNamesSourceLicenseAndTheHashOfEveryFile() throws IOException {
		final Listing listing = downloader.list(host.repository(), Progress.NONE);
		final Path model = downloader.download(listing, folder, "m", Progress.NONE);
		final ModelManifest manifest = ModelManifest.read(model).orElseThrow();
		assertEquals(host.endpoint() + "/owner/tiny", manifest.source());
		assertEquals(TestHost.COMMIT, manifest.revision());
		assertEquals("apache-2.0", manifest.license());
		assertEquals(listing.files().stream().map(RemoteFile::path).toList(),
			List.copyOf(manifest.files().keySet()));
		for (final String path : manifest.files().keySet()) {
			assertEquals(TestHost.sha256(Files.readAllBytes(model.resolve(path))),
				manifest.files().get(path).sha256(), path);
		}
	}

	@Test
	void aDownloadedModelIsKnownByTheHashesOfItsFiles() throws IOException {
		final Path model = downloader.download(downloader.list(host.repository(), Progress.NONE),
			folder, "m", Progress.NONE);
		assertEquals(Fingerprint.SHA256, ModelFolder.open(model).info().fingerprintKind());
		final Path vae = model.resolve("vae/diffusion_pytorch_model.safetensors");
		Files.setLastModifiedTime(vae, FileTime.from(Instant.now().plusSeconds(60)));
		assertEquals(Fingerprint.SAMPLED, ModelFolder.open(model).info().fingerprintKind());
	}

	@Test
	void progressRisesToTheEndAndTellsOfBytes() {
		final RecordingProgress told = new RecordingProgress();
		final Listing listing = downloader.list(host.repository(), told);
		downloader.download(listing, folder, "m", told);
		assertEquals(told.fractions.stream().sorted().toList(), told.fractions);
		assertEquals(1, told.fractions.get(told.fractions.size() - 1));
		assertTrue(told.lines.contains("Downloading: 0 B of " + SizeText.of(listing.totalBytes())),
			told.lines.toString());
	}

	@Test
	void whatIsThereAlreadyIsNotDownloadedAgain() {
		final Listing listing = downloader.list(host.repository(), Progress.NONE);
		downloader.download(listing, folder, "m", Progress.NONE);
		final int before = host.asked().size();
		assertEquals(folder.resolve("m"), downloader.download(listing, folder, "m", Progress.NONE));
		assertEquals(before, host.asked().size());
	}

	@Test
	void anotherModelOfThatNameIsLeftAlone() throws IOException {
		Files.createDirectories(folder.resolve("m"));
		Files.writeString(folder.resolve("m/mine.txt"), "mine");
		final Listing listing = downloader.list(host.repository(), Progress.NONE);
		assertFails(InvalidInputException.class,
			() -> downloader.download(listing, folder, "m", Progress.NONE), folder.resolve("m"),
			"exists already");
		assertEquals("mine", Files.readString(folder.resolve("m/mine.txt")));
		assertEquals(List.of(), host.asked());
	}

	@Test
	void filesThatAreNoWholeModelNeverBecomeOne() {
		final Listing listing = downloader.list(host.repository(), Progress.NONE)
			.only(file -> !file.path().startsWith("vae/"));
		assertFails(InvalidInputException.class,
			() -> downloader.download(listing, folder, "m", Progress.NONE), "vae");
		assertFalse(Files.exists(folder.resolve("m")));
		assertEquals(List.of(), InstalledModel.in(List.of(folder)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "../evil.json", "/etc/evil.json", "C:/evil.json", "a\\..\\evil.json",
		"vae/../../evil.json", "nul.json", "vae/COM1.safetensors", "a./x.json", "a//x.json",
		"x\u0000.json", "VAE/CONFIG.JSON" })
	void aListThatLeadsOutOfTheFolderIsRefused(final String path) {
		host.lists(path);
		assertFails(InvalidInputException.class,
			() -> downloader.list(host.repository(), Progress.NONE),
			"\"" + path.replace('\u0000', '\uFFFD') + "\"", "Nothing was downloaded");
		assertEquals(List.of(), host.asked());
	}

	@ParameterizedTest
	@ValueSource(strings = { "../m", "a/b", "", "..", ".hidden", "CON", "a:b", "m." })
	void aNameThatIsNoFolderOfModelsIsRefused(final String name) {
		final Listing listing = downloader.list(host.repository(), Progress.NONE);
		assertFails(InvalidInputException.class,
			() -> downloader.download(listing, folder, name, Progress.NONE),
			"cannot be the name of a model's folder");
		assertEquals(List.of(), host.asked());
	}

	@Test
	void aLinkInTheStagingFolderIsNotFollowed() throws IOException {
		final Path outside = Files.createDirectory(folder.resolve("outside"));
		final Path models = folder.resolve("models");
		final Path files = Files.createDirectories(models.resolve(".zimage-staging/m/files"));
		Files.createSymbolicLink(files.resolve("vae"), outside);
		final Listing listing = downloader.list(host.repository(), Progress.NONE);
		assertFails(InvalidInputException.class,
			() -> downloader.download(listing, models, "m", Progress.NONE), "link");
		assertEquals(List.of(), files(outside));
	}

	@Test
	void aRepositoryThatIsNotThereIsNamed() {
		final Repository other =
			new Repository(ModelHost.HUGGING_FACE, host.endpoint(), "owner/other", "main");
		assertFails(InvalidInputException.class, () -> downloader.list(other, Progress.NONE),
			"owner/other", "main");
	}

	@Test
	void aListOfSeveralPagesIsReadToItsEnd() {
		host.fault("/api/models/owner/tiny/tree/" + TestHost.COMMIT, (exchange, content, attempt) -> {
			final boolean first = exchange.getRequestURI().getQuery().equals("recursive=true");
			if (first) exchange.getResponseHeaders().set("Link",
				"<" + host.endpoint() + "/api/models/owner/tiny/tree/" + TestHost.COMMIT +
					"?recursive=true&cursor=2>; rel=\"next\"");
			final String name = first ? "a.json" : "b.json";
			final byte[] text = ("[{\"type\":\"file\",\"path\":\"" + name + "\",\"size\":1,\"oid\":\"" +
				"0".repeat(40) + "\"}]").getBytes(StandardCharsets.UTF_8);
			TestHost.whole(exchange, text);
			return true;
		});
		assertEquals(List.of("a.json", "b.json"), downloader.list(host.repository(), Progress.NONE)
			.files().stream().map(RemoteFile::path).toList());
	}

	@Test
	void aDriveWithoutRoomIsFoundOutBeforeTheFirstFile() {
		host.listsBytes(WEIGHTS, 1L << 60).file(WEIGHTS, new byte[30_000]);
		final Listing listing = downloader.list(host.repository(), Progress.NONE);
		assertFails(InvalidInputException.class,
			() -> downloader.download(listing, folder, "m", Progress.NONE),
			"m needs 1152921504.6 GB more", "are free");
		assertEquals(List.of(), host.asked());
	}

	@Test
	void aFolderThatCannotBeMadeIsNamed() throws IOException {
		final Path file = Files.createFile(folder.resolve("a file"));
		final Listing listing = downloader.list(host.repository(), Progress.NONE);
		assertFails(InvalidInputException.class,
			() -> downloader.download(listing, file.resolve("models"), "m", Progress.NONE), file,
			"Choose another folder");
	}

	private static List<Path> files(final Path top) throws IOException {
		try (Stream<Path> paths = Files.walk(top)) {
			return paths.filter(Files::isRegularFile).sorted().toList();
		}
	}
}
