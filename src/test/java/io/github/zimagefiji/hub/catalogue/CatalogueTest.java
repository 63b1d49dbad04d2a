
package io.github.zimagefiji.hub.catalogue;

import static io.github.zimagefiji.Refusals.assertFails;
import static io.github.zimagefiji.hub.transfer.DownloadFixture.SHORT;
import static io.github.zimagefiji.hub.transfer.DownloadFixture.WEIGHTS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.zimagefiji.ModelVariant;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.hub.source.Listing;
import io.github.zimagefiji.hub.source.ModelHost;
import io.github.zimagefiji.hub.source.Repository;
import io.github.zimagefiji.hub.transfer.DownloadFixture;
import io.github.zimagefiji.hub.transfer.Downloader;
import io.github.zimagefiji.hub.transfer.TestHost;

/**
 * The list of what can be downloaded by name, and a person's own additions to it.
 */
class CatalogueTest {

	@TempDir
	private Path folder;

	private Path file(final String text) throws IOException {
		return Files.writeString(folder.resolve("mon catalogue 図.json"), text);
	}

	private static String entry(final String more) {
		return "{\"format\": 1, \"models\": [{\"name\": \"Mine\", \"license\": \"MIT\", " + more +
			"}]}";
	}

	@Test
	void theModelsAreThereWithTheSettingsThatTheyWereMadeFor() {
		final Catalogue catalogue = Catalogue.builtIn();
		final CatalogueEntry turbo = catalogue.find("z-image-turbo").orElseThrow();
		assertEquals(new CatalogueEntry.Defaults(ModelVariant.TURBO.defaultSteps(), 0.0, 3.0),
			turbo.defaults());
		assertEquals(new CatalogueEntry.Defaults(ModelVariant.BASE.defaultSteps(), 4.0, 6.0),
			catalogue.find("Z-Image").orElseThrow().defaults());
		assertEquals(
			List.of("Tongyi-MAI/Z-Image-Turbo on Hugging Face", "Tongyi-MAI/Z-Image-Turbo on ModelScope"),
			turbo.repositories().stream().map(Repository::title).toList());
		for (final ModelKind kind : ModelKind.values()) {
			assertTrue(catalogue.entries().stream().anyMatch(each -> each.kind() == kind), kind.id());
		}
	}

	@Test
	void aPersonsOwnEntriesComeFirst() throws IOException {
		final Catalogue catalogue = Catalogue.builtIn()
			.with(file(entry("\"kind\": \"lora\", \"hosts\": [{\"host\": " +
				"\"huggingface\", \"repository\": \"me/mine\", \"revision\": \"v1\", \"endpoint\": \"https://hub.example.org\"}], " +
				"\"files\": [{\"path\": \"a/b.safetensors\", \"bytes\": 12}]")));
		final CatalogueEntry mine = catalogue.entries().get(0);
		assertEquals("Mine", mine.name());
		assertEquals("https://hub.example.org/me/mine", mine.repositories().get(0).page().toString());
		assertEquals("v1", mine.repositories().get(0).revision());
		assertEquals(List.of(new CatalogueFileEntry("a/b.safetensors", 12L, null)), mine.files());
		assertEquals(1 + Catalogue.builtIn().entries().size(), catalogue.entries().size());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = {
		// what is in the entry | the field | the reason
		"'kind':'model','hosts':[{'host':'huggingface','repository':'a/b'}],'setps':8 | setps | is not known",
		"'kind':'model','hosts':[{'host':'huggingface','repository':'a/b','url':'x'}] | hosts[0].url | is not known",
		"'kind':'model','hosts':[{'host':'huggingface','repository':'a/b','endpoint':'http://example.org'}] | hosts[0].endpoint | does not begin with https://",
		"'kind':'model','hosts':[{'host':'huggingface','repository':'a/b','endpoint':'not a url'}] | hosts[0].endpoint | is no web address",
		"'kind':'model','hosts':[{'host':'huggingface','repository':'a/b','endpoint':'file:///etc'}] | hosts[0].endpoint | is no web address",
		"'kind':'model','hosts':[{'host':'huggingface','repository':'../b'}] | hosts[0].repository | OWNER/NAME",
		"'kind':'model','hosts':[{'host':'huggingface','repository':'a/b','revision':'../x'}] | hosts[0].revision | is no branch",
		"'kind':'model','hosts':[{'host':'github','repository':'a/b'}] | hosts[0].host | must be huggingface, modelscope or web",
		"'kind':'model','hosts':[] | hosts | names no host",
		"'kind':'model','hosts':'x' | hosts | must be a list",
		"'kind':'models','hosts':[{'host':'huggingface','repository':'a/b'}] | kind | must be model",
		"'hosts':[{'host':'huggingface','repository':'a/b'}] | kind | is missing",
		"'kind':'lora','hosts':[{'host':'huggingface','repository':'a/b'}] | files | names no file",
		"'kind':'lora','hosts':[{'host':'huggingface','repository':'a/b'}],'files':[{'path':'../x.safetensors'}] | files[0].path | leads out of its folder",
		"'kind':'lora','hosts':[{'host':'huggingface','repository':'a/b'}],'files':[{'path':'/x.safetensors'}] | files[0].path | is absolute",
		"'kind':'lora','hosts':[{'host':'huggingface','repository':'a/b'}],'files':[{'path':'C:/x.safetensors'}] | files[0].path | begins with a drive letter",
		"'kind':'lora','hosts':[{'host':'huggingface','repository':'a/b'}],'files':[{'path':'x.bin'}] | files[0].path | is neither safetensors nor JSON",
		"'kind':'lora','hosts':[{'host':'huggingface','repository':'a/b'}],'files':[{'path':'x.safetensors','sha256':'12'}] | files[0].sha256 | 64 digits",
		"'kind':'lora','hosts':[{'host':'huggingface','repository':'a/b'}],'files':[{'path':'x.safetensors','bytes':-1}] | files[0].bytes | from 0 on",
		"'kind':'model','hosts':[{'host':'huggingface','repository':'a/b'}],'steps':1.5 | steps | must be a whole number",
		"'kind':'model','hosts':[{'host':'huggingface','repository':'a/b'}],'shift':'x' | shift | must be a number", })
	void whatIsWrongIsNamedWithFileEntryAndField(final String more, final String field,
		final String reason) throws IOException
	{
		final Path file = file(entry(more.replace('\'', '"')));
		assertFails(InvalidInputException.class, () -> Catalogue.builtIn().with(file), file,
			"entry \"Mine\"", "\"" + field + "\"", reason);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
		value = { "{ | is not valid JSON", "[] | not an object", "{'models':[]} | is missing",
			"{'format':2,'models':[]} | update the plugin", "{'format':1,'modles':[]} | modles",
			"{'format':1} {} | not valid JSON", "{'format':1,'models':[{}]} | entry 1",
			"{'format':1,'models':[3]} | models" })
	void aFileThatIsNoCatalogueIsRefused(final String text, final String reason) throws IOException {
		final Path file = file(text.replace('\'', '"'));
		assertFails(InvalidInputException.class, () -> Catalogue.builtIn().with(file), file, reason);
	}

