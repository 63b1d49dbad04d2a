
package io.github.zimagefiji.provenance;

import java.util.ArrayList;
import java.util.List;

import io.github.zimagefiji.Provenance;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.request.TextToImageRequest;
import io.github.zimagefiji.request.setting.Setting;
import io.github.zimagefiji.request.setting.Settings;

/**
 * Provenance as lines of text for ImageJ's Info property: some for people
 * ({@code Z-Image prompt: …}), then one that holds everything as JSON ({@code Z-Image provenance:
 * {…}}). Only the last is read back. Other programs may add lines before, between and after, and
 * may change the line ends.
 */
public final class ProvenanceText {

	private static final String PREFIX = "Z-Image ";
	private static final String MACHINE_LINE = PREFIX + "provenance: ";

	private ProvenanceText() {
		// only static methods
	}

	/**
	 * The lines of each image, one block after the other, in order; every line ends with a line feed.
	 */
	public static String write(final List<Provenance> provenances) {
		final StringBuilder text = new StringBuilder();
		for (final Provenance provenance : provenances)
			append(text, provenance);
		return text.toString();
	}

	/**
	 * Finds every provenance in a text.
	 *
	 * @param text may be null
	 * @return as many as the text has, in order; none if it is not about generated images
	 * @throws InvalidInputException if a line claims to be a provenance but is damaged
	 */
	public static List<Provenance> read(final String text) {
		final List<Provenance> found = new ArrayList<>();
		if (text == null) return found;
		text.lines().map(String::strip).filter(line -> line.startsWith(MACHINE_LINE))
			.forEach(line -> found.add(ProvenanceJson.read(line.substring(MACHINE_LINE.length()))));
		return found;
	}

	private static void append(final StringBuilder text, final Provenance p) {
		final TextToImageRequest r = p.request();
		line(text, "prompt", r.prompt());
		if (!r.negativePrompt().isEmpty()) line(text, "negative prompt", r.negativePrompt());
		line(text, "seed", Long.toString(r.seed()));
		if (r.width() != null && r.height() != null) line(text, "size", r.width() + " x " + r.height());
		if (r.steps() != null) line(text, "steps", r.steps().toString());
		if (r.guidance() != null) line(text, "guidance", r.guidance().toString());
		line(text, "model", p.model().name() + " (" + p.model().variant().label() + ")");
		line(text, "computed with", p.precision() + " on " + p.device() + ", " + p.engineVersion());
		for (final Setting<?> each : Settings.RARE)
			if (each.isSetIn(r)) line(text, each.label(), each.written(r).toString());
		ConditionsText.lines(p.conditions())
			.forEach(line -> line(text, line.getKey(), line.getValue()));
		if (p.explicitLatents()) line(text, "starting noise", "given, not drawn from the seed");
		text.append(MACHINE_LINE).append(ProvenanceJson.line(p)).append('\n');
	}

	/** A line break in the value would let a prompt pass for its own lines. */
	private static void line(final StringBuilder text, final String name, final String value) {
		text.append(PREFIX).append(name).append(": ")
			.append(value.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]+", " ")).append('\n');
	}
}
