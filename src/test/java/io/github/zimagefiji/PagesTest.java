
package io.github.zimagefiji;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** The pages hang together: links lead somewhere, the index has all, and what they name exists. */
class PagesTest {

	private static final Path DOCS = Path.of("docs");
	private static final Path INDEX = DOCS.resolve("README.md");
	private static final Path CODE = Path.of("src/main/java/io/github/zimagefiji");
	private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
	private static final Pattern CLASS =
		Pattern.compile("`([A-Z]\\w*[a-z]\\w*)(?:\\.\\w+)?(?:\\(\\))?`");

	/** Classes of others that the pages about the code name. */
	private static final Set<String> FOREIGN =
		Set.of("CommandService", "DynamicCommand", "Img", "ImagePlus", "Plugin", "Tag");

	/** Pages, without those that a test or a build has left behind. */
	private static List<Path> pages() throws IOException {
		final List<Path> pages = new ArrayList<>();
		try (Stream<Path> top = Files.list(Path.of(""));
				Stream<Path> docs = Files.walk(DOCS);
				Stream<Path> scripts = Files.walk(Path.of("scripts"));
				Stream<Path> spark = Files.walk(Path.of("spark")))
		{
			Stream.of(top, docs, scripts, spark).flatMap(each -> each)
				.filter(page -> page.toString().endsWith(".md") && !page.toString().contains("target"))
				.sorted().forEach(pages::add);
		}
		assertTrue(pages.size() > 25, "pages found: " + pages);
		return pages;
	}

	@Test
	void everyPageIsOnTheIndexOnce() throws IOException {
		final List<String> listed = Files.readAllLines(INDEX).stream()
			.filter(line -> line.startsWith("* [")).map(line -> all(LINK, line).get(0).group(1)).toList();
		assertEquals(listed.stream().distinct().toList(), listed, "listed twice");
		final Set<String> pages = pages().stream().filter(page -> page.startsWith(DOCS))
			.map(page -> DOCS.relativize(page).toString()).collect(Collectors.toCollection(TreeSet::new));
		pages.remove("README.md");
		assertEquals(pages, listed.stream().filter(link -> !link.startsWith(".."))
			.collect(Collectors.toCollection(TreeSet::new)));
	}

	@Test
	void everyRelativeLinkLeadsToAFileAndAHeading() throws IOException {
		final List<String> broken = new ArrayList<>();
		for (final Path page : pages()) {
			for (final MatchResult link : all(LINK, prose(page))) {
				final String target = link.group(1);
				if (target.matches("[a-z]+:.*")) continue;
				final String[] parts = target.split("#", 2);
				final Path file = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
				if (!Files.exists(file)) broken.add(page + ": " + target);
				else if (parts.length > 1 && !headings(file).contains(parts[1]))
					broken.add(page + ": " + target + ", no such heading");
			}
		}
		assertEquals(List.of(), broken);
	}

	@Test
	void everyClassThatThePagesAboutTheCodeNameExists() throws IOException {
		final Set<String> known = new TreeSet<>(FOREIGN);
		for (final String folder : List.of("src", "spark/src")) {
			try (Stream<Path> walk = Files.walk(Path.of(folder))) {
				walk.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".java"))
					.forEach(name -> known.add(name.replace(".java", "")));
			}
		}
		final List<String> unknown = new ArrayList<>();
		for (final Path page : List.of(DOCS.resolve("architecture.md"), DOCS.resolve("design.md"),
			Path.of("CONTRIBUTING.md")))
		{
			for (final MatchResult name : all(CLASS, prose(page))) {
				if (!known.contains(name.group(1))) unknown.add(page + ": " + name.group(1));
			}
		}
		assertEquals(List.of(), unknown);
	}

	/** In the table of additions; names with NAME in them are those of what is added. */
	@Test
	void everyFileThatContributingNamesExists() throws IOException {
		final Predicate<String> there = name -> Files.exists(CODE.resolve(name)) ||
			Files.exists(CODE.resolve(name + ".java")) || Files.exists(Path.of(name)) ||
			Files.exists(Path.of("src/main/resources/io/github/zimagefiji").resolve(name));
		final List<String> missing =
			Files.readAllLines(Path.of("CONTRIBUTING.md")).stream().filter(line -> line.startsWith("| "))
				.flatMap(line -> all(Pattern.compile("`([\\w.-]+(?:/[\\w.-]+)+)`"), line).stream())
				.map(name -> name.group(1))
				.filter(name -> !name.contains("NAME") && there.negate().test(name)).toList();
		assertEquals(List.of(), missing);
	}

	/** A page without its blocks of code. */
	private static String prose(final Path page) throws IOException {
		return Files.readString(page).replaceAll("(?ms)^\\s*```.*?^\\s*```", "");
	}

	/** The anchors that GitHub gives to the headings of a page; a second one of a name gets -1. */
	private static Set<String> headings(final Path page) throws IOException {
		final Set<String> anchors = new TreeSet<>();
		for (final MatchResult heading : all(Pattern.compile("(?m)^#+ +(.*)$"), prose(page))) {
			final String anchor = heading.group(1).replaceAll("\\[([^]]*)\\]\\([^)]*\\)", "$1")
				.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ', '-');
			for (int i = 0; !anchors.add(i == 0 ? anchor : anchor + "-" + i);) {
				i++;
			}
		}
		return anchors;
	}

	private static List<MatchResult> all(final Pattern pattern, final String text) {
		return pattern.matcher(text).results().toList();
	}
}
