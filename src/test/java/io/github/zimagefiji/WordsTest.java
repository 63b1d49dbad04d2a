
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
			"\\ba person\\b|\\banybody\\b|hangs? together|\\bbegun again|broken off|\\bin vain\\b|" +
			"without a word\\b(?! before)|\\bthe usual one\\b|\\busual for\\b|taken apart|" +
			"in every bit",
		Pattern.CASE_INSENSITIVE);
	/** Refused in pages only. */
	private static final Pattern PRIVATE_IN_PAGES =
		Pattern.compile("\\b(is|are) told\\b(?! apart)|\\btells? (what|how|which|number)|passed over|" +
			"says? of (it|them)sel[fv]|what came\\b|put together|where (it|they) lies?\\b|\\bmended\\b|" +
			"\\bcalled like\\b|of which nothing", Pattern.CASE_INSENSITIVE);

	private static Stream<Path> files() throws IOException {
		final List<Path> files = new ArrayList<>(
			List.of(Path.of("README.md"), Path.of("CONTRIBUTING.md"), Path.of("CHANGELOG.md")));
		for (final String folder : List.of("docs", "scripts", "src/main/java", "spark/src/main/java")) {
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
			// a phrase may continue in the next line, its comment or its string
			final String text =
				Files.readString(file).replaceAll("\"\\s*\\+\\s*\"", "").replaceAll("\\s+(\\*\\s+)?", " ");
			find(PRIVATE, text, file, found);
			if (file.toString().endsWith(".md")) find(PRIVATE_IN_PAGES, text, file, found);
		}
		assertEquals(List.of(), found);
	}

	private static void find(final Pattern phrases, final String text, final Path file,
		final List<String> found)
	{
		final Matcher phrase = phrases.matcher(text);
		while (phrase.find()) {
			found.add(file + ": " + phrase.group());
		}
	}
}
