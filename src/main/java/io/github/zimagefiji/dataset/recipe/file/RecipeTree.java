
package io.github.zimagefiji.dataset.recipe.file;

import java.io.StringReader;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.nodes.Node;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.fields.Excerpt;

/**
 * The tree of a recipe's text, within bounds: as deep as a recipe can be and some more, as many
 * values as fit into some 100 MB. Aliases are not followed, so that none can multiply; work and
 * memory grow in step with the text.
 */
final class RecipeTree {

	private static final int MOST_CHARACTERS = 2_000_000;
	/** The parser's work grows with the square of a word's length. */
	private static final int LONGEST_LINE = 250_000;
	private static final int MOST_LEVELS = 20;
	private static final int MOST_VALUES = 100_000;
	private static final int MOST_ALIASES = 1000;

	private RecipeTree() {
		// only parse()
	}

	/**
	 * Reads a text.
	 *
	 * @throws InvalidInputException if it is not YAML or beyond the bounds
	 */
	static Node parse(final String text) {
		// a mark that some editors put in front of UTF-8
		final String yaml = text.startsWith("\uFEFF") ? text.substring(1) : text;
		if (yaml.length() > MOST_CHARACTERS)
			throw refused("it has " + yaml.length() + " characters, more than " + MOST_CHARACTERS);
		checkLines(yaml);
		try {
			count(yaml);
			final Node node = new Yaml(options()).compose(new StringReader(yaml));
			if (node == null) throw new InvalidInputException("The recipe is empty.");
			return node;
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
	private static void count(final String yaml) {
		int values = 0;
		int levels = 0;
		int aliases = 0;
		for (final Event event : new Yaml(options()).parse(new StringReader(yaml))) {
			switch (event.getEventId()) {
				case MappingStart, SequenceStart -> levels++;
				case MappingEnd, SequenceEnd -> levels--;
				default -> aliases += event instanceof AliasEvent ? 1 : 0;
			}
			values++;
			final int line = event.getStartMark().getLine() + 1;
			if (levels > MOST_LEVELS) throw new InvalidInputException("Line " + line +
				": this is nested deeper than " + MOST_LEVELS + " levels, which no recipe is.");
			if (values > MOST_VALUES || aliases > MOST_ALIASES)
				throw new InvalidInputException("Line " + line + ": the recipe has more than " +
					MOST_VALUES + " values or " + MOST_ALIASES + " aliases. Make several of it.");
		}
	}

	private static InvalidInputException refused(final String reason) {
		return new InvalidInputException("The recipe cannot be used: " + reason + ".");
	}
}
