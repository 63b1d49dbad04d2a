
package io.github.zimagefiji.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/**
 * Makes inputs that are nearly right: a valid file is taken apart, some of its parts are changed,
 * and lengths and checksums are made to fit again, so that a parser looks at the change and not at
 * the damage around it.
 */
final class Mutator {

	/**
	 * In so many of a hundred inputs bytes are changed without regard to form.
	 */
	private static final int BLIND = 15;

	private final Random random;

	/** @param seed the same seed makes the same inputs */
	Mutator(final long seed) {
		random = new Random(seed);
	}

	/** One changed input. */
	byte[] change(final Format format, final List<byte[]> seeds) {
		final byte[] seed = seeds.get(random.nextInt(seeds.size()));
		final byte[] other = seeds.get(random.nextInt(seeds.size()));
		byte[] input = structured(format, seed);
		if (random.nextInt(100) < BLIND) input = new ByteChange(random).change(input, other);
		return input;
	}

	private byte[] structured(final Format format, final byte[] seed) {
		return switch (format) {
			case JSON -> new JsonChange(random).change(text(seed)).getBytes(StandardCharsets.UTF_8);
			case YAML -> new LineChange(random).change(text(seed)).getBytes(StandardCharsets.UTF_8);
			case TEXT -> new WordChange(random).change(text(seed)).getBytes(StandardCharsets.UTF_8);
			case SAFETENSORS -> new SafetensorsChange(random).change(seed);
			case PNG -> new PngChange(random).change(seed);
			case TIFF -> new TiffChange(random).change(seed);
			case ZIP -> new ZipChange(random).change(seed);
			case BYTES -> new ByteChange(random).change(seed, seed);
		};
	}

	private static String text(final byte[] utf8) {
		return new String(utf8, StandardCharsets.UTF_8);
	}
}
