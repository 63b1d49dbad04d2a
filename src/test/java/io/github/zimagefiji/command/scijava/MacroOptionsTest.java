
package io.github.zimagefiji.command.scijava;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.sun.management.ThreadMXBean;

import io.github.zimagefiji.error.InvalidInputException;

class MacroOptionsTest {

	private static final Set<String> KEYS = Set.of("prompt", "avoid", "seed", "steps", "show");

	private static Map<String, String> parse(final String options) {
		return MacroOptions.parse(options, KEYS);
	}

	private static String problem(final String options) {
		return assertThrows(InvalidInputException.class, () -> parse(options)).getMessage();
	}

	@Test
	void readsWordsBracketsQuotesAndKeysAlone() {
		assertEquals(Map.of("prompt", "round nuclei", "seed", "7", "avoid", "a b", "show", "true"),
			parse("prompt=[round nuclei] seed=7 show avoid='a b' "));
		assertEquals(Map.of("prompt", "", "seed", "1"), parse("prompt=[] seed=1"));
		assertEquals(Map.of("prompt", "", "seed", "1"), parse("prompt= seed=1"));
		assertEquals(Map.of(), parse("  "));
	}

	@ParameterizedTest
	@ValueSource(strings = { "nuclei seed=7 x", "seed=7", "steps=9 [seed=7]", "a [b] c", "a [b",
		"a b]", "]", "[", "][", "[[[", "it's", "\"quoted\"", "back\\slash", "two\nlines\tand a tab",
		"三个细胞核，明亮", "🔬 []", "key = value", "=", "a=b=c", "  spaces  ", "prompt" })
	void aBracketedTextArrivesAsItIs(final String text) {
		assertEquals(Map.of("prompt", text, "seed", "42"), parse("prompt=[" + text + "] seed=42 "));
		assertEquals(Map.of("prompt", text, "seed", "42"), parse("seed=42 prompt=[" + text + "]"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "a] seed=7 x", "a]=] seed=7 [=[ x", "]==] seed=1 ]=] seed=2 ]", "=[x]=",
		"", " ", "'", "x]=" })
	void aTextBetweenFencesArrivesWhateverItHolds(final String text) {
		assertEquals(Map.of("prompt", text, "seed", "42"),
			parse("prompt=[===[" + text + "]===] seed=42 "));
		assertEquals(Map.of("prompt", text, "seed", "42"),
			parse("seed=42 prompt=[===[" + text + "]===]"));
	}

	@Test
	void asksWhetherTheNearestKeyWasMeant() {
		assertTrue(problem("promt=x").contains("Did you mean prompt?"));
		assertTrue(problem("Seed=1").contains("Did you mean seed?"));
		assertTrue(problem("setps=1").contains("Did you mean steps?"));
		assertTrue(!problem("brightness=1").contains("Did you mean"));
	}

	@Test
	void refusesUnknownAndMisspeltKeysAndNamesTheAllowedOnes() {
		assertTrue(problem("promt=[a cell]").contains("\"promt\"") &&
			problem("promt=[a cell]").contains("prompt"));
		assertTrue(problem("prompt=round nuclei").contains("\"nuclei\""),
			"text with spaces outside brackets");
		assertTrue(problem("Prompt=x").contains("\"Prompt\""), "ImageJ's keys are lower case");
		assertTrue(problem("prompt=[nuclei] seed=7 x] seed=42").contains("\"x]\""));
	}

	@ParameterizedTest
	@ValueSource(strings = { "prompt=[a cell] setps=9", "prompt=[a cell] setps=9 seed=1",
		"prompt=[a cell] setps=9 avoid=[blur]", "prompt=[a cell] setps avoid=[blur]",
		"prompt=[a cell] setps", "prompt=[a [b] cell] setps=9 avoid=[blur]", "prompt='a cell' setps=9",
		"prompt='a cell' setps=9 avoid='blur'", "prompt=[=[a] cell]=] setps=9 avoid=[=[blur]=]",
		"prompt=[] setps=[]" })
	void aMisspeltKeyAfterAClosedTextIsNotTakenForText(final String options) {
		assertTrue(
			problem(options).startsWith(
				"The macro gives \"setps\", which this command does not have. Did you mean steps?"),
			problem(options));
	}

	@Test
	void refusesAKeyThatIsThereTwiceAndABracketThatIsNeverClosed() {
		assertTrue(problem("seed=1 seed=2").contains("seed twice"));
		assertTrue(problem("prompt=[a cell seed=2").contains("never closed"));
	}

	/** A key of a million letters is not compared with the known ones. */
	@Test
	void aKeyThatIsNoWordIsQuotedInPart() {
		final ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		final long thread = Thread.currentThread().getId();
		final long before = memory.getThreadAllocatedBytes(thread);
		final String message = assertThrows(InvalidInputException.class,
			() -> MacroOptions.parse("5".repeat(1_000_000), Set.of("width", "height"))).getMessage();
		assertTrue(message.length() < 400, message.length() + " characters");
		assertTrue(memory.getThreadAllocatedBytes(thread) - before < 20_000_000);
	}
}
