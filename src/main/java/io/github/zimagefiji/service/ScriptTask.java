
package io.github.zimagefiji.service;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.request.Task;

/** Which kind of request the names of a script's values ask for. */
final class ScriptTask {

	private static final List<String> PICTURE =
		List.of("image", "intensity", "channel", "reference", "tile", "tile_overlap");

	/** Names beside those that all requests know. */
	private static final Map<Task, Set<String>> NAMES =
		new EnumMap<>(Map.of(Task.TEXT_TO_IMAGE, Set.of("width", "height"), Task.IMAGE_TO_IMAGE,
			with("strength"), Task.INPAINT, with("mask", "strength", "feather"), Task.OUTPAINT,
			with("left", "right", "top", "bottom"), Task.CONTROL,
			with("control_image", "control_model", "control_scale", "preprocessor", "mask", "feather",
				"width", "height"),
			Task.EDIT,
			Set.of("image", "images", "intensity", "channel", "reference", "width", "height")));

	private ScriptTask() {
		// only static methods
	}

	private static Set<String> with(final String... own) {
		final Set<String> names = new LinkedHashSet<>(PICTURE);
		names.addAll(Arrays.asList(own));
		return names;
	}

	/** All names that only some kind has. */
	static Set<String> names() {
		final Set<String> all = new LinkedHashSet<>();
		for (final Task task : Task.values())
			NAMES.get(task).stream().sorted().forEach(all::add);
		return all;
	}

	/**
	 * The kind that is named by {@code task}, else the one that the other names ask for.
	 *
	 * @throws InvalidInputException if there is no such kind, or a value is given that has no meaning
	 *           for it
	 */
	static Task of(final NamedValues values) {
		final Task task = values.text("task").map(ScriptTask::named).orElseGet(() -> guess(values));
		for (final String name : names()) {
			if (values.has(name) && !NAMES.get(task).contains(name)) throw new InvalidInputException(
				"The value " + name + " has no meaning for " + task.label() + ". It takes: " +
					NAMES.get(task).stream().sorted().collect(Collectors.joining(", ")) + ".");
		}
		return task;
	}

	private static Task named(final String label) {
		return Arrays.stream(Task.values()).filter(each -> each.label().equals(label)).findFirst()
			.orElseThrow(
				() -> new InvalidInputException("There is no task \"" + label + "\". Use one of " +
					Arrays.stream(Task.values()).map(Task::label).collect(Collectors.joining(", ")) + "."));
	}

	private static Task guess(final NamedValues values) {
		if (values.has("images")) return Task.EDIT;
		if (values.has("control_image")) return Task.CONTROL;
		if (values.has("left") || values.has("right") || values.has("top") || values.has("bottom"))
			return Task.OUTPAINT;
		if (values.has("mask")) return Task.INPAINT;
		return values.has("image") ? Task.IMAGE_TO_IMAGE : Task.TEXT_TO_IMAGE;
	}
}
