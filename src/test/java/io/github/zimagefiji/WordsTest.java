
package io.github.zimagefiji;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** Phrases that no engineer writes are neither in messages and comments nor in the pages. */
class WordsTest {

	private static final Pattern PRIVATE = Pattern.compile(
		"gone on with|numbers that are none|that is none\\b|next to nothing came|\\bin trouble\\b|" +
			"asked too often|as is usual|\\bof its own\\b|\\btells of\\b|what came of|\\bsomebody\\b|" +
			"\\ba person\\b",
		Pattern.CASE_INSENSITIVE);

	private static Stream<Path> files() throws IOException {
		final List<Path> files = new ArrayList<>(
			List.of(Path.of("README.md"), Path.of("CONTRIBUTING.md"), Path.of("CHANGELOG.md")));
		for (final String folder : List.of("docs", "src/main/java", "spark/src/main/java")) {
			try (Stream<Path> walk = Files.walk(Path.of(folder))) {
				walk.filter(file -> file.toString().matches(".*\\.(md|java)")).forEach(files::add);
			}
		}
		return files.stream();
	}

	@Test
	void sourcesAndPagesUseTheFieldsWords() throws IOException {
		final List<String> found = new ArrayList<>();
		for (final Path file : files().toList()) {
			// a phrase may go on in the next line, and in its comment
			final String text = Files.readString(file).replaceAll("\\s+(\\*\\s+)?", " ");
			final Matcher phrase = PRIVATE.matcher(text);
			while (phrase.find())
				found.add(file + ": " + phrase.group());
		}
		assertEquals(List.of(), found);
	}
}
