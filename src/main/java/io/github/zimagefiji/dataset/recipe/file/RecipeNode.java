
package io.github.zimagefiji.dataset.recipe.file;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

import io.github.zimagefiji.dataset.recipe.Range;
import io.github.zimagefiji.dataset.recipe.RecipeValueException;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.fields.Excerpt;
import io.github.zimagefiji.image.source.PlaneChoice;

/** A section of a recipe's text: its values by key, each with its line. */
final class RecipeNode {

	private static final Set<Tag> KNOWN =
		Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.TIMESTAMP, Tag.MERGE);

	private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,19}");

	/** Unambiguous, so that no text makes it go back. */
	private static final Pattern NUMBER =
		Pattern.compile("[+-]?+(?:[0-9]++(?:\\.[0-9]*+)?+|\\.[0-9]++)(?:[eE][+-]?+[0-9]++)?+");

	private static final int MOST_DIGITS = 100;

	private final Node node;
	private final Map<String, Node> values = new LinkedHashMap<>();
	private final Map<String, Node> keys = new LinkedHashMap<>();

	/**
	 * @throws InvalidInputException if it is no section, or has another key, or one twice
	 */
	RecipeNode(final Node node, final String what, final String... keys) {
		this.node = node;
		if (!(node instanceof MappingNode))
			throw problem(node, what + " must be a section with keys and values.");
		for (final NodeTuple entry : ((MappingNode) node).getValue()) {
			final String key = scalar(entry.getKeyNode(), "A key of " + what);
			if (keys.length > 0 && !Arrays.asList(keys).contains(key))
				throw problem(entry.getKeyNode(), "The key \"" + Excerpt.of(key) + "\" is not known in " +
					what + ". Known are: " + String.join(", ", new TreeSet<>(Arrays.asList(keys))) + ".");
			this.keys.put(key, entry.getKeyNode());
			if (values.put(key, entry.getValueNode()) != null) throw problem(entry.getKeyNode(),
				"The key \"" + Excerpt.of(key) + "\" stands there twice.");
		}
	}

	/** The keys that are there, in order. */
	Iterable<String> keys() {
		return values.keySet();
	}

	boolean has(final String key) {
		return values.containsKey(key);
	}

	/** A section below this one; null if there is none. */
	RecipeNode section(final String key, final String... keys) {
		return has(key) ? new RecipeNode(values.get(key), "\"" + key + "\"", keys) : null;
	}

	/** Sections in a list. */
	List<RecipeNode> sections(final String key, final String... keys) {
		final List<RecipeNode> sections = new ArrayList<>();
		for (final Node entry : list(key))
			sections.add(new RecipeNode(entry, "an entry of \"" + key + "\"", keys));
		return sections;
	}

	/**
	 * Text or any other single value as it is written; the default if there is none.
	 */
	String text(final String key, final String otherwise) {
		return has(key) ? scalar(values.get(key), "\"" + key + "\"") : otherwise;
	}

	/** A value that must be there. */
	String text(final String key) {
		if (!has(key)) throw problem(node, "The key \"" + key + "\" is missing.");
		return text(key, null);
	}

	/** Values in a list. */
	List<String> texts(final String key) {
		final List<String> texts = new ArrayList<>();
		for (final Node entry : list(key))
			texts.add(scalar(entry, "An entry of \"" + key + "\""));
		return texts;
	}

	/** The same for one that must be there. */
	Path neededPath(final String key, final Path base) {
		text(key);
		return path(key, base);
	}

	/** A file or folder as it is written, seen from another; null if none. */
	Path path(final String key, final Path base) {
		if (!has(key)) return null;
		try {
			return base.resolve(text(key)).normalize();
		}
		catch (final InvalidPathException e) {
			throw problem(values.get(key),
				"\"" + key + "\" is \"" + Excerpt.of(text(key)) + "\", which cannot be a path.");
		}
	}

	double number(final String key, final double otherwise) {
		return has(key) ? number(values.get(key), key) : otherwise;
	}

	Double numberOrNull(final String key) {
		return has(key) ? (Double) number(values.get(key), key) : null;
	}

	long whole(final String key, final long otherwise) {
		if (!has(key)) return otherwise;
		final String text = text(key);
		try {
			// parseLong also takes digits of other scripts
			if (WHOLE.matcher(text).matches()) return Long.parseLong(text);
		}
		catch (final NumberFormatException e) {
			// nineteen digits can be too many
		}
		throw problem(values.get(key),
			"\"" + key + "\" is \"" + Excerpt.of(text) + "\"; it must be a whole number.");
	}

	int integer(final String key, final int otherwise) {
		final long value = whole(key, otherwise);
		if (value != (int) value) throw problem(values.get(key),
			"\"" + key + "\" is " + value + ", which is beyond what can be used.");
		return (int) value;
	}

	Integer integerOrNull(final String key) {
		return has(key) ? (Integer) integer(key, 0) : null;
	}

	/** The plane of a file by its channel, slice and frame, from 1. */
	PlaneChoice plane() {
		return make(() -> new PlaneChoice(position("channel"), position("slice"), position("frame")));
	}

	/** 0 for the only one that there is. */
	private int position(final String key) {
		final int position = integer(key, 0);
		RecipeValueException.check(key, position, 0, 65535);
		return position;
	}

	/** True or false. */
	boolean flag(final String key, final boolean otherwise) {
		if (!has(key)) return otherwise;
		final String text = text(key);
		if (!text.matches("true|false")) throw problem(values.get(key),
			"\"" + key + "\" is \"" + text + "\"; it must be true or false.");
		return Boolean.parseBoolean(text);
	}

	/** One number, or a list of two: from, to. */
	Range range(final String key, final Range otherwise) {
		if (!has(key)) return otherwise;
		if (values.get(key) instanceof ScalarNode) return Range.of(number(values.get(key), key));
		final List<Node> ends = list(key);
		if (ends.size() != 2) throw problem(values.get(key),
			"\"" + key + "\" must be one number or a list of two, such as [3, 6].");
		return new Range(number(ends.get(0), key), number(ends.get(1), key));
	}

	/** One of an enumeration's constants by what recipes call it. */
	<E extends Enum<E>> E choice(final String key, final E[] constants, final E otherwise) {
		return has(key) ? choice(values.get(key), key, constants) : otherwise;
	}

	/** A list of constants. */
	<E extends Enum<E>> List<E> choices(final String key, final E[] constants) {
		final List<E> chosen = new ArrayList<>();
		for (final Node entry : list(key))
			chosen.add(choice(entry, key, constants));
		return chosen;
	}

	/**
	 * Makes something of this section's values; what it refuses is told with its line.
	 */
	<T> T make(final Supplier<T> made) {
		try {
			return made.get();
		}
		catch (final RecipeValueException e) {
			throw problem(keys.getOrDefault(e.key(), node), e.getMessage());
		}
	}

	private List<Node> list(final String key) {
		if (!(values.get(key) instanceof SequenceNode)) throw problem(keys.getOrDefault(key, node),
			"\"" + key + "\" must be a list, such as [a, b].");
		return ((SequenceNode) values.get(key)).getValue();
	}

	private static <E extends Enum<E>> E choice(final Node node, final String key,
		final E[] constants)
	{
		final String text = scalar(node, "\"" + key + "\"");
		final List<String> known = new ArrayList<>();
		for (final E constant : constants) {
			final String label = constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
			if (label.equals(text)) return constant;
			known.add(label);
		}
		throw problem(node, "\"" + key + "\" is \"" + Excerpt.of(text) + "\"; it must be one of " +
			String.join(", ", known) + ".");
	}

	private static double number(final Node node, final String key) {
		final String text = scalar(node, "\"" + key + "\"");
		// parseDouble also takes "1f" and "NaN"
		if (text.length() > MOST_DIGITS || !NUMBER.matcher(text).matches())
			throw problem(node, "\"" + key + "\" is \"" + Excerpt.of(text) + "\"; it must be a number.");
		return Double.parseDouble(text);
	}

	private static String scalar(final Node node, final String what) {
		if (!(node instanceof ScalarNode)) throw problem(node, what + " must be a single value.");
		// "!include x" would be taken for the text "x"
		if (!KNOWN.contains(node.getTag())) throw problem(node, what + " has the tag " +
			Excerpt.of(node.getTag()) + ", which means nothing here. Remove it.");
		return ((ScalarNode) node).getValue();
	}

	private static InvalidInputException problem(final Node node, final String message) {
		return new InvalidInputException(
			"Line " + (node.getStartMark().getLine() + 1) + ": " + message);
	}
}
