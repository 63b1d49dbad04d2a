
package io.github.zimagefiji.hub.transfer;

import static io.github.zimagefiji.Refusals.assertFails;
import static io.github.zimagefiji.hub.transfer.DownloadFixture.SHORT;
import static io.github.zimagefiji.hub.transfer.DownloadFixture.downloader;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.zimagefiji.Progress;
import io.github.zimagefiji.error.DownloadFailedException;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.hub.catalogue.Catalogue;
import io.github.zimagefiji.hub.catalogue.CatalogueEntry;
import io.github.zimagefiji.hub.source.Listing;
import io.github.zimagefiji.hub.source.ModelHost;
import io.github.zimagefiji.hub.source.RemoteFile;
import io.github.zimagefiji.hub.source.Repository;
import io.github.zimagefiji.model.folder.ModelFolder;

/** Downloads from a folder on a plain web server. */
class WebFolderTest {

	private static final String PLACE = "/" + TestHost.ID + "/";

	@TempDir
	private Path models;

	private TestHost host;
	private final Downloader downloader = downloader(SHORT);

	@BeforeEach
	void start() throws IOException {
		host = new TestHost();
	}

	@AfterEach
	void stop() {
		host.close();
	}

	private void serve(final String list) {
		host.plain(PLACE + "SHA256SUMS", list.getBytes(StandardCharsets.UTF_8));
	}

	private void serveModel() throws IOException {
		final StringBuilder list = new StringBuilder();
		try (Stream<Path> files = Files.walk(Golden.model())) {
			for (final Path file : files.filter(Files::isRegularFile).toList()) {
				final String path = Golden.model().relativize(file).toString().replace('\\', '/');
				final byte[] content = Files.readAllBytes(file);
				host.plain(PLACE + path, content);
				list.append(TestHost.sha256(content)).append("  ./").append(path).append('\n');
			}
		}
		host.plain(PLACE + "readme.exe", new byte[] { 1 });
		serve(list + TestHost.sha256(new byte[] { 1 }) + " *readme.exe\n");
	}

	private Listing list() {
		return downloader.list(host.repository(ModelHost.WEB), Progress.NONE);
	}

	@Test
	void aModelIsListedAndDownloadedWithItsHashes() throws IOException {
		serveModel();
		final Listing listing = list();
		assertFalse(listing.files().stream().anyMatch(file -> file.path().endsWith(".exe")));
		final Path made = downloader.download(listing, models, "tiny", Progress.NONE);
		ModelFolder.open(made);
		assertEquals(Set.of("main"), Set.of(listing.commit()));
		for (final RemoteFile file : listing.files())
			assertArrayEquals(Files.readAllBytes(Golden.model().resolve(file.path())),
				Files.readAllBytes(made.resolve(file.path())), file.path());
		assertEquals(Set.of(), host.asked().stream().filter(each -> each.authorization() != null)
			.collect(Collectors.toSet()), "requests with a token");
	}

	@Test
	void aFileThatIsNotWhatTheListSaysIsRefused() {
		host.plain(PLACE + "vae/config.json", new byte[] { '{', '}' });
		serve("0".repeat(64) + "  vae/config.json\n");
		final Listing listing = list();
		assertFails(DownloadFailedException.class,
			() -> downloader.download(listing, models, "tiny", Progress.NONE), "vae/config.json",
			"damaged");
	}

	@ParameterizedTest
	@CsvSource({ "nothing", "'zz  a.json'", "'HASH  ../a.json'", "'HASH  /etc/a.json'",
		"'\\HASH  a\\nb.json'", "'HASH a.json'", "'HASH  a/../../b.json'" })
	void aListThatIsNoneIsRefused(final String line) {
		serve(line.replace("HASH", "a".repeat(64)) + "\n");
		assertFails(DownloadFailedException.class, this::list, "SHA256SUMS");
	}

	@Test
	void aListThatIsMissingAndAFileThatIsMissingAreNamed() {
		assertFails(InvalidInputException.class, this::list, "SHA256SUMS", host.endpoint());
		serve("a".repeat(64) + "  vae/config.json\n");
		assertFails(InvalidInputException.class, this::list, "vae/config.json");
	}

	@Test
	void withoutAnAddressItSaysWhatToGive() {
		assertFails(InvalidInputException.class, () -> Repository.on(ModelHost.WEB, "a/b"),
			"--endpoint");
		assertFails(InvalidInputException.class, () -> ModelHost.named("gitlab"),
			"huggingface, modelscope or web");
	}

	@Test
	void anEntryIsTakenFromItsOwnServerOrFromACopyAtAnAddress() throws IOException {
		final Path file = Files.writeString(models.resolve("catalogue.json"),
			"{\"format\":1,\"models\":[{\"name\":\"Mine\",\"kind\":\"model\",\"license\":\"MIT\",\"hosts\":[" +
				"{\"host\":\"huggingface\",\"repository\":\"a/b\"}," +
				"{\"host\":\"web\",\"repository\":\"c/d\",\"endpoint\":\"https://example.org\"}]}]}");
		final CatalogueEntry both = Catalogue.builtIn().with(file).get("Mine");
		assertEquals("c/d on example.org", only(both.from(ModelHost.WEB, null)));
		assertEquals("c/d on " + host.endpoint().getRawAuthority(),
			only(both.from(ModelHost.WEB, host.endpoint())));
		final CatalogueEntry turbo = Catalogue.builtIn().get("Z-Image-Turbo");
		assertEquals("Tongyi-MAI/Z-Image-Turbo on " + host.endpoint().getRawAuthority(),
			only(turbo.from(ModelHost.WEB, host.endpoint())));
		assertFails(InvalidInputException.class, () -> turbo.from(ModelHost.WEB, null), "--endpoint");
	}

	private static String only(final CatalogueEntry entry) {
		assertEquals(1, entry.repositories().size());
		return entry.repositories().get(0).title();
	}
}
