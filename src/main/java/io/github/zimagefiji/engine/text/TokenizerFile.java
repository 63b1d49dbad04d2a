
package io.github.zimagefiji.engine.text;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import com.google.gson.stream.MalformedJsonException;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.fields.Json;
import io.github.zimagefiji.fields.MalformedTextException;
import io.github.zimagefiji.io.FileFailedException;
import io.github.zimagefiji.io.IOReason;

/**
 * A {@code tokenizer.json} that the native library may see. That library ends the process or never
 * comes back on some files, so a file is read here first: it must be Qwen2's byte-level BPE, which
 * all Z-Image models have, with any vocabulary. What the library gets is written anew from what was
 * understood.
 */
final class TokenizerFile {

	private static final long MAX_BYTES = 32 << 20;
	/** A large vocabulary, and as many merges as pairs, take two million. */
	private static final int MAX_VALUES = 1 << 22;
	/** In each part but the vocabulary and the merges. */
	private static final int MAX_PARTS = 256;
	private static final int MAX_ADDED = 4096;
	private static final int MAX_LENGTH = 256;

	/** How Qwen2 divides a text before its byte pairs, as JSON. */
	private static final String SPLITTING = """
			{"type":"Sequence","pretokenizers":[{"type":"Split","pattern":{"Regex":\
			"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\\\r\\\\n\\\\p{L}\\\\p{N}]?\\\\p{L}+|\\\\p{N}| ?\
			[^\\\\s\\\\p{L}\\\\p{N}]+[\\\\r\\\\n]*|\\\\s*[\\\\r\\\\n]+|\\\\s+(?!\\\\S)|\\\\s+"},\
			"behavior":"Isolated","invert":false},{"type":"ByteLevel",\
			"add_prefix_space":false,"use_regex":false}]}""";
	/** What each part of the file is to be, as JSON; of several, any. */
	private static final Map<String, List<String>> PARTS =
		Map.of("version", List.of("\"1.0\""), "truncation", List.of("null"), "padding", List.of("null"),
			"normalizer", List.of("{\"type\":\"NFC\"}"), "pre_tokenizer", List.of(SPLITTING),
			"post_processor", List.of("null", "{\"type\":\"ByteLevel\"}"), "decoder",
			List.of("null", "{\"type\":\"ByteLevel\"}"));
	/** The same of the model, beside its vocabulary and its merges. */
	private static final Map<String, List<String>> MODEL = Map.of("type", List.of("\"BPE\""),
		"dropout", List.of("null"), "unk_token", List.of("null"), "continuing_subword_prefix",
		List.of("\"\"", "null"), "end_of_word_suffix", List.of("\"\"", "null"), "fuse_unk",
		List.of("false"), "byte_fallback", List.of("false"), "ignore_merges", List.of("false"));
	/** Parts without which tokens would be others. */
	private static final Set<String> NEEDED =
		Set.of("normalizer", "pre_tokenizer", "vocab", "merges");

	private final BytePairs pairs = new BytePairs();
	private final Map<String, JsonObject> added = new LinkedHashMap<>();
	private final Set<String> seen = new HashSet<>();

	private TokenizerFile() {}

	/**
	 * A file's bytes.
	 *
	 * @throws InvalidInputException if it is missing, cannot be read or has more bytes than a
	 *           tokenizer
	 */
	static byte[] bytes(final Path file) {
		if (!Files.isRegularFile(file)) throw new InvalidInputException(
			"The model folder has no " + file + ". Download the model's tokenizer folder again.");
		try {
			if (Files.size(file) > MAX_BYTES)
				throw refused(file, "it has more than " + MAX_BYTES + " bytes", null);
			return Files.readAllBytes(file);
		}
		catch (final IOException e) {
			throw new FileFailedException(file, "The tokenizer " + file + " cannot be read", e,
				"Check the drive and the permissions of the file.");
		}
	}

