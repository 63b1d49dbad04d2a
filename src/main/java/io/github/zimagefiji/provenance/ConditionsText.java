
package io.github.zimagefiji.provenance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.zimagefiji.request.Conditions;
import io.github.zimagefiji.request.IntensityMapping;
import io.github.zimagefiji.request.Task;

/**
 * What went in beside the prompt, as lines for people; see {@link ProvenanceText}.
 */
final class ConditionsText {

	private ConditionsText() {
		// only lines()
	}

	/**
	 * Names and values of the lines in order; none for what has no meaning or is as usual. Values may
	 * hold anything.
	 */
	static List<Map.Entry<String, String>> lines(final Conditions c) {
		final List<Map.Entry<String, String>> lines = new ArrayList<>();
		if (c.task() != Task.TEXT_TO_IMAGE) lines.add(Map.entry("task", c.task().label()));
		for (final Conditions.Input input : c.inputs())
			lines.add(Map.entry("input", input(input)));
		if (c.strength() != null) lines.add(Map.entry("strength", c.strength().toString()));
		if (c.feather() != null && c.feather() != 0)
			lines.add(Map.entry("feather", c.feather() + " pixels"));
		if (c.borders().size() == 4) lines.add(Map.entry("borders", borders(c.borders())));
		if (c.control() != null)
			lines.add(Map.entry("controlnet", scaled(c.control().name(), c.control().scale())));
		for (final Conditions.Lora lora : c.loras())
			lines.add(Map.entry("lora", scaled(lora.name(), lora.scale()) +
				(lora.strength() == null ? "" : ", strength " + lora.strength())));
		if (c.reference()) lines.add(Map.entry("mode", "as the reference"));
		return lines;
	}

	private static String input(final Conditions.Input input) {
		final String text =
			input.role() + ", " + input.name() + ", " + input.width() + " x " + input.height();
		return input.mapping() == null ? text : text + ", " + mapping(input.mapping());
	}

	private static String mapping(final IntensityMapping mapping) {
		final StringBuilder text = new StringBuilder(mapping.pixelType());
		for (int channel = 0; channel < mapping.channels(); channel++)
			text.append(channel == 0 ? " from " : ", ").append(mapping.low().get(channel)).append(" to ")
				.append(mapping.high().get(channel));
		return text.append(" (").append(mapping.range().label()).append(')').toString();
	}

	private static String borders(final List<Integer> borders) {
		return borders.get(0) + " left, " + borders.get(1) + " right, " + borders.get(2) + " top, " +
			borders.get(3) + " bottom";
	}

	private static String scaled(final String name, final double scale) {
		return name + ", scale " + scale;
	}
}
