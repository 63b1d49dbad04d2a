
package io.github.zimagefiji.engine;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

import io.github.zimagefiji.ProcessorType;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.io.AtomicFile;
import io.github.zimagefiji.request.Precision;

/**
 * Chooses between float32 and bfloat16 on a processor by timing a feed-forward layer once, and
 * remembers the choice for this processor, engine and number of threads, so that a model always
 * gives the same image here. bfloat16 that computes something else is never chosen: native
 * libraries have had such faults on processors newer than themselves.
 */
public final class PrecisionMeasurement {

	/**
	 * How many times slower bfloat16 may be: it halves the memory, and a wide margin keeps noise from
	 * deciding.
	 */
	private static final double MARGIN = 1.5;
	private static final int ROWS = 128;
	/**
	 * Without instructions for it, bfloat16 can take seconds where float32 takes hundredths: so few
	 * rows tell, and are computed first.
	 */
	private static final int FEW_ROWS = 8;
	private static final int WIDTH = 1536;
	private static final int TRIES = 3;
	/**
	 * How far results may be apart, as a part of their root mean square; rounding alone gives less
	 * than a hundredth.
	 */
	private static final double FAR = 0.05;

	private final TorchEngine engine;
	private final Path file;

	/** @param folder where choices are kept */
	public PrecisionMeasurement(final TorchEngine engine, final Path folder) {
		this.engine = engine;
		file = folder.resolve("precision.properties");
	}

	/**
	 * The faster of both, if clearly; else bfloat16. GPUs always compute in bfloat16.
	 */
	public Precision choose() {
		if (!engine.device().isProcessor()) return Precision.BFLOAT16;
		final Properties known = read();
		final String key = processor() + ", " + engine.version() + ", " + engine.threads() + " threads";
		final String kept = known.getProperty(key, "");
		// Anything else than a choice was not written here; it is measured again.
		for (final Precision each : new Precision[] { Precision.FLOAT32, Precision.BFLOAT16 }) {
			if (each.label().equals(kept)) return each;
		}
		final Trial exact = trial(TensorType.FLOAT32, ROWS, TRIES);
		final double few = trial(TensorType.BFLOAT16, FEW_ROWS, 1).seconds();
		final Precision choice = few > MARGIN * exact.seconds() ? Precision.FLOAT32
			: better(exact, trial(TensorType.BFLOAT16, ROWS, TRIES));
		known.setProperty(key, choice.label());
		write(known);
		return choice;
	}

	/** The least time of several, and what was computed. */
	record Trial(double seconds, float[] result) {}

	/** bfloat16, unless it is much slower or wrong. */
	static Precision better(final Trial exact, final Trial rounded) {
		return rounded.seconds() > MARGIN * exact.seconds() || !agree(exact.result(), rounded.result())
			? Precision.FLOAT32 : Precision.BFLOAT16;
	}

	private Trial trial(final TensorType type, final int rows, final int tries) {
		double least = Double.POSITIVE_INFINITY;
		float[] result = {};
		try (TensorScope scope = engine.scope()) {
			final Tensor x = scope.convert(scope.floats(numbers(rows * WIDTH), rows, WIDTH), type);
			final Tensor w =
				scope.convert(scope.floats(numbers(4 * WIDTH * WIDTH), 4 * WIDTH, WIDTH), type);
			for (int i = 0; i <= tries; i++) {
				final long start = System.nanoTime();
				try (Tensor y = engine.tensors().run(scope, "time_linear", x, w, 2L)) {
					if (i > 0) least = Math.min(least, (System.nanoTime() - start) / 1e9);
					else result = scope.convert(y, TensorType.FLOAT32).toFloats();
				}
			}
		}
		return new Trial(least, result);
	}

	/**
	 * Whether results differ by rounding only; NaN and infinity never do.
	 */
	private static boolean agree(final float[] exact, final float[] rounded) {
		double difference = 0;
		double squares = 0;
		for (int i = 0; i < exact.length; i++) {
			difference += Math.pow((double) exact[i] - rounded[i], 2);
			squares += (double) exact[i] * exact[i];
		}
		return difference <= FAR * FAR * squares;
	}

	private static float[] numbers(final int count) {
		final float[] values = new float[count];
		for (int i = 0; i < count; i++) {
			values[i] = (i * 7919 % 2003 - 1001) * 1e-5f;
		}
		return values;
	}

	/**
	 * The processor's kind; its name alone is the same for machines with and without bfloat16
	 * instructions.
	 */
	static String processor() {
		final ProcessorType type = ProcessorType.here();
		return type.name() + (type.features().contains("amx_bf16") ? " amx"
			: type.features().contains("avx512_bf16") ? " avx512_bf16" : "");
	}

	private Properties read() {
		final Properties properties = new Properties();
		if (!Files.isRegularFile(file)) return properties;
		try (var in = Files.newBufferedReader(file)) {
			properties.load(in);
		}
		catch (final IOException | IllegalArgumentException e) {
			// A choice that cannot be read is measured again.
			properties.clear();
		}
		return properties;
	}

	private void write(final Properties properties) {
		try {
			Files.createDirectories(file.getParent());
			AtomicFile.write(file, out -> {
				final Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
				properties.store(writer, "Measured by Z-Image for Fiji; delete to measure again.");
			});
		}
		catch (final IOException | InvalidInputException e) {
			// Without a place to remember, the measurement is made again at the next
			// start.
			return;
		}
	}
}
