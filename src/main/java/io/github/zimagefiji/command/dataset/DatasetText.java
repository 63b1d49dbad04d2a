
package io.github.zimagefiji.command.dataset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.zimagefiji.dataset.recipe.Camera;
import io.github.zimagefiji.dataset.recipe.OutputFormat;
import io.github.zimagefiji.dataset.recipe.Range;
import io.github.zimagefiji.dataset.recipe.Splits;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.fields.Excerpt;
import io.github.zimagefiji.fields.NearestWord;

/**
 * Values of a recipe as one line of text each, so that a dialog with all of them fits on a screen.
 */
final class DatasetText {

	/** What cameras usually do: the numbers of the documentation's recipe. */
	static final String CAMERA =
		"blur=0.8; photons=300; background=0; read-noise=2; gain=20; offset=100";

	private static final String NUMBER = "(\\d+(?:\\.\\d+)?)";
	private static final Pattern RANGE =
		Pattern.compile(NUMBER + "(?:\\s*(?:-|–|to|,)\\s*" + NUMBER + ")?");
	private static final Pattern SIZE = Pattern.compile("(\\d{1,5})(?:\\s*[x×*,]\\s*(\\d{1,5}))?");

	private DatasetText() {
		// only static methods
	}

	/**
	 * Reads {@code 3-6}, or {@code 4} for one fixed value.
	 *
	 * @throws InvalidInputException if it is neither
	 */
	static Range range(final String text) {
		final Matcher range = RANGE.matcher(text.strip());
		if (!range.matches()) throw new InvalidInputException(
			"\"" + Excerpt.of(text) + "\" is no range. Write two numbers such as 3-6, " + "or one.");
		final double least = Double.parseDouble(range.group(1));
		return new Range(least, range.group(2) == null ? least : Double.parseDouble(range.group(2)));
	}

	/** Writes what {@link #range} reads. */
	static String of(final Range range) {
		return range.least() == range.most() ? plain(range.least())
			: plain(range.least()) + "-" + plain(range.most());
	}

	/**
	 * Reads width and height: {@code 128 x 96}, or {@code 128} for a square.
	 *
	 * @throws InvalidInputException if it is neither
	 */
	static int[] size(final String text) {
		final Matcher size = SIZE.matcher(text.strip());
		if (!size.matches()) throw new InvalidInputException("\"" + Excerpt.of(text) +
			"\" is no size. Write width and height in pixels, " + "such as 128 x 128.");
		final int width = Integer.parseInt(size.group(1));
		return new int[] { width, size.group(2) == null ? width : Integer.parseInt(size.group(2)) };
	}

	/**
	 * Reads what places of the prompt may hold: {@code colour=green, blue; background=dark, hazy}.
	 *
	 * @throws InvalidInputException if a part is no such table
	 */
	static Map<String, List<String>> tables(final String text) {
		final Map<String, List<String>> tables = new LinkedHashMap<>();
		for (final String part : parts(text, ";")) {
			final int equals = part.indexOf('=');
			if (equals < 1) throw new InvalidInputException("\"" + Excerpt.of(part) +
				"\" is no table of values. Write such as " + "colour=green, blue; background=dark, hazy.");
			final String place = part.substring(0, equals).strip();
			if (tables.put(place, parts(part.substring(equals + 1), ",")) != null)
				throw new InvalidInputException(
					"The table \"" + Excerpt.of(place) + "\" stands there twice.");
		}
		return tables;
	}

	/**
	 * Reads the shares of train, val and test: {@code 0.8, 0.1, 0.1}, or in percent; what is missing
	 * is 0.
	 *
	 * @throws InvalidInputException if they cannot be used
	 */
	static Splits splits(final String text) {
		final List<String> parts = parts(text, "[,;/]");
		if (parts.isEmpty() || parts.size() > 3 ||
			!parts.stream().allMatch(part -> part.matches(NUMBER)))
			throw new InvalidInputException(
				"\"" + Excerpt.of(text) + "\" are no shares. Write those of train, val and test, such as " +
					"0.8, 0.1, 0.1 or 80, 10, 10.");
		final double[] shares = new double[3];
		for (int i = 0; i < parts.size(); i++)
			shares[i] = Double.parseDouble(parts.get(i));
		final boolean percent = Math.abs(Arrays.stream(shares).sum() - 100) < 1e-4;
		return percent ? new Splits(shares[0] / 100, shares[1] / 100, shares[2] / 100)
			: new Splits(shares[0], shares[1], shares[2]);
	}

	/**
	 * Reads names of layouts: {@code tiff, coco}.
	 *
	 * @throws InvalidInputException if there is none of a name
	 */
	static List<OutputFormat> outputs(final String text) {
		final List<OutputFormat> outputs = new ArrayList<>();
		final List<OutputFormat> formats = List.of(OutputFormat.values());
		final List<String> known = formats.stream().map(OutputFormat::label).toList();
		for (final String part : parts(text, ",")) {
			if (!known.contains(part))
				throw new InvalidInputException("There is no output \"" + Excerpt.of(part) + "\"." +
					NearestWord.question(part, known) + " Use some of: " + String.join(", ", known) + ".");
			outputs.add(formats.get(known.indexOf(part)));
		}
		return outputs;
	}

	/**
	 * Reads a camera's numbers: {@code blur=0.8; photons=300; …}; what is missing is as in
	 * {@link #CAMERA}.
	 *
	 * @throws InvalidInputException if a name is not known, or a value no number
	 */
	static Camera camera(final String text) {
		final Map<String, List<String>> usual = tables(CAMERA);
		tables(text).forEach((name, value) -> {
			if (!usual.containsKey(name)) throw new InvalidInputException("A camera has no \"" +
				Excerpt.of(name) + "\"." + NearestWord.question(name, usual.keySet()) + " It has: " +
				String.join(", ", usual.keySet()) + ".");
			if (value.size() != 1 || !value.get(0).matches(NUMBER))
				throw new InvalidInputException("\"" + Excerpt.of(name) + "\" of the camera is \"" +
					Excerpt.of(String.join(", ", value)) + "\"; it must be a number.");
			usual.put(name, value);
		});
		final double[] n =
			usual.values().stream().mapToDouble(value -> Double.parseDouble(value.get(0))).toArray();
		return new Camera(n[0], n[1], n[2], n[3], n[4], n[5]);
	}

	private static List<String> parts(final String text, final String separator) {
		return Stream.of(text.split(separator)).map(String::strip).filter(part -> !part.isEmpty())
			.toList();
	}

	private static String plain(final double value) {
		return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
	}
}
