
package io.github.zimagefiji.service;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.fields.Labelled;
import io.github.zimagefiji.hub.builtin.BuiltInModel;
import io.github.zimagefiji.request.ComputeOptions;
import io.github.zimagefiji.request.GenerationRequest;
import io.github.zimagefiji.request.LoraChoice;
import io.github.zimagefiji.request.Task;
import io.github.zimagefiji.request.TextToImageRequest;
import io.github.zimagefiji.request.setting.RequestMaker;
import io.github.zimagefiji.request.setting.Setting;
import io.github.zimagefiji.request.setting.SettingValues;
import io.github.zimagefiji.request.setting.Settings;
import io.github.zimagefiji.request.setting.ValueType;

/**
 * What a script asks for by name; see {@link ZImageService#generate(Map)} for the names. They are
 * those of the provenance, so that what an image says of itself can be given back.
 *
 * @param keep for a series: how many images stay in memory
 */
record ScriptRun(Path model, ComputeOptions compute, GenerationRequest request, int keep) {

	private static final Setting<Integer> KEEP = Setting
		.of("keep", ValueType.WHOLE, "N", "How many images of a series stay in memory.").otherwise(16);
	private static final Setting<String> TASK =
		Setting.of("task", ValueType.TEXT, "NAME", "What is done with an image.");

	/** What only some kinds of requests have. */
	private static final List<Setting<?>> OF_TASKS =
		Arrays.stream(Task.values()).flatMap(task -> Settings.of(task).stream()).distinct().toList();

	private static final List<Setting<?>> ALL = all();

	private static List<Setting<?>> all() {
		final Set<Setting<?>> all = new LinkedHashSet<>(Settings.TEXT);
		all.addAll(Settings.MODEL_AND_COMPUTE);
		all.addAll(List.of(KEEP, TASK));
		all.addAll(OF_TASKS);
		return List.copyOf(all);
	}

	/**
	 * Reads the values.
	 *
	 * @throws InvalidInputException if a name is unknown, or a value cannot be used
	 */
	static ScriptRun of(final Map<?, ?> given) {
		final SettingValues values = new SettingValues(given, ALL);
		final ComputeOptions compute = RequestMaker.compute(values);
		final TextToImageRequest text = values.text().loras(loras(values)).build();
		final Task task = task(values);
		final GenerationRequest request =
			RequestMaker.make(task, text, values, new ScriptPictures(values, task));
		return new ScriptRun(
			values.find(Settings.MODEL)
				.orElseGet(() -> task == Task.EDIT ? BuiltInModel.editModel() : BuiltInModel.folder()),
			compute, request, values.get(KEEP));
	}

	private static List<LoraChoice> loras(final SettingValues values) {
		final List<LoraChoice> result = new ArrayList<>();
		Stream.of(Settings.LORA, Settings.LORAS)
			.flatMap(each -> values.find(each).stream().flatMap(List::stream)).forEach(each -> {
				if (each instanceof LoraChoice ready) result.add(ready);
				else result.addAll(LoraText.parse(String.valueOf(each)));
			});
		return result;
	}

	/**
	 * The kind that is named by {@code task}, else the one that the other names ask for.
	 *
	 * @throws InvalidInputException if there is no such kind, or a value is given that has no meaning
	 *           for it
	 */
	private static Task task(final SettingValues values) {
		final Task task = values.find(TASK).map(ScriptRun::named).orElseGet(() -> guess(values));
		final List<Setting<?>> own = Settings.of(task);
		for (final Setting<?> each : OF_TASKS) {
			if (values.has(each) && !own.contains(each)) throw new InvalidInputException(
				"The value " + each.name() + " has no meaning for " + task.label() + ". It takes: " +
					own.stream().map(Setting::name).sorted().collect(Collectors.joining(", ")) + ".");
		}
		return task;
	}

	private static Task named(final String label) {
		return Labelled.find(Task.values(), label).orElseThrow(
			() -> new InvalidInputException("There is no task \"" + label + "\". Use one of " +
				Arrays.stream(Task.values()).map(Task::label).collect(Collectors.joining(", ")) + "."));
	}

	private static Task guess(final SettingValues values) {
		if (values.has(Settings.IMAGES)) return Task.EDIT;
		if (values.has(Settings.CONTROL_IMAGE)) return Task.CONTROL;
		if (Stream.of(Settings.LEFT, Settings.RIGHT, Settings.TOP, Settings.BOTTOM)
			.anyMatch(values::has)) return Task.OUTPAINT;
		if (values.has(Settings.MASK)) return Task.INPAINT;
		return values.has(Settings.IMAGE) ? Task.IMAGE_TO_IMAGE : Task.TEXT_TO_IMAGE;
	}

	/**
	 * The request of a series.
	 *
	 * @throws InvalidInputException if it starts from an image
	 */
	TextToImageRequest series() {
		if (request instanceof TextToImageRequest text) return text;
		throw new InvalidInputException("A series is made from a prompt alone; there is none for " +
			request.task().label() + ". Use generate.");
	}
}
