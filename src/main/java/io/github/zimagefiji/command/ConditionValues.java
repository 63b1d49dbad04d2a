
package io.github.zimagefiji.command;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.scijava.command.Command;

import ij.ImagePlus;
import io.github.zimagefiji.ModelVariant;
import io.github.zimagefiji.Provenance;
import io.github.zimagefiji.command.common.OpenImage;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.hub.builtin.BuiltInModel;
import io.github.zimagefiji.request.Conditions;
import io.github.zimagefiji.request.LoraChoice;
import io.github.zimagefiji.request.Task;
import io.github.zimagefiji.service.LoraText;
import io.github.zimagefiji.weights.Checkpoint;
import io.github.zimagefiji.weights.Fingerprint;

/**
 * The values of a command that make an image again: those that stand for what it was made from
 * beside its prompt.
 */
final class ConditionValues {

	private static final Map<Task, Class<? extends Command>> COMMANDS = Map.of(Task.TEXT_TO_IMAGE,
		TextToImage.class, Task.IMAGE_TO_IMAGE, ImageToImage.class, Task.INPAINT, Inpaint.class,
		Task.OUTPAINT, Outpaint.class, Task.CONTROL, Control.class, Task.EDIT, EditImage.class);

	private static final Pattern TILES =
		Pattern.compile("tiles of (\\d+) x \\1, overlap (\\d+) x \\2");

	private final Provenance provenance;
	private final Conditions conditions;
	private final PictureSearch search;
	private final Map<String, Object> values = new LinkedHashMap<>();

	private ConditionValues(final Provenance provenance, final List<ImagePlus> open) {
		this.provenance = provenance;
		conditions = provenance.conditions();
		search = new PictureSearch(open);
	}

	/** The command that makes an image of that kind. */
	static Class<? extends Command> command(final Provenance provenance) {
		return COMMANDS.get(provenance.conditions().task());
	}

	/**
	 * Looks for everything that is needed.
	 *
	 * @param open images among which to look
	 * @throws InvalidInputException if something is missing, with what it is and what to do
	 */
	static Map<String, Object> of(final Provenance provenance, final List<ImagePlus> open) {
		return new ConditionValues(provenance, open).all();
	}

	private Map<String, Object> all() {
		if (conditions.reference()) throw new InvalidInputException(
			"This image was made as the reference makes it, which the commands of this menu do not. Use a script or the command " +
				"line.");
		values.put("lora", loras());
		switch (conditions.task()) {
			case TEXT_TO_IMAGE -> {
				// nothing went in beside the prompt
			}
			case CONTROL -> control();
			case EDIT -> edit();
			default -> picture();
		}
		values.values().removeIf(value -> value == null);
		return values;
	}

	private void picture() {
		final ImagePlus image = take(search.image(input("image")));
		values.put("image", image);
		if (has("mask")) values.putAll(search.mask(input("mask"), image));
		values.put("strength", conditions.strength());
		values.put("feather", conditions.feather());
		final String[] sides = { "left", "right", "top", "bottom" };
		for (int i = 0; i < conditions.borders().size(); i++)
			values.put(sides[i], conditions.borders().get(i));
		tiles();
	}

	private void control() {
		if (provenance.model().variant() != ModelVariant.BUILT_IN ||
			!conditions.control().name().equals(name(BuiltInModel.controlNet())))
			throw new InvalidInputException("This image was made with the ControlNet " +
				conditions.control().name() + ". Use Control... and choose its file.");
		values.put("image", take(search.control(input("control"))));
		values.put("control_scale", conditions.control().scale());
		values.put("feather", conditions.feather());
		tiles();
		if (!has("image")) return;
		final ImagePlus target = search.image(input("image")).image();
		values.put("paint_into", new OpenImage(target));
		values.putAll(search.mask(input("mask"), target));
	}

	private void edit() {
		values.put("image", take(search.image(conditions.inputs().get(0))));
		values.put("more_images", String.join(" | ", conditions.inputs().stream().skip(1)
			.map(input -> search.image(input).image().getTitle()).toList()));
	}

	private ImagePlus take(final PictureSearch.Found found) {
		values.putAll(found.values());
		return found.image();
	}

	private void tiles() {
		final Matcher tiles = TILES.matcher(conditions.tiles());
		values.put("tile", tiles.matches() ? Integer.valueOf(tiles.group(1))
			: Integer.valueOf(conditions.tiles().equals("whole") ? -1 : 0));
		if (tiles.matches()) values.put("tile_overlap", Integer.valueOf(tiles.group(2)));
	}

	private boolean has(final String role) {
		return conditions.inputs().stream().anyMatch(each -> each.role().equals(role));
	}

	private Conditions.Input input(final String role) {
		return conditions.inputs().stream().filter(each -> each.role().equals(role)).findFirst()
			.orElseThrow(() -> new InvalidInputException(
				"This image does not say which " + role + " it was made from."));
	}

	/**
	 * Images do not say where a LoRA lies; the built-in one is known by its content.
	 */
	private String loras() {
		String result = "";
		for (final Conditions.Lora lora : conditions.loras()) {
			final Path file = BuiltInModel.grainyLora();
			if (!lora.fingerprint().equals(Fingerprint.ofTensors(Checkpoint.openFile(file))))
				throw new InvalidInputException(
					"This image was made with the LoRA " + lora.name() + " at scale " + lora.scale() +
						". Use " + conditions.task().title() + "... and choose its file.");
			result =
				LoraText.with(result, LoraText.text(new LoraChoice(file, lora.scale(), lora.unused() > 0)));
		}
		return result;
	}

	private static String name(final Path path) {
		return path.getFileName().toString();
	}
}
