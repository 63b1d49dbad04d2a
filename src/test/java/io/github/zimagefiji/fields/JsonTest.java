
package io.github.zimagefiji.fields;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.stream.JsonReader;

class JsonTest {

	@TempDir
	Path folder;

	private static String refused(final String text) {
		return assertThrows(MalformedTextException.class, () -> Json.parse(text)).reason();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "[]", "null", "true", "false", "0", "-0", "1.5e-3", "1E+5", "\"\"",
		" [ 1 , \"a\\u00e9\\n\\/\" ] \n", "{\"a\":{\"b\":[1,2,{\"c\":null}]}}", "\"\\ud800\"",
		"1e999999999" })
	void whatIsJsonIsRead(final String text) {
		Json.parse(text);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "{", "[", "[1,]", "{\"a\":1,}", "[,1]", "{\"a\"}", "{a:1}",
		"{'a':1}", "[1 2]", "{} {}", "{}x", "01", "+1", "1.", ".5", "1e", "0x1", "NaN", "Infinity",
		"-Infinity", "TRUE", "nUll", "\"a", "\"\\x\"", "\"\\'\"", "\"\\u12g4\"", "\"\\u00Ｆ0\"",
		"\"a\nb\"", "\"\t\"", "/* x */ {}", "# x\n{}", "{\"a\"=1}", "{\"a\":1;\"b\":2}", ")]}'\n{}",
		"{\"a\":1}\u0000", "[\uFEFF1]", "{\"a\":1,\"a\":1}", "{\"a\":1,\"\\u0061\":2}", "1f", "1d" })
	void whatIsNotJsonIsRefused(final String text) {
		refused(text);
	}

	@Test
	void valuesComeAsTheyAreWritten() {
		final JsonObject json = Json
			.object("{\"n\":12345678901234567890.5,\"t\":\"\\ud83d\\ude00\\u0000\",\"l\":[1,true,null]}");
		assertEquals("12345678901234567890.5", json.get("n").getAsString());
		assertEquals("\uD83D\uDE00\0", json.get("t").getAsString());
		assertEquals("[1,true,null]", json.get("l").toString());
	}

	@ParameterizedTest
	@CsvSource({ "[, 64 levels", "{\"a\":, 64 levels", "1, 100 characters", "-, 100 characters",
		"t, 100 characters" })
	void oneWordRepeatedIsRefusedAtOnce(final String word, final String reason) {
		assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
			assertTrue(refused(word.repeat(2_000_000)).contains(reason));
		});
	}

	@Test
	void theBoundsThemselvesAreAllowed() {
		Json.parse("[".repeat(64) + "]".repeat(64));
		assertTrue(refused("[".repeat(65) + "]".repeat(65)).contains("64 levels"));
		Json.parse("9".repeat(100));
		assertTrue(refused("9".repeat(101)).contains("100 characters"));
		Json.parse("[1,2,3]", 3);
		assertTrue(refused("[" + "1,".repeat(Json.MOST_VALUES) + "1]").contains("500000 values"));
	}

	@Test
	void partsOfALargeTextAreBoundedEach() throws IOException {
		final JsonReader in = Json.reader(new StringReader("[{\"a\":[1,2]},[1,2,3],[1,2,3,4]]"), 100);
		in.beginArray();
		assertEquals("{\"a\":[1,2]}", Json.next(in, 3).toString());
		assertEquals("[1,2,3]", Json.next(in, 3).toString());
		assertEquals("a part of it has more than 3 values",
			assertThrows(MalformedTextException.class, () -> Json.next(in, 3)).reason());
	}

	@Test
	void hundredThousandKeysAreRead() {
		// "Aa" and "BB" have the same hash, and so has any row of them
		final JsonElement json = assertTimeoutPreemptively(Duration.ofSeconds(20),
			() -> Json.parse(IntStream.range(0, 1 << 17)
				.mapToObj(i -> "\"" +
					Integer.toBinaryString(i + (1 << 17)).replace("0", "Aa").replace("1", "BB") + "\":" + i)
				.collect(Collectors.joining(",", "{", "}"))));
		assertEquals(1 << 17, json.getAsJsonObject().size());
	}

	@Test
	void aReasonSaysWhere() {
		assertEquals("there is a mistake in line 2, column 5", refused("{\n\"a\"\"b\"}"));
		assertEquals("it ends too early", refused("{\"a\":"));
		assertEquals("it names \"" + "a".repeat(79) + "…\" twice",
			refused("{\"" + "a".repeat(1000) + "\":1,\"" + "a".repeat(1000) + "\":1}"));
	}

	@Test
	void filesAreReadUpToTheirBound() throws IOException {
		final Path file = folder.resolve("x.json");
		Files.writeString(file, "\uFEFF[1]");
		assertEquals("[1]", Json.read(file, 6).toString());
		assertTrue(assertThrows(MalformedTextException.class, () -> Json.read(file, 5)).reason()
			.contains("larger than 5 bytes"));
		Files.write(file, "[\"é\"]".getBytes(StandardCharsets.ISO_8859_1));
		assertTrue(assertThrows(MalformedTextException.class, () -> Json.read(file, 100)).reason()
			.contains("UTF-8"));
		assertThrows(IOException.class, () -> Json.read(folder.resolve("none"), 100));
	}

	@Test
	void excerptsAreShortAndHarmless() {
		assertEquals("null", Excerpt.of(null));
		assertEquals("a\uFFFD[31mb", Excerpt.of("a\u001b[31mb"));
		assertEquals("x".repeat(80), Excerpt.of("x".repeat(80)));
		assertEquals("x".repeat(79) + "…", Excerpt.of("x".repeat(81)));
		assertEquals("x".repeat(78) + "\uD83D\uDE00…",
			Excerpt.of("x".repeat(78) + "\uD83D\uDE00\uD83D\uDE00"));
	}
}
