
package io.github.zimagefiji.cli.generate;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;

import io.github.zimagefiji.Timings;
import io.github.zimagefiji.io.AtomicFile;

/**
 * Timings as JSON, for benchmarks and schedulers: {@code load}, {@code encode}, {@code steps} (a
 * list), {@code decode} and {@code total} in seconds, {@code peak_anonymous_bytes} and
 * {@code peak_file_bytes}.
 */
final class TimingsFile {

	private static final Gson GSON = new GsonBuilder().setPrettyPrinting()
		.setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES).create();

	private TimingsFile() {
		// only static methods
	}

	/**
	 * Writes the file.
	 *
	 * @throws io.github.zimagefiji.error.InvalidInputException if that fails
	 */
	static void write(final Path file, final Timings timings) {
		final String json = GSON.toJson(new Content(timings)) + "\n";
		AtomicFile.write(file, out -> out.write(json.getBytes(StandardCharsets.UTF_8)));
	}

	/**
	 * A class because the Gson that Fiji ships may be too old to write records.
	 */
	@SuppressWarnings("unused") // read by Gson
	private static final class Content {

		private final double load;
		private final double encode;
		private final List<Double> steps;
		private final double decode;
		private final double total;
		private final long peakAnonymousBytes;
		private final long peakFileBytes;

		private Content(final Timings timings) {
			load = timings.load();
			encode = timings.encode();
			steps = timings.steps();
			decode = timings.decode();
			total = timings.total();
			peakAnonymousBytes = timings.peakAnonymousBytes();
			peakFileBytes = timings.peakFileBytes();
		}
	}
}
