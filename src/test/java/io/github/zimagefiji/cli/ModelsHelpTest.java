
package io.github.zimagefiji.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelsHelpTest {

	@ParameterizedTest
	@CsvSource({ "download, --accept-license", "download, --endpoint", "download, --host",
		"download, --as", "import, --reference", "remove, --yes", "combine, --tokenizer",
		"combine, --variant", "catalogue, --sizes", "list, --models", "verify, --quiet",
		"narrow, --debug" })
	void explainsEveryOption(final String command, final String option) {
		final Call call = Call.of("models", command, "--help");
		assertEquals(0, call.code());
		assertTrue(
			call.out().lines().anyMatch(
				line -> line.strip().matches("(--\\S+, )?" + option + "[ =].*|(--\\S+, )?" + option)),
			call.out());
	}

	@ParameterizedTest
	@ValueSource(strings = { "list", "catalogue", "download", "import", "verify", "narrow", "combine",
		"remove" })
	void everyCommandIsNamedHereAndInTheDocuments(final String command) throws IOException {
		assertTrue(Call.of("models", "--help").out().lines()
			.anyMatch(line -> line.strip().startsWith(command + " ")), command);
		assertTrue(Files.readString(Path.of("docs/models.md")).contains("zimage models " + command),
			command);
	}

	@Test
	void withoutACommandItNamesThem() {
		final Call call = Call.of("models");
		assertEquals(2, call.code());
		assertTrue(
			call.err().contains(
				"Name a command: list, catalogue, download, import, verify, narrow, combine, remove."),
			call.err());
	}
}
