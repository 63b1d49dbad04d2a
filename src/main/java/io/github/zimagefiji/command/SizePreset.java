
package io.github.zimagefiji.command;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sizes that the dialog offers by name.
 *
 * @param width pixels
 * @param height pixels
 */
record SizePreset(int width, int height) {

	static final String OWN = "Model's own size";
	static final String CUSTOM = "Custom";
	static final String S128 = "128 × 128";
	static final String S256 = "256 × 256";
	static final String S512 = "512 × 512";
	static final String S768 = "768 × 768";
	static final String S1024 = "1024 × 1024";
	static final String LANDSCAPE_4_3 = "1024 × 768 (4:3)";
	static final String PORTRAIT_3_4 = "768 × 1024 (3:4)";
	static final String LANDSCAPE_3_2 = "1152 × 768 (3:2)";
	static final String LANDSCAPE_16_9 = "1280 × 720 (16:9)";
	static final String PORTRAIT_9_16 = "720 × 1280 (9:16)";

	private static final List<String> NAMES = List.of(S128, S256, S512, S768, S1024, LANDSCAPE_4_3,
		PORTRAIT_3_4, LANDSCAPE_3_2, LANDSCAPE_16_9, PORTRAIT_9_16);
	private static final Pattern SIZE = Pattern.compile("(\\d+) × (\\d+)\\b.*");

	/** The size of a name; nothing for {@link #CUSTOM} and {@link #OWN}. */
	static Optional<SizePreset> of(final String name) {
		final Matcher size = SIZE.matcher(name);
		return size.matches()
			? Optional
				.of(new SizePreset(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2))))
			: Optional.empty();
	}

	/** @param side of the model's own, square size */
	String name(final int side) {
		if (width == side && height == side) return OWN;
		return NAMES.stream().filter(name -> equals(of(name).orElseThrow())).findFirst().orElse(CUSTOM);
	}
}