	/**
	 * Understands a file and writes what was understood.
	 *
	 * @param file to name in messages
	 * @param bytes of the file
	 * @return a {@code tokenizer.json}
	 * @throws InvalidInputException if it is not one, or not of that kind
	 */
	static byte[] checked(final Path file, final byte[] bytes) {
		final TokenizerFile it = new TokenizerFile();
		try (Reader text =
			new InputStreamReader(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8.newDecoder()))
		{
			it.read(Json.reader(text, MAX_VALUES));
			return it.write();
		}
		catch (final CharacterCodingException e) {
			throw refused(file, "its text is not UTF-8", e);
		}
		catch (final BytePairs.UnfitTokenizerException e) {
			throw refused(file, e.getMessage(), e);
		}
		catch (final MalformedTextException e) {
			throw refused(file, e.reason(), e);
		}
		catch (final MalformedJsonException | EOFException e) {
			throw refused(file, "it is not JSON from its beginning to its end", e);
		}
		catch (final IllegalStateException | NumberFormatException e) {
			throw refused(file, "a value is of another kind than is known: " +
				e.getMessage().lines().findFirst().orElse(""), e);
		}
		catch (final IOException e) {
			throw refused(file, IOReason.of(e), e);
		}
	}

	private static InvalidInputException refused(final Path file, final String what,
		final Exception cause)
	{
		return new InvalidInputException("The tokenizer " + file +
			" is damaged or not one of Z-Image, which has Qwen2's byte-level BPE: " + what +
			". Download the model's tokenizer folder again.", cause);
	}

	private void read(final JsonReader json) throws IOException {
		json.beginObject();
		while (json.hasNext()) {
			final String key = once(json);
			switch (key) {
				case "model" -> readModel(json);
				case "added_tokens" -> readAdded(json);
				default -> check(json, "", key, PARTS.get(key));
			}
		}
		json.endObject();
		if (json.peek() != JsonToken.END_DOCUMENT)
			throw new BytePairs.UnfitTokenizerException("there is more after its end");
		for (final String part : NEEDED) {
			if (!seen.contains(part))
				throw new BytePairs.UnfitTokenizerException("it has no part \"" + part + "\"");
		}
		pairs.check();
		checkAdded();
	}

	private void readModel(final JsonReader json) throws IOException {
		json.beginObject();
		while (json.hasNext()) {
			final String key = once(json);
			switch (key) {
				case "vocab" -> pairs.readVocabulary(json);
				case "merges" -> pairs.readMerges(json);
				default -> check(json, "model ", key, MODEL.get(key));
			}
		}
		json.endObject();
	}

	/** No key of the file's and none of its model's is the same. */
	private String once(final JsonReader json) throws IOException {
		final String key = json.nextName();
		if (!seen.add(key))
			throw new BytePairs.UnfitTokenizerException("it has the part \"" + key + "\" twice");
		return key;
	}

	private static void check(final JsonReader json, final String where, final String key,
		final List<String> choices) throws IOException
	{
		if (choices == null) throw new BytePairs.UnfitTokenizerException(
			"its " + where + "part \"" + key + "\" is not known");
		final JsonElement value = Json.next(json, MAX_PARTS);
		if (value.isJsonObject()) removeMeaningless(value.getAsJsonObject());
		if (choices.stream().map(Json::parse).noneMatch(value::equals))
			throw new BytePairs.UnfitTokenizerException(
				"its " + where + "part \"" + key + "\" is " + shortened(value.toString()));
	}

	/**
	 * Nothing but the tokens' places in the text, or the way back to text, depends on these.
	 */
	private static void removeMeaningless(final JsonObject part) {
		final JsonElement steps = part.get("pretokenizers");
		if (steps != null && steps.isJsonArray())
			for (final JsonElement step : steps.getAsJsonArray())
			{
				if (step.isJsonObject()) removeFlag(step.getAsJsonObject(), "trim_offsets");
			}
		if (steps == null && new JsonPrimitive("ByteLevel").equals(part.get("type"))) {
			removeFlag(part, "add_prefix_space");
			removeFlag(part, "trim_offsets");
			removeFlag(part, "use_regex");
		}
	}

	private static void removeFlag(final JsonObject part, final String key) {
		final JsonElement flag = part.get(key);
		if (flag != null && flag.isJsonPrimitive() && flag.getAsJsonPrimitive().isBoolean())
			part.remove(key);
	}

