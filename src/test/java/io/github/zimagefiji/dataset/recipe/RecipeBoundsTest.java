
package io.github.zimagefiji.dataset.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.zimagefiji.dataset.recipe.file.RecipeReader;
import io.github.zimagefiji.error.InvalidInputException;

/** YAML that multiplies, nests or never ends is refused at once. */
class RecipeBoundsTest {

	private static final String GOOD =
		"name: x\nitems: 4\nprompt: {text: a}\nlabels: {objects: [{kind: nuclei}]}\nsplits: {train: 1}\n";

	private static String refused(final String text) {
		final String message = assertTimeoutPreemptively(Duration.ofSeconds(10),
			() -> assertThrows(InvalidInputException.class, () -> RecipeReader.read(text, Path.of(".")))
				.getMessage());
		assertTrue(message.length() < 1000 && !message.contains("\n"), message);
		return message;
	}

	@Test
	void theGoodOneIsGood() {
		assertEquals("x", RecipeReader.read(GOOD, Path.of(".")).name());
	}

	private static Stream<Arguments> bombs() {
		final StringBuilder laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
		for (int i = 1; i < 30; i++)
			laughs.append("a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ", ").repeat(9) + "]\n");
		return Stream.of(Arguments.of("billion laughs", laughs + GOOD),
			Arguments.of("an alias of itself", "name: &a [*a]\n"),
			Arguments.of("brackets that open", "name: " + "[".repeat(100_000)),
			Arguments.of("braces that open", "name: " + "{a: ".repeat(100_000)),
			Arguments.of("lists in lists", "name:\n" + "- ".repeat(100_000) + "a"),
			Arguments.of("questions in questions", "? ".repeat(100_000) + "a"),
			Arguments.of("a hundred thousand keys", keys(100_000)),
			Arguments.of("a hundred thousand values", "name: [" + "a,".repeat(200_000) + "]"),
			Arguments.of("anchors", "name: [" + "&a a,".repeat(100_000) + "]"),
			Arguments.of("one long key", "k".repeat(1_000_000) + ": a"),
			Arguments.of("a tag without end", "name: !" + "t".repeat(1_000_000)),
			Arguments.of("no line", "a".repeat(1_900_000)),
			Arguments.of("quotes that open", "name: \"" + "a ".repeat(900_000)),
			Arguments.of("an escape per letter", "name: \"" + "\\x41".repeat(400_000)),
			Arguments.of("columns", "name: a\n" + " ".repeat(1_000_000) + "items: 4"),
			Arguments.of("empty lines", "\n".repeat(1_900_000)),
			Arguments.of("documents", "--- a\n".repeat(200_000)),
			Arguments.of("directives", "%TAG !a! b\n".repeat(100_000) + "--- a"));
	}

	private static String keys(final int count) {
		final StringBuilder text = new StringBuilder();
		for (int i = 0; i < count; i++)
			text.append("key").append(i).append(": 1\n");
		return text.toString();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("bombs")
	void bombsAreRefused(final String name, final String text) {
		refused(text);
	}

	@ParameterizedTest
	@ValueSource(strings = { "<<: {items: 5}", "<<: [*x]", "items: 5", "name: !!java.io.File x",
		"name: !include x", "seed: !!binary aGk=", "name: \"a\\0b\"", "name: a\u0007", "seed: \uD800",
		"seed: ٣", "seed: 0x10", "seed: 1e3", "seed: 1_000", "seed: 99999999999999999999", "seed: [1]",
		"? [a]\n: b", "quality: {real-images: \"a\\0b\"}", "style: {images: \"a\\0b\"}",
		"model: \"a\\0b\"", "seed: *nobody", "--- x", "sampling: {guidance: 1e999999999}",
		"sampling: {guidance: NaN}", "sampling: {strength: -0x1}", "sampling: {strength: 0.5f}" })
	void oneWrongLineIsRefused(final String line) {
		refused(GOOD + line + "\n");
	}

	@ParameterizedTest
	@CsvSource({ "[, 21", "{a: , 21" })
	void deepNestingIsNamedWithItsLine(final String open, final int times) {
		final String message = refused("name: x\nseed: " + open.repeat(times));
		assertTrue(message.startsWith("Line 2: ") && message.contains("20 levels"), message);
	}

	@Test
	void tooManyValuesAreCountedBeforeTheyAreKept() {
		final String message = refused("name:\n" + "- a\n".repeat(200_000));
		assertTrue(message.contains("more than 100000 values"), message);
	}

	@ParameterizedTest
	@ValueSource(strings = { "!include x", "!!binary aGk=", "!x" })
	void tagsOfOtherProgramsAreNamed(final String value) {
		final String message = refused(GOOD.replace("name: x", "name: " + value));
		assertTrue(message.startsWith("Line 1: ") && message.contains("means nothing here"), message);
	}

	@Test
	void aliasesOfSingleValuesAreUseful() {
		assertEquals("cell",
			RecipeReader.read(GOOD.replace("name: x", "name: &n cell").replace("{text: a}", "{text: *n}"),
				Path.of(".")).prompt().text());
	}
}
