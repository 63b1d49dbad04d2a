
package io.github.zimagefiji.fields;

import java.io.StringReader;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

import io.github.zimagefiji.error.InvalidInputException;

/**
 * Reads YAML 1.1 of unknown origin, of which JSON is a part, within bounds: as deep as a recipe can
 * be and some more, as many values as fit into some 100 MB. An alias is the same value once more,
 * not a copy, so that none can multiply; work and memory grow in step with the text. No objects are
 * made of tags.
 */
public final class Yaml {

	private static final int MOST_CHARACTERS = 2_000_000;
	/** The parser's work grows with the square of a word's length. */
	private static final int LONGEST_LINE = 250_000;
	private static final int MOST_LEVELS = 20;
	private static final int MOST_VALUES = 100_000;
	private static final int MOST_ALIASES = 1000;

	private static final Set<Tag> KNOWN =
		Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.TIMESTAMP, Tag.MERGE);

	/** What the text is, such as "the recipe". */
	private final String what;
	private final Lines lines = new Lines();
	private final Map<Node, JsonElement> made = new IdentityHashMap<>();

	private Yaml(final String what) {
		this.what = what;
	}

	/**
	 * Reads a text. Its single values are texts as they are written.
	 *
	 * @param what it is, such as "the recipe"
	 * @throws InvalidInputException with the line, if it is not YAML, no section with keys and
	 *           values, or beyond the bounds
	 */
	public static Fields parse(final String text, final String what) {
		// a mark that some editors put in front of UTF-8
		return new Yaml(what).fields(text.startsWith("\uFEFF") ? text.substring(1) : text);
	}

	private Fields fields(final String yaml) {
		if (yaml.length() > MOST_CHARACTERS)
			throw refused("it has " + yaml.length() + " characters, more than " + MOST_CHARACTERS);
		checkLines(yaml);
		try {
			count(yaml);
			final Node node = new org.yaml.snakeyaml.Yaml(options()).compose(new StringReader(yaml));
			if (node == null) throw new InvalidInputException(capital(what) + " is empty.");
			return Fields.of(value(node), what, Wording.LINES, lines);
		}
		catch (final MarkedYAMLException e) {
			throw new InvalidInputException(
				"Line " + (e.getProblemMark() == null ? "?" : e.getProblemMark().getLine() + 1) +
					": this is not YAML: " + Excerpt.of(e.getProblem()) + ".",
				e);
		}
		catch (final YAMLException e) {
			throw refused("it is not YAML text: " +
				Excerpt.of(String.valueOf(e.getMessage()).lines().findFirst().orElse("")));
		}
	}

	private static void checkLines(final String yaml) {
		int line = 1;
		int start = 0;
		for (int i = 0; i <= yaml.length(); i++) {
			if (i < yaml.length() && yaml.charAt(i) != '\n') continue;
			if (i - start > LONGEST_LINE) throw new InvalidInputException("Line " + line + ": it has " +
				(i - start) + " characters, more than " + LONGEST_LINE + ".");
			line++;
			start = i + 1;
		}
	}

	private static LoaderOptions options() {
		final LoaderOptions options = new LoaderOptions();
		options.setCodePointLimit(MOST_CHARACTERS);
		options.setNestingDepthLimit(MOST_LEVELS);
		options.setMaxAliasesForCollections(MOST_ALIASES);
		return options;
	}

	/** Walks through the text once without keeping anything. */
	private void count(final String yaml) {
		int values = 0;
		int levels = 0;
		int aliases = 0;
		for (final Event event : new org.yaml.snakeyaml.Yaml(options()).parse(new StringReader(yaml))) {
			switch (event.getEventId()) {
				case MappingStart, SequenceStart -> levels++;
				case MappingEnd, SequenceEnd -> levels--;
				default -> aliases += event instanceof AliasEvent ? 1 : 0;
			}
			values++;
			final int line = event.getStartMark().getLine() + 1;
			if (levels > MOST_LEVELS) throw problem(line,
				"this is nested deeper than " + MOST_LEVELS + " levels, deeper than " + what + " can be.");
			if (values > MOST_VALUES || aliases > MOST_ALIASES)
				throw problem(line, what + " has more than " + MOST_VALUES + " values or " + MOST_ALIASES +
					" aliases. Make several of it.");
		}
	}

	private JsonElement value(final Node node) {
		final JsonElement known = made.get(node);
		if (known != null) return known;
		if (made.containsKey(node)) throw problem(node, "this value holds itself.");
		made.put(node, null);
		final JsonElement value = node instanceof MappingNode section ? section(section)
			: node instanceof SequenceNode list ? list(list) : new JsonPrimitive(scalar(node));
		made.put(node, value);
		lines.put(value, line(node));
		return value;
	}

	private JsonArray list(final SequenceNode node) {
		final JsonArray list = new JsonArray();
		for (final Node entry : node.getValue())
			list.add(value(entry));
		return list;
	}

	private JsonObject section(final MappingNode node) {
		final JsonObject section = new JsonObject();
		for (final NodeTuple entry : node.getValue()) {
			final Node at = entry.getKeyNode();
			final String key = scalar(at);
			if (section.has(key))
				throw problem(at, "The key \"" + Excerpt.of(key) + "\" stands there twice.");
			lines.put(section, key, line(at));
			section.add(key, value(entry.getValueNode()));
		}
		return section;
	}

	private static String scalar(final Node node) {
		if (!(node instanceof ScalarNode scalar)) throw problem(node, "A key must be a single value.");
		// "!include x" would be taken for the text "x"
		if (!KNOWN.contains(node.getTag())) throw problem(node, "This value has the tag " +
			Excerpt.of(node.getTag()) + ", which means nothing here. Remove it.");
		return scalar.getValue();
	}

	private static int line(final Node node) {
		return node.getStartMark().getLine() + 1;
	}

	private static InvalidInputException problem(final Node node, final String message) {
		return problem(line(node), message);
	}

	private static InvalidInputException problem(final int line, final String message) {
		return new InvalidInputException("Line " + line + ": " + message);
	}

	private InvalidInputException refused(final String reason) {
		return new InvalidInputException(capital(what) + " cannot be used: " + reason + ".");
	}

	private static String capital(final String words) {
		return Character.toUpperCase(words.charAt(0)) + words.substring(1);
	}
}