	private void readAdded(final JsonReader json) throws IOException {
		if (json.peek() == JsonToken.NULL)
			throw new BytePairs.UnfitTokenizerException("it has no added tokens");
		json.beginArray();
		while (json.hasNext()) {
			if (added.size() == MAX_ADDED) throw new BytePairs.UnfitTokenizerException(
				"it has more than " + MAX_ADDED + " added tokens");
			final JsonElement token = Json.next(json, MAX_PARTS);
			if (!token.isJsonObject()) throw new BytePairs.UnfitTokenizerException(
				"its added token " + shortened(token.toString()) + " is no object");
			final String content = content(token.getAsJsonObject());
			if (added.put(content, token.getAsJsonObject()) != null)
				throw new BytePairs.UnfitTokenizerException(
					"its added token \"" + content + "\" is there twice");
		}
		json.endArray();
	}

	private static String content(final JsonObject token) throws BytePairs.UnfitTokenizerException {
		final JsonObject rest = token.deepCopy();
		final JsonElement content = rest.remove("content");
		removeFlag(rest, "special");
		rest.remove("id");
		final boolean plain = rest.asMap().entrySet().stream()
			.allMatch(e -> Set.of("single_word", "lstrip", "rstrip", "normalized").contains(e.getKey()) &&
				e.getValue().isJsonPrimitive() && "false".equals(e.getValue().toString()));
		final String text = plain && content != null && content.isJsonPrimitive() &&
			content.getAsJsonPrimitive().isString() ? content.getAsString() : "";
		if (text.isBlank() || text.length() > MAX_LENGTH ||
			!StandardCharsets.UTF_8.newEncoder().canEncode(text))
			throw new BytePairs.UnfitTokenizerException("its added token " + shortened(token.toString()) +
				" is not a text that is looked for as it is");
		return text;
	}

	/**
	 * Added tokens are numbered after those of the vocabulary. A number may be written in many ways,
	 * of which the plainest is kept.
	 */
	private void checkAdded() throws BytePairs.UnfitTokenizerException {
		int next = pairs.size();
		for (final Map.Entry<String, JsonObject> token : added.entrySet()) {
			final Integer known = pairs.number(token.getKey());
			final int expected = known != null ? known : next++;
			final JsonElement number = token.getValue().get("id");
			if (number == null || !number.isJsonPrimitive() || !number.getAsJsonPrimitive().isNumber() ||
				number.getAsDouble() != expected)
				throw new BytePairs.UnfitTokenizerException(
					"its added token \"" + token.getKey() + "\" has the number " +
						shortened(String.valueOf(number)) + ", but its place is " + expected);
			token.getValue().addProperty("id", expected);
		}
	}

	private byte[] write() throws IOException {
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (JsonWriter json = new JsonWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8))) {
			json.beginObject();
			for (final String part : PARTS.keySet()) {
				// A part that means nothing, but which the library wants to see.
				json.name(part).jsonValue(
					PARTS.get(part).get(0).replace("\"use_regex\"", "\"trim_offsets\":false,\"use_regex\""));
			}
			json.name("added_tokens").beginArray();
			for (final Map.Entry<String, JsonObject> token : added.entrySet()) {
				writeAdded(json, token.getKey(), token.getValue());
			}
			json.endArray().name("model").beginObject();
			for (final String part : MODEL.keySet()) {
				json.name(part).jsonValue(MODEL.get(part).get(0));
			}
			pairs.write(json);
			json.endObject().endObject();
		}
		return bytes.toByteArray();
	}

	private static void writeAdded(final JsonWriter json, final String content,
		final JsonObject token) throws IOException
	{
		json.beginObject().name("id").value(token.get("id").getAsInt());
		json.name("content").value(content);
		for (final String flag : List.of("single_word", "lstrip", "rstrip", "normalized")) {
			json.name(flag).value(false);
		}
		final JsonElement special = token.get("special");
		json.name("special")
			.value(special != null && special != JsonNull.INSTANCE && special.getAsBoolean()).endObject();
	}

	private static String shortened(final String text) {
		return text.length() <= 80 ? text : text.substring(0, 80) + "…";
	}
}
