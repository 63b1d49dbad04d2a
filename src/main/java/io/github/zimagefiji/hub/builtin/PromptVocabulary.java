
package io.github.zimagefiji.hub.builtin;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

/**
 * The words that the built-in model was trained with, in English and Chinese.
 */
final class PromptVocabulary {

	/**
	 * A word of letters with its apostrophes and hyphens, or a number; Chinese writes no spaces, so a
	 * run of it.
	 */
	private static final Pattern PIECE = Pattern.compile(
		"(?<chinese>\\p{IsHan}+)|(?<other>[\\p{L}\\p{M}\\p{N}&&[^\\p{IsHan}]][\\p{L}\\p{M}\\p{N}'’\\-&&[^\\p{IsHan}]]*)");

	private static final int LARGEST_NUMBER = 6;

	private final Set<String> english;
	private final Set<String> chinese;
	private final int longestChinese;

	private PromptVocabulary(final JsonObject json) {
		english = words(json, "en");
		chinese = words(json, "zh");
		longestChinese = chinese.stream().mapToInt(String::length).max().orElse(1);
		for (int n = 1; n <= LARGEST_NUMBER; n++) {
			english.add(String.valueOf(n));
		}
	}

	/** The vocabulary of the model in this jar. */
	static PromptVocabulary builtIn() {
		try (Reader reader =
			new InputStreamReader(BuiltInModel.open("vocabulary.json"), StandardCharsets.UTF_8))
		{
			return new PromptVocabulary(JsonParser.parseReader(reader).getAsJsonObject());
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/**
	 * The words of a prompt that the model has never seen, each once, in their order.
	 */
	List<String> unknown(final String prompt) {
		final Set<String> result = new LinkedHashSet<>();
		final Matcher pieces = PIECE.matcher(prompt);
		while (pieces.find()) {
			final String run = pieces.group("chinese");
			if (run != null) result.addAll(unknownChinese(run));
			else
				if (!english.contains(pieces.group().toLowerCase(Locale.ROOT))) result.add(pieces.group());
		}
		return new ArrayList<>(result);
	}

	/**
	 * A prompt without its last word, if that may be the beginning of a word that the model knows.
	 */
	String finished(final String prompt) {
		final Matcher pieces = PIECE.matcher(prompt);
		int last = prompt.length();
		String word = "";
		while (pieces.find()) {
			last = pieces.start();
			word = pieces.end() == prompt.length() ? pieces.group().toLowerCase(Locale.ROOT) : "";
		}
		final String begun = word;
		return !begun.isEmpty() && english.stream().anyMatch(known -> known.startsWith(begun))
			? prompt.substring(0, last) : prompt;
	}

	/**
	 * Takes the longest known word at each place; what lies between known words is unknown.
	 */
	private List<String> unknownChinese(final String run) {
		final List<String> result = new ArrayList<>();
		final StringBuilder strange = new StringBuilder();
		int at = 0;
		while (at < run.length()) {
			final int known = knownAt(run, at);
			if (known > 0) flush(strange, result);
			else strange.appendCodePoint(run.codePointAt(at));
			at += known > 0 ? known : Character.charCount(run.codePointAt(at));
		}
		flush(strange, result);
		return result;
	}

	private int knownAt(final String run, final int at) {
		for (int length = Math.min(longestChinese, run.length() - at); length > 0; length--) {
			if (chinese.contains(run.substring(at, at + length))) return length;
		}
		return 0;
	}

	private static void flush(final StringBuilder strange, final List<String> result) {
		if (strange.length() > 0) result.add(strange.toString());
		strange.setLength(0);
	}

	private static Set<String> words(final JsonObject json, final String language) {
		final Set<String> result = new TreeSet<>();
		for (final JsonElement word : json.getAsJsonArray(language)) {
			result.add(word.getAsString());
		}
		return result;
	}
}
