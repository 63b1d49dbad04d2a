
package io.github.zimagefiji.engine.text;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;

/**
 * The vocabulary and the merges of a byte-level BPE tokenizer (Sennrich et al., arXiv 1508.07909;
 * bytes as letters as in GPT-2): each token is a text of the 256 letters that stand for bytes, and
 * each merge joins two tokens to a third.
 */
final class BytePairs {

	/** What a tokenizer's file says and Z-Image's do not. */
	static final class UnfitTokenizerException extends IOException {

		private static final long serialVersionUID = 1L;

		/** @param what the middle of a sentence: what is wrong with "it" */
		UnfitTokenizerException(final String what) {
			super(what);
		}
	}

	private static final int MAX_TOKENS = 1 << 19;
	private static final int MAX_LENGTH = 1024;
	private static final int BYTES = 256;
	/** The letters that stand for bytes. */
	private static final BitSet LETTERS = letters();

	private final Map<String, Integer> vocabulary = new LinkedHashMap<>();
	private final List<String[]> merges = new ArrayList<>();

	/**
	 * As in GPT-2: printable characters of Latin-1 stand for themselves, and the other bytes for the
	 * letters from U+0100 on.
	 */
	private static BitSet letters() {
		final BitSet letters = new BitSet();
		letters.set('!', '~' + 1);
		letters.set('¡', '¬' + 1);
		letters.set('®', 'ÿ' + 1);
		letters.set(BYTES, 2 * BYTES - letters.cardinality());
		return letters;
	}

	/** The token's number; null if it is not in the vocabulary. */
	Integer number(final String token) {
		return vocabulary.get(token);
	}

	/** Number of tokens. */
	int size() {
		return vocabulary.size();
	}

	/** Reads {@code {token: number}}. */
	void readVocabulary(final JsonReader json) throws IOException {
		json.beginObject();
		while (json.hasNext()) {
			final String token = json.nextName();
			checkLetters(token);
			if (vocabulary.size() == MAX_TOKENS)
				throw new UnfitTokenizerException("it has more than " + MAX_TOKENS + " tokens");
			if (vocabulary.put(token, json.nextInt()) != null)
				throw new UnfitTokenizerException("it has the token \"" + token + "\" twice");
		}
		json.endObject();
	}

	private static void checkLetters(final String token) throws UnfitTokenizerException {
		if (token.isEmpty() || token.length() > MAX_LENGTH)
			throw new UnfitTokenizerException("it has a token of " + token.length() + " letters");
		if (!token.chars().allMatch(LETTERS::get)) throw new UnfitTokenizerException(
			"its token \"" + token + "\" has characters that do not stand for bytes");
	}

	/** Reads merges as pairs, or as texts with a space between the two. */
	void readMerges(final JsonReader json) throws IOException {
		json.beginArray();
		while (json.hasNext()) {
			if (merges.size() == MAX_TOKENS)
				throw new UnfitTokenizerException("it has more than " + MAX_TOKENS + " merges");
			merges.add(json.peek() == JsonToken.STRING ? halves(json.nextString()) : pair(json));
		}
		json.endArray();
	}

	private static String[] pair(final JsonReader json) throws IOException {
		json.beginArray();
		final String[] pair = { json.nextString(), json.nextString() };
		json.endArray();
		return pair;
	}

	private static String[] halves(final String text) throws UnfitTokenizerException {
		final int space = text.indexOf(' ');
		if (space < 0)
			throw new UnfitTokenizerException("its merge \"" + shortened(text) + "\" has no space");
		return new String[] { text.substring(0, space), text.substring(space + 1) };
	}

	/**
	 * Checks that numbers are those from 0 on, that every byte is a token, and that each merge joins
	 * tokens to a token.
	 *
	 * @throws IOException if not, saying what is wrong
	 */
	void check() throws IOException {
		final BitSet numbers = new BitSet();
		for (final Map.Entry<String, Integer> token : vocabulary.entrySet()) {
			final int number = token.getValue();
			if (number < 0 || number >= size() || numbers.get(number))
				throw new UnfitTokenizerException("its token \"" + token.getKey() + "\" has the number " +
					number + "; its " + size() + " tokens are to be numbered from 0 on, each once");
			numbers.set(number);
		}
		for (int letter = LETTERS.nextSetBit(0); letter >= 0; letter = LETTERS.nextSetBit(letter + 1)) {
			if (!vocabulary.containsKey(String.valueOf((char) letter)))
				throw new UnfitTokenizerException("it has no token for the byte \"" + (char) letter + "\"");
		}
		final Set<String> seen = new HashSet<>();
		for (final String[] merge : merges) {
			if (vocabulary.containsKey(merge[0]) && vocabulary.containsKey(merge[1]) &&
				vocabulary.containsKey(merge[0] + merge[1]) && seen.add(merge[0] + ' ' + merge[1]))
				continue;
			throw new UnfitTokenizerException("its merge of \"" + shortened(merge[0]) + "\" and \"" +
				shortened(merge[1]) + "\" is there twice or does not join tokens to a token");
		}
	}

	/** Writes both as parts of an object. */
	void write(final JsonWriter json) throws IOException {
		json.name("vocab").beginObject();
		for (final Map.Entry<String, Integer> token : vocabulary.entrySet()) {
			json.name(token.getKey()).value(token.getValue());
		}
		json.endObject().name("merges").beginArray();
		for (final String[] merge : merges) {
			json.value(merge[0] + " " + merge[1]);
		}
		json.endArray();
	}

	private static String shortened(final String text) {
		return text.length() <= 40 ? text : text.substring(0, 40) + "…";
	}
}
