
package io.github.zimagefiji.model.folder;

import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;

import io.github.zimagefiji.ModelVariant;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.fields.BoundedText;
import io.github.zimagefiji.fields.Excerpt;
import io.github.zimagefiji.fields.Json;
import io.github.zimagefiji.fields.MalformedTextException;
import io.github.zimagefiji.io.IOReason;

/**
 * Reads one {@link CombinationFile}, strictly: a word that is not understood may be a mistake in
 * one that matters.
 */
final class CombinationReader {

	/** Longer files are something else. */
	private static final int MAX_BYTES = 100_000;

	private static final List<String> NEEDED =
		List.of("transformer", "text_encoder", "vae", "tokenizer");
	private static final List<String> OPTIONAL =
		List.of("name", "variant", "shift", "transformer_config", "text_encoder_config", "vae_config");

	private final Path file;
	private final Map<String, String> values = new LinkedHashMap<>();

	CombinationReader(final Path file) {
		this.file = file;
	}

	CombinationFile read() {
		try (JsonReader json = Json.reader(new StringReader(text()), Json.MOST_VALUES)) {
			readObject(json);
		}
		catch (final MalformedJsonException | EOFException | MalformedTextException e) {
			throw new InvalidInputException(
				file + " is not valid JSON. Write it as {\"transformer\": \"FILE\", …}, and / " +
					"instead of \\ in paths.",
				e);
		}
		catch (final IOException e) {
			throw unreadable(e);
		}
		for (final String key : NEEDED) {
			if (!values.containsKey(key)) throw missing(key);
		}
		return new CombinationFile(values.get("name"), path("transformer"), path("text_encoder"),
			path("vae"), path("tokenizer"), path("transformer_config"), path("text_encoder_config"),
			path("vae_config"), variant(), shift());
	}

	private String text() {
		try {
			return BoundedText.read(file, MAX_BYTES);
		}
		catch (final MalformedTextException e) {
			throw new InvalidInputException(file + " does not name the files of a model: " + e.reason() +
				". Choose another file, or save it as text in UTF-8.", e);
		}
		catch (final IOException e) {
			throw unreadable(e);
		}
	}

	private InvalidInputException unreadable(final IOException e) {
		return new InvalidInputException(file + " could not be read: " + IOReason.of(e) +
			". Check the drive and the permissions of the file.", e);
	}

	private void readObject(final JsonReader json) throws IOException {
		if (json.peek() != JsonToken.BEGIN_OBJECT) throw new InvalidInputException(
			file + " names no files of a model. Write {\"transformer\": \"FILE\", …}.");
		json.beginObject();
		while (json.hasNext()) {
			final String key = json.nextName();
			if (!NEEDED.contains(key) && !OPTIONAL.contains(key)) throw new InvalidInputException(
				"In " + file + ", \"" + Excerpt.of(key) + "\" is not known. Use " +
					String.join(", ", NEEDED) + " and, where needed, " + String.join(", ", OPTIONAL) + ".");
			if (json.peek() != JsonToken.STRING &&
				(json.peek() != JsonToken.NUMBER || !key.equals("shift")))
				throw problem(key,
					"must be " + (key.equals("shift") ? "a number" : "a text in quotation marks"));
			if (values.put(key, json.nextString()) != null) throw problem(key, "is there twice");
		}
		json.endObject();
		if (json.peek() != JsonToken.END_DOCUMENT)
			throw new MalformedJsonException("text after the object");
	}

	private InvalidInputException missing(final String key) {
		final String advice = key.equals("tokenizer")
			? "Single files hold no tokenizer. Download tokenizer.json from the folder \"tokenizer\" of Tongyi-MAI/Z-Image-Turbo, " +
				"and name that file or its folder"
			: "Add the path of the model's part, seen from the folder of this file";
		return new InvalidInputException(file + " does not say \"" + key + "\". " + advice + ".");
	}

	private Path path(final String key) {
		final String text = values.get(key);
		if (text == null) return null;
		if (text.isBlank()) throw problem(key, "is empty");
		try {
			return file.toAbsolutePath().getParent().resolve(text).normalize();
		}
		catch (final InvalidPathException e) {
			throw problem(key, "is \"" + Excerpt.of(text) + "\", which cannot be a path");
		}
	}

	private ModelVariant variant() {
		final String text = values.get("variant");
		if (text == null) return null;
		for (final ModelVariant variant : List.of(ModelVariant.TURBO, ModelVariant.BASE)) {
			if (variant.label().equals(text)) return variant;
		}
		throw problem("variant", "is \"" + Excerpt.of(text) + "\"; use turbo or base");
	}

	private Double shift() {
		if (!values.containsKey("shift")) return null;
		try {
			final double shift = Double.parseDouble(values.get("shift"));
			if (shift > 0 && shift < Double.POSITIVE_INFINITY) return shift;
		}
		catch (final NumberFormatException e) {
			throw problem("shift", "must be a number");
		}
		throw problem("shift", "must be above 0");
	}

	private InvalidInputException problem(final String key, final String what) {
		return new InvalidInputException("In " + file + ", \"" + key + "\" " + what + ".");
	}
}