	@ParameterizedTest
	@CsvSource({ "../up", "a/b", "CON", ".x" })
	void aNameThatIsNoFolderIsRefused(final String name) throws IOException {
		final Path file = file(entry(
			"\"kind\": \"model\", \"hosts\": [{\"host\": \"huggingface\", \"repository\": \"a/b\"}]")
			.replace("Mine", name));
		assertFails(InvalidInputException.class, () -> Catalogue.builtIn().with(file), file,
			"\"" + name + "\"", "the field \"name\"");
	}

	@Test
	void aNameThatIsTakenIsRefused() throws IOException {
		final Path file = file(entry(
			"\"kind\": \"model\", \"hosts\": [{\"host\": \"huggingface\", \"repository\": \"a/b\"}]")
			.replace("Mine", "z-image"));
		assertFails(InvalidInputException.class, () -> Catalogue.builtIn().with(file), file, "name");
	}

	@Test
	void aFileThatIsNotThereIsNamed() {
		assertFails(InvalidInputException.class,
			() -> Catalogue.builtIn().with(folder.resolve("absent.json")), folder.resolve("absent.json"),
			"no such file");
	}

	@Test
	void anEntryIsDownloadedFromTheFirstHostThatAnswers() throws IOException {
		final byte[] content = DownloadFixture.weights(folder);
		try (TestHost down = new TestHost(); TestHost host = new TestHost()) {
			host.file("split/" + WEIGHTS, content).file("split/other.safetensors", content)
				.file("config.json", new byte[1]);
			final Repository gone = down.repository();
			down.close();
			final Downloader downloader = DownloadFixture.downloader(SHORT);
			final Listing listing = downloader.list(
				entry(List.of(gone, host.repository(ModelHost.MODELSCOPE)), TestHost.sha256(content)),
				Progress.NONE);
			assertEquals(Optional.of("MIT"), listing.license());
			final Path model = downloader.download(listing, folder, "mine", Progress.NONE);
			assertArrayEquals(content, Files.readAllBytes(model.resolve("split/" + WEIGHTS)));
			assertEquals(1, host.asked().size());
		}
	}

	@Test
	void aHostThatListsAnotherHashThanTheCatalogueIsNotUsed() throws IOException {
		try (TestHost host = new TestHost()) {
			host.file("split/" + WEIGHTS, DownloadFixture.weights(folder));
			assertFails(InvalidInputException.class,
				() -> DownloadFixture.downloader(SHORT)
					.list(entry(List.of(host.repository()), "0".repeat(64)), Progress.NONE),
				"split/" + WEIGHTS, "another SHA-256", "mine");
			assertEquals(List.of(), host.asked());
		}
	}

	private static CatalogueEntry entry(final List<Repository> repositories, final String sha256) {
		return new CatalogueEntry("mine", ModelKind.LORA, "", "MIT", repositories,
			List.of(new CatalogueFileEntry("split/" + WEIGHTS, null, sha256)),
			new CatalogueEntry.Defaults(null, null, null));
	}
}
