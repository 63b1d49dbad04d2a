
package io.github.zimagefiji.engine.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.io.CacheFolder;
import io.github.zimagefiji.request.TextToImageRequest;

/**
 * Files named {@code tokenizer.json}: those of Z-Image give their tokens, and all others are
 * refused before the native library, which some of them end or hang, sees them.
 */
public class TokenizerFileTest {

	private static final String TEXT =
		"<|im_start|>user\n Ångström's 12 cells,\n\n  e\u0301 中文 😀<|im_end|>";

	@TempDir
	Path folder;

	/** The tokenizer of the built-in model: Qwen2's with a small vocabulary. */
	public static String builtIn() throws IOException {
		try (InputStream in = TokenizerFileTest.class
			.getResourceAsStream("/io/github/zimagefiji/built-in/base/tokenizer/tokenizer.json"))
		{
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	private static JsonObject json() throws IOException {
		return JsonParser.parseString(builtIn()).getAsJsonObject();
	}

	private Path write(final String text) throws IOException {
		return write("tokenizer.json", text);
	}

	private Path write(final String name, final String text) throws IOException {
		return Files.writeString(folder.resolve(name), text.replace("\ud800", "\\ud800"));
	}

	private static long[] tokens(final Path file) {
		try (Tokenizer tokenizer = Tokenizer.open(file)) {
			return tokenizer.encode(TEXT);
		}
	}

	@Test
	void noMarkerOfACrashOutlivesTheOpening() throws IOException {
		tokens(write(builtIn() + "\n\n"));
		final Path starts = CacheFolder.path().resolve("engine-starts");
		Files.createDirectories(starts);
		try (Stream<Path> left = Files.list(starts)) {
			assertEquals(List.of(),
				left
					.filter(
						file -> file.getFileName().toString().startsWith(ProcessHandle.current().pid() + "-"))
					.toList());
		}
	}

	/** Models of one vocabulary share what the native library holds. */
	@Test
	void tokenizersOfOneContentOutliveEachOther() throws IOException {
		final Path file = write(builtIn());
		final Path other = write("other.json", builtIn() + "\n");
		final long[] expected = tokens(file);
		try (Tokenizer first = Tokenizer.open(file)) {
			try (Tokenizer second = Tokenizer.open(file)) {
				assertArrayEquals(expected, second.encode(TEXT));
				second.close();
			}
			assertArrayEquals(expected, tokens(other));
			assertArrayEquals(expected, tokens(write("third.json", builtIn() + "\n\n\n")));
			assertArrayEquals(expected, first.encode(TEXT));
		}
		assertArrayEquals(expected, tokens(file));
		write("");
		refusal(file);
	}

	private static String refusal(final Path file) {
		final long start = System.nanoTime();
		final String message =
			assertThrows(InvalidInputException.class, () -> Tokenizer.open(file)).getMessage();
		assertTrue(System.nanoTime() - start < 5_000_000_000L, "more than 5 s");
		assertTrue(
			message.contains("tokenizer.json") && message.endsWith(".") && !message.contains("\n"),
			message);
		return message;
	}

	@Test
	void mergesMayBePairsOrTexts() throws IOException {
		final JsonObject texts = json();
		final JsonArray merges = texts.getAsJsonObject("model").getAsJsonArray("merges");
		for (int i = 0; i < merges.size(); i++) {
			final JsonElement merge = merges.get(i);
			if (merge.isJsonArray())
				merges.set(i, JsonParser.parseString("\"" + merge.getAsJsonArray().get(0).getAsString() +
					" " + merge.getAsJsonArray().get(1).getAsString() + "\""));
		}
		assertArrayEquals(tokens(write(builtIn())), tokens(write(texts.toString())));
	}

	/** Keys in any order, and those left out that have only one right value. */
	@Test
	void whatMeansNothingMayBeOtherwise() throws IOException {
		final JsonObject other = new JsonObject();
		final JsonObject model = json().getAsJsonObject("model");
		for (final String key : new String[] { "dropout", "unk_token", "continuing_subword_prefix",
			"end_of_word_suffix", "fuse_unk", "byte_fallback", "ignore_merges" })
		{
			model.remove(key);
		}
		other.add("model", model);
		other.add("pre_tokenizer", json().get("pre_tokenizer"));
		other.getAsJsonObject("pre_tokenizer").getAsJsonArray("pretokenizers").get(1).getAsJsonObject()
			.addProperty("trim_offsets", true);
		other.add("added_tokens", json().get("added_tokens"));
		other.add("decoder", JsonParser.parseString(
			"{\"type\":\"ByteLevel\",\"add_prefix_space\":true,\"trim_offsets\":true,\"use_regex\":true}"));
		other.add("normalizer", json().get("normalizer"));
		assertArrayEquals(tokens(write(builtIn())), tokens(write(other.toString())));
	}

	/** What stands beside the file does not count. */
	@Test
	void otherFilesOfTheFolderAreNotRead() throws IOException {
		final Path file = write(builtIn());
		final long[] expected = tokens(file);
		Files.writeString(folder.resolve("tokenizer_config.json"),
			"{\"do_lower_case\": true, \"model_max_length\": 2, \"add_prefix_space\": true, \"strip_accents\": true}");
		Files.writeString(folder.resolve("config.json"), "{{{");
		assertArrayEquals(expected, tokens(file));
	}

	@ParameterizedTest
	@ValueSource(strings = {
		"{\"truncation\":{\"direction\":\"Right\",\"max_length\":2,\"strategy\":\"LongestFirst\",\"stride\":9}}",
		"{\"padding\":{\"strategy\":{\"Fixed\":99999999999},\"direction\":\"Left\",\"pad_to_multiple_of\":0,\"pad_id\":0,\"pad_type_id\":0,\"pad_token\":\"x\"}}",
		"{\"normalizer\":null}", "{\"normalizer\":{\"type\":\"NFKC\"}}",
		"{\"normalizer\":{\"type\":\"Replace\",\"pattern\":{\"String\":\"\"},\"content\":\"aa\"}}",
		"{\"normalizer\":{\"type\":\"Sequence\",\"normalizers\":[{\"type\":\"NFC\"},{\"type\":\"Replace\",\"pattern\":{\"Regex\":\"(a*)*b\"},\"content\":\"aaaa\"}]}}",
		"{\"normalizer\":{\"type\":\"NFC\",\"more\":1}}",
		"{\"normalizer\":{\"type\":\"Precompiled\",\"precompiled_charsmap\":\"AAAA\"}}",
		"{\"pre_tokenizer\":null}", "{\"pre_tokenizer\":{\"type\":\"FixedLength\",\"length\":0}}",
		"{\"pre_tokenizer\":{\"type\":\"Split\",\"pattern\":{\"Regex\":\"(x+x+)+y\"},\"behavior\":\"Isolated\",\"invert\":false}}",
		"{\"pre_tokenizer\":{\"type\":\"ByteLevel\",\"add_prefix_space\":false,\"use_regex\":false}}",
		"{\"pre_tokenizer\":{\"type\":\"Sequence\",\"pretokenizers\":[]}}",
		"{\"pre_tokenizer\":{\"type\":\"Metaspace\",\"replacement\":\"\",\"add_prefix_space\":true}}",
		"{\"post_processor\":{\"type\":\"TemplateProcessing\",\"single\":[],\"pair\":[],\"special_tokens\":{}}}",
		"{\"post_processor\":{\"type\":\"BertProcessing\",\"sep\":[\"x\",1],\"cls\":[\"y\",2]}}",
		"{\"post_processor\":{\"type\":\"ByteLevel\",\"trim_offsets\":\"yes\"}}",
		"{\"decoder\":{\"type\":\"Strip\",\"content\":\"a\",\"start\":-1,\"stop\":99}}",
		"{\"decoder\":{\"type\":\"CTC\",\"pad_token\":\"\",\"word_delimiter_token\":\"\",\"cleanup\":true}}",
		"{\"version\":\"2.0\"}", "{\"version\":[[[[[[[[[[[[[]]]]]]]]]]]]]}", "{\"other\":1}",
		"{\"added_tokens\":null}", "{\"added_tokens\":[1]}", "{\"added_tokens\":[[]]}",
		"{\"model\":[]}", "{\"model\":null}",
		"{\"model\":{\"type\":\"WordLevel\",\"vocab\":{\"a\":0},\"unk_token\":\"zzz\"}}",
		"{\"model\":{\"type\":\"Unigram\",\"unk_id\":9,\"vocab\":[[\"a\",0.0]]}}",
		"{\"model\":{\"type\":\"WordPiece\",\"unk_token\":\"u\",\"continuing_subword_prefix\":\"##\",\"max_input_chars_per_word\":0,\"vocab\":{}}}" })
	void anotherPartIsRefused(final String change) throws IOException {
		final JsonObject changed = json();
		JsonParser.parseString(change).getAsJsonObject().asMap().forEach(changed::add);
		refusal(write(changed.toString()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "dropout:0.5", "unk_token:\"a\"", "continuing_subword_prefix:\"abc\"",
		"end_of_word_suffix:\"</w>\"", "fuse_unk:true", "byte_fallback:true", "ignore_merges:true",
		"type:\"Unigram\"", "cache_capacity:99999999999", "vocab:{\"a\":0,\"b\":1,\"ab\":2}",
		"vocab:[]", "vocab:null", "vocab:{\"a\":1.5}", "vocab:{\"a\":99999999999}", "vocab:{\"a\":-1}",
		"vocab:{\"a b\":0}", "vocab:{\"\":0}", "vocab:{\"中\":0}", "merges:[\"ab\"]", "merges:[[\"a\"]]",
		"merges:[[\"a\",\"b\",\"c\"]]", "merges:[[1,2]]", "merges:[\"a b\",\"a b\"]", "merges:[\"a \"]",
		"merges:[\"zzzz qqqq\"]", "merges:[\"~ ~\"]", "merges:{}", "merges:null" })
	void aModelThatIsOtherwiseIsRefused(final String change) throws IOException {
		final JsonObject changed = json();
		final int colon = change.indexOf(':');
		changed.getAsJsonObject("model").add(change.substring(0, colon),
			JsonParser.parseString(change.substring(colon + 1)));
		refusal(write(changed.toString()));
	}

	@Test
	void aMergeThatJoinsTokensToNoneIsNamedBeforeNativeCodeSeesIt() throws IOException {
		final JsonObject changed = json();
		changed.getAsJsonObject("model").add("merges", JsonParser.parseString("[\"~ ~\"]"));
		final String message = refusal(write(changed.toString()));
		assertTrue(message.contains("does not join tokens to a token"), message);
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';',
		value = { "content; \"\"", "content; \"  \"", "content; 1", "content; \"\\ud800\"",
			"content; null", "id; -1", "id; 0", "id; 4294967296", "id; \"731\"", "id; null",
			"lstrip; true", "rstrip; true", "single_word; true", "normalized; true", "special; 1",
			"more; false" })
	void anAddedTokenThatIsOtherwiseIsRefused(final String key, final String value)
		throws IOException
	{
		final JsonObject changed = json();
		changed.getAsJsonArray("added_tokens").get(0).getAsJsonObject().add(key,
			JsonParser.parseString(value));
		refusal(write(changed.toString()));
	}

	@Test
	void anAddedTokenThatIsThereTwiceIsRefused() throws IOException {
		final JsonObject changed = json();
		final JsonArray added = changed.getAsJsonArray("added_tokens");
		added.set(1, added.get(0));
		assertTrue(refusal(write(changed.toString())).contains("twice"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "%d.0", "%de0", "%d0e-1" })
	void anAddedTokensNumberMayBeWrittenInAnyWay(final String form) throws IOException {
		final String text = builtIn();
		final int first =
			json().getAsJsonArray("added_tokens").get(0).getAsJsonObject().get("id").getAsInt();
		final String changed =
			text.replaceFirst("(\"id\": ?)" + first + "\\b", "$1" + String.format(form, first));
		assertFalse(changed.equals(text));
		assertArrayEquals(tokens(write(text)), tokens(write(changed)));
	}

	@Test
	void keysThatAreThereTwiceAreRefused() throws IOException {
		final String text = builtIn();
		for (final String key : new String[] { "\"normalizer\"", "\"vocab\"", "\"merges\"" }) {
			final int at = text.indexOf(key);
			assertTrue(refusal(write(text.substring(0, at) + key +
				(key.contains("merges") ? ": [],"
					: key.contains("vocab") ? ": {}," : ": {\"type\":\"NFC\"},") +
				text.substring(at))).contains("twice"));
		}
	}

	@Test
	void tokensThatAreNotNumberedOneAfterTheOtherAreRefused() throws IOException {
		for (final int number : new int[] { 1, 731, -1, Integer.MAX_VALUE }) {
			final JsonObject changed = json();
			changed.getAsJsonObject("model").getAsJsonObject("vocab").addProperty("!", number);
			assertTrue(refusal(write(changed.toString())).contains("numbered from 0 on"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "[]", "null", "\"text\"", "{}", "{} {}", "<html>", "\ufeff{}",
		"{\"version\": \"1.0\"" })
	void whatIsNoTokenizerIsRefused(final String text) throws IOException {
		refusal(write(text));
	}

	@Test
	void bytesThatAreNoTextAreRefused() throws IOException {
		final byte[] bytes = builtIn().getBytes(StandardCharsets.UTF_8);
		bytes[bytes.length / 2] = (byte) 0xff;
		assertTrue(refusal(Files.write(folder.resolve("tokenizer.json"), bytes)).contains("UTF-8"));
	}

	/** Sizes are bounded: of the file, of texts, of numbers, of nesting. */
	@Test
	void whatIsTooLargeIsRefused() throws IOException {
		refusal(write("[".repeat(1_000_000)));
		refusal(write("{\"model\":{\"vocab\":{\"a\":" + "9".repeat(1_000_000) + "}}}"));
		refusal(write("{\"model\":{\"vocab\":{\"" + "a".repeat(5_000_000) + "\":0}}}"));
		refusal(
			write("{\"normalizer\":" + "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000) + "}"));
		refusal(write("{\"dropout\":" + "9".repeat(10_000) + "}"));
		assertTrue(refusal(write("{\"padding\":[" + "1,".repeat(300) + "1]}")).contains("256"));
		final StringBuilder many = new StringBuilder("{\"added_tokens\":[");
		for (int i = 0; i < 5000; i++) {
			many.append("{\"content\":\"t").append(i).append("\"},");
		}
		assertTrue(refusal(write(many.append("1]}").toString())).contains("4096"));
		try (var file = Files.newByteChannel(folder.resolve("tokenizer.json"),
			java.nio.file.StandardOpenOption.WRITE))
		{
			file.position(33 << 20).write(java.nio.ByteBuffer.wrap(new byte[1]));
		}
		assertTrue(refusal(folder.resolve("tokenizer.json")).contains("bytes"));
	}

	/** The native library ends the process on millions of spaces. */
	@Test
	void aTextIsBoundedBeforeItIsTokenized() throws IOException {
		final String longest = " ".repeat(TextToImageRequest.MAX_PROMPT_LENGTH);
		try (Tokenizer tokenizer = Tokenizer.open(write(builtIn()))) {
			assertTrue(tokenizer.encode(longest).length > 0);
			assertThrows(InvalidInputException.class, () -> tokenizer.encode(" ".repeat(11_000_000)));
		}
		assertEquals(longest, TextToImageRequest.builder(longest).build().prompt());
		for (final String unit : new String[] { " ", "a", "中" }) {
			final String message = assertThrows(InvalidInputException.class,
				() -> TextToImageRequest.builder(unit.repeat(11_000_000)).build()).getMessage();
			assertTrue(
				message.startsWith("The prompt has 11000000 characters; at most 200000 are taken."),
				message);
		}
		assertTrue(assertThrows(InvalidInputException.class,
			() -> TextToImageRequest.builder("").negativePrompt("a".repeat(200_001)).build()).getMessage()
			.startsWith("The negative prompt has 200001"));
	}
}
