
package io.github.zimagefiji.model.folder;

import static io.github.zimagefiji.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.zimagefiji.ModelVariant;
import io.github.zimagefiji.error.InvalidInputException;

/**
 * The text file that names a model's files: what it may say, and what it says when it does not.
 */
class CombinationFileTest {

	private static final String FOUR =
		"'transformer':'t.safetensors','text_encoder':'q.safetensors'," +
			"'vae':'../v ä.safetensors','tokenizer':'tok'";

	@TempDir
	Path temporary;

	private Path write(final String text) {
		try {
			return Files.writeString(temporary.resolve("my.zimage.json"), text.replace('\'', '"'));
		}
		catch (final IOException e) {
			throw new IllegalStateException(e);
		}
	}

	private CombinationFile read(final String text) {
		return CombinationFile.read(write(text));
	}

	@Test
	void pathsCountFromTheFile() {
		final CombinationFile read = read("{" + FOUR + ",'variant':'base','shift':4.5,'name':'Mine'}");
		assertEquals(temporary.resolve("t.safetensors"), read.transformer());
		assertEquals(temporary.resolveSibling("v ä.safetensors"), read.autoencoder());
		assertEquals(ModelVariant.BASE, read.variant());
		assertEquals(4.5, read.shift());
		assertEquals("Mine", read.name());
	}

	@Test
	void whatIsWrittenIsReadAgainAndMovesWithItsFiles() throws IOException {
		final Path here = Files.createDirectories(temporary.resolve("a/b"));
		final CombinationFile written = new CombinationFile("Näme", here.resolve("t.safetensors"),
			temporary.resolve("a/q x.safetensors"), here.resolve("vae"),
			Path.of("/elsewhere/tokenizer").toAbsolutePath(), here.resolve("t.json"), null, null,
			ModelVariant.TURBO, 3.5);
		final Path file = here.resolve("x.zimage.json");
		written.write(file);
		assertEquals(written, CombinationFile.read(file));
		assertTrue(Files.readString(file).contains("\"../q x.safetensors\""), Files.readString(file));
		assertFalse(Files.readString(file).contains(here.toString().replace('\\', '/')),
			Files.readString(file));
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '`',
		value = { "; is not valid JSON", "{; is not valid JSON", "[]; names no files",
			"null; names no files", "{'transformer':'C:\\models'}; instead of \\",
			"{'transformer':'t'}; does not say \"text_encoder\"",
			"{FOUR,'clip':'x'}; \"clip\" is not known", "{FOUR,'vae':'x'}; names \"vae\" twice",
			"{FOUR,'variant':'fast'}; use turbo or base",
			"{FOUR,'variant':1}; \"variant\" must be a text", "{FOUR,'shift':0}; above 0",
			"{FOUR,'shift':'wide'}; must be a number", "{FOUR,'shift':[3]}; \"shift\" must be a number",
			"{FOUR,'vae_config':''}; is empty", "{FOUR,'name':null}; \"name\" must be a text",
			"{FOUR} x; is not valid JSON",
			"{'transformer':'t','text_encoder':'q','vae':'v'}; Single files hold no tokenizer" })
	void mistakesAreNamed(final String text, final String part) {
		final String whole = text == null ? "" : text.replace("FOUR", FOUR);
		assertRefused(() -> read(whole), part, "my.zimage.json");
	}

	@Test
	void aByteOrderMarkIsNoMistake() {
		assertEquals(read("{" + FOUR + "}"), read("\uFEFF{" + FOUR + "}"));
	}

	@Test
	void onlyFilesOfThatNameAreTakenForOne() throws IOException {
		final Path file = write("{}");
		assertEquals(Optional.of(file), CombinationFile.locate(file));
		assertEquals(Optional.empty(), CombinationFile.locate(temporary));
		final Path inFolder = Files.createFile(temporary.resolve(CombinationFile.NAME));
		assertEquals(Optional.of(inFolder), CombinationFile.locate(temporary));
		assertEquals(Optional.empty(),
			CombinationFile.locate(Files.createFile(temporary.resolve("other.json"))));
	}

	@Test
	void onlyPublishedVariantsCanBeSaid() {
		final CombinationFile four = read("{" + FOUR + "}");
		assertThrows(InvalidInputException.class, () -> four.withVariant(ModelVariant.BUILT_IN));
	}
}
