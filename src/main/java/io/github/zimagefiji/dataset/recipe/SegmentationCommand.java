
package io.github.zimagefiji.dataset.recipe;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.github.zimagefiji.fields.Key;
import io.github.zimagefiji.fields.RecordCodec;
import io.github.zimagefiji.fields.WrongValueException;

/**
 * A program that finds the objects of an image, in place of ImageJ's own means. It is a part of the
 * recipe, and still runs only if the user who makes the dataset allows it: a recipe may come from
 * others.
 *
 * @param command the program and its arguments, as they are, without a shell; {@code {image}}
 *          stands for the image file, {@code {labels}} for the label image that it must write
 * @param timeout seconds that one image may take
 */
public record SegmentationCommand(@Key(folder = SegmentationCommand.RECIPE) List<String> command,
		@Key(usual = "60", least = 1, most = 86400) int timeout)
{

	/** Stands for the image's file. */
	public static final String IMAGE = "{image}";
	/** Stands for the file that the labels must be written to. */
	public static final String LABELS = "{labels}";

	public static final String RECIPE = "{recipe}";

	/**
	 * @throws WrongValueException if there is no program, a file is not named, or the time is out of
	 *           range
	 */
	public SegmentationCommand {
		command = List.copyOf(command);
		if (command.isEmpty() || command.get(0).isBlank()) throw new WrongValueException("command",
			"The command names no program. Give a list: the program, then its arguments.");
		if (command.stream().anyMatch(word -> word.indexOf(0) >= 0))
			throw new WrongValueException("command",
				"The command holds the character 0, which no program can be given.");
		for (final String place : List.of(IMAGE, LABELS)) {
			if (command.stream().skip(1).noneMatch(word -> word.contains(place)))
				throw new WrongValueException("command",
					"The command does not tell the program the file " + place + ". Add it to the arguments.");
		}
		RecordCodec.check(SegmentationCommand.class, command, timeout);
	}

	/** The program and its arguments for one image. */
	public List<String> on(final String image, final String labels) {
		final List<String> words = new ArrayList<>(List.of(command.get(0)));
		for (final String word : command.subList(1, command.size()))
			words.add(word.replace(LABELS, labels).replace(IMAGE, image));
		return words;
	}

	/**
	 * All in one line, for people; what a terminal would not show is a question mark.
	 */
	public String line() {
		return command.stream().map(word -> word.matches("[^\\s\"']+") ? word : "'" + word + "'")
			.collect(Collectors.joining(" ")).replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
	}
}
