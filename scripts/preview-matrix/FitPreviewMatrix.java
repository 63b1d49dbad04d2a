import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import io.github.zimagefiji.request.ComputeOptions;
import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.GenerationResult;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.request.TextToImageRequest;
import io.github.zimagefiji.hub.builtin.BuiltInModel;
import io.github.zimagefiji.model.autoencoder.AutoencoderConfig;
import io.github.zimagefiji.pipeline.sampling.LatentTerms;
import io.github.zimagefiji.model.folder.ModelFolder;
import io.github.zimagefiji.pipeline.Pipeline;

/**
 * Fits, by least squares, how the latents of a model's autoencoder look in colours: from the {@link LatentTerms} of each
 * latent pixel to the mean colour of the 8 × 8 pixels that it stands for, in pictures that the model itself makes. Other
 * pictures, which had no part in the fit, tell how good it is.
 * <p>
 * The result goes into a JSON file, as one entry of a list: {@code model} (a name), {@code autoencoder} (fingerprint of
 * the weights), {@code pictures} and {@code samples} of the fit, its {@code r2} and mean absolute {@code error} for red, green
 * and blue; the same of the other pictures, {@code held_out_…}; then for each colour the factors of the terms. 0 is black
 * and 1 full. An entry of the same model or autoencoder is replaced.
 *
 * <pre>
 * scripts/preview-matrix/fit [--model DIR] [--prompts FILE.tsv] [--fit 200] [--check 100] [--output FILE.json]
 * </pre>
 *
 * Of the table of prompts the columns {@code seed} and {@code prompt} are used.
 */
public final class FitPreviewMatrix {

	private static final String[] COLOURS = { "red", "green", "blue" };

	private final Pipeline pipeline;
	private final AutoencoderConfig config;
	private final List<String[]> prompts;

	private FitPreviewMatrix(final Pipeline pipeline, final AutoencoderConfig config, final List<String[]> prompts) {
		this.pipeline = pipeline;
		this.config = config;
		this.prompts = prompts;
	}

	/** @param arguments see the class */
	public static void main(final String[] arguments) throws IOException {
		final Map<String, String> options = new TreeMap<>(Map.of("--prompts", "src/test/resources/built-in/prompts.tsv",
			"--fit", "200", "--check", "100", "--output",
			"src/main/resources/io/github/zimagefiji/preview-matrices.json"));
		options.put("--model", "");
		for (int i = 0; i < arguments.length; i += 2) {
			if (i + 1 < arguments.length && options.replace(arguments[i], arguments[i + 1]) != null) continue;
			System.err.println("Options, each with a value, are " + String.join(", ", options.keySet()) + "; not " +
				arguments[i] + ".");
			System.exit(2);
		}
		final Path model = options.get("--model").isEmpty() ? BuiltInModel.folder() : Path.of(options.get(
			"--model"));
		final int fit = Integer.parseInt(options.get("--fit"));
		final int check = Integer.parseInt(options.get("--check"));
		final ModelFolder folder = ModelFolder.open(model);
		try (Pipeline pipeline = Pipeline.open(model, ComputeOptions.AUTO)) {
			final FitPreviewMatrix program = new FitPreviewMatrix(pipeline, folder.autoencoder(), prompts(Path.of(options.get(
				"--prompts"))));
			final Samples fitted = program.samples(0, fit);
			final double[][] factors = fitted.solve();
			final JsonObject entry = new JsonObject();
			entry.addProperty("model", folder.info().name());
			entry.addProperty("autoencoder", folder.autoencoderFingerprint());
			describe(entry, "", fit, fitted, factors);
			describe(entry, "held_out_", check, program.samples(fit, fit + check), factors);
			for (int c = 0; c < COLOURS.length; c++) {
				entry.add(COLOURS[c], array(factors[c], 1e8));
			}
			write(Path.of(options.get("--output")), entry);
			System.out.println(entry);
		}
	}

	private static List<String[]> prompts(final Path table) throws IOException {
		final List<String> lines = Files.readAllLines(table);
		final List<String> names = List.of(lines.get(0).split("\t"));
		return lines.stream().skip(1).map(line -> line.split("\t", -1)).map(cells -> new String[] { cells[names.indexOf(
			"seed")], cells[names.indexOf("prompt")] }).toList();
	}

	private Samples samples(final int from, final int to) {
		final Samples samples = new Samples(config.latentChannels());
		for (final String[] prompt : prompts.subList(from, to)) {
			final GenerationResult result = pipeline.generate(TextToImageRequest.builder(prompt[1]).seed(Long.parseLong(
				prompt[0])).build(), Progress.NONE);
			add(samples, result.latents(), result.images().get(0));
			System.err.println(prompt[0] + "  " + prompt[1]);
		}
		return samples;
	}

	private void add(final Samples samples, final float[] latents, final GeneratedImage image) {
		final int scale = config.downscale();
		final int columns = image.width() / scale;
		final int pixels = columns * (image.height() / scale);
		for (int i = 0; i < pixels; i++) {
			final double[] latent = new double[config.latentChannels()];
			for (int k = 0; k < latent.length; k++) {
				latent[k] = latents[k * pixels + i] / config.scalingFactor() + config.shiftFactor();
			}
			final double[] y = new double[COLOURS.length];
			for (int c = 0; c < y.length; c++) {
				y[c] = mean(image, c, i % columns * scale, i / columns * scale, scale);
			}
			samples.add(LatentTerms.of(latent), y);
		}
	}

	/** Mean of a square as it is shown: from black to full. */
	private static double mean(final GeneratedImage image, final int colour, final int left, final int top,
		final int side)
	{
		double sum = 0;
		for (int y = top; y < top + side; y++) {
			for (int x = left; x < left + side; x++) {
				final float sample = image.samples()[(colour * image.height() + y) * image.width() + x];
				sum += Math.min(Math.max(sample, 0), 1);
			}
		}
		return sum / (side * side);
	}

	private static void describe(final JsonObject entry, final String which, final int pictures, final Samples samples,
		final double[][] factors)
	{
		entry.addProperty(which + "pictures", pictures);
		entry.addProperty(which + "samples", samples.size());
		entry.add(which + "r2", array(samples.determination(factors), 1e4));
		entry.add(which + "error", array(samples.error(factors), 1e5));
	}

	private static JsonArray array(final double[] values, final double unit) {
		final JsonArray array = new JsonArray();
		for (final double value : values) {
			array.add(Math.rint(value * unit) / unit);
		}
		return array;
	}

	private static void write(final Path file, final JsonObject entry) throws IOException {
		final List<JsonObject> entries = new ArrayList<>(List.of(entry));
		if (Files.exists(file)) for (final JsonElement old : JsonParser.parseString(Files.readString(file))
			.getAsJsonArray())
		{
			final JsonObject other = old.getAsJsonObject();
			final boolean same = other.get("model").equals(entry.get("model")) || other.get("autoencoder").equals(entry.get(
				"autoencoder"));
			if (!same) entries.add(other);
		}
		entries.sort(Comparator.comparing(e -> e.get("model").getAsString()));
		Files.writeString(file, entries.stream().map(JsonObject::toString).collect(Collectors.joining(",\n", "[\n", "\n]\n")));
	}

	/** Latent pixels and their colours. */
	private static final class Samples {

		private final int width;
		private final List<double[]> inputs = new ArrayList<>();
		private final List<double[]> colours = new ArrayList<>();

		Samples(final int channels) {
			width = LatentTerms.count(channels);
		}

		void add(final double[] x, final double[] y) {
			inputs.add(x);
			colours.add(y);
		}

		int size() {
			return inputs.size();
		}

		/** The normal equations, solved by Gauss-Jordan elimination with pivoting. */
		double[][] solve() {
			final double[][] m = new double[width][width + COLOURS.length];
			for (int s = 0; s < size(); s++) {
				for (int i = 0; i < width; i++) {
					for (int j = 0; j < m[i].length; j++) {
						m[i][j] += inputs.get(s)[i] * (j < width ? inputs.get(s)[j] : colours.get(s)[j - width]);
					}
				}
			}
			for (int i = 0; i < width; i++) {
				eliminate(m, i);
			}
			final double[][] factors = new double[COLOURS.length][width];
			for (int i = 0; i < width; i++) {
				for (int c = 0; c < COLOURS.length; c++) {
					factors[c][i] = m[i][width + c] / m[i][i];
				}
			}
			return factors;
		}

		private static void eliminate(final double[][] m, final int i) {
			int pivot = i;
			for (int row = i; row < m.length; row++) {
				if (Math.abs(m[row][i]) > Math.abs(m[pivot][i])) pivot = row;
			}
			final double[] swapped = m[i];
			m[i] = m[pivot];
			m[pivot] = swapped;
			if (m[i][i] == 0) throw new IllegalStateException("The channels depend on each other; use more pictures.");
			for (int row = 0; row < m.length; row++) {
				final double times = row == i ? 0 : m[row][i] / m[i][i];
				for (int j = 0; j < m[row].length; j++) {
					m[row][j] -= times * m[i][j];
				}
			}
		}

		/** R² of each colour: the part of the variance that the map explains. */
		double[] determination(final double[][] factors) {
			final double[] result = new double[COLOURS.length];
			for (int c = 0; c < result.length; c++) {
				final int colour = c;
				final double mean = colours.stream().mapToDouble(y -> y[colour]).average().orElseThrow();
				double left = 0;
				double all = 0;
				for (int s = 0; s < size(); s++) {
					left += Math.pow(colours.get(s)[c] - map(factors[c], inputs.get(s)), 2);
					all += Math.pow(colours.get(s)[c] - mean, 2);
				}
				result[c] = 1 - left / all;
			}
			return result;
		}

		/** Mean absolute error of each colour. */
		double[] error(final double[][] factors) {
			final double[] result = new double[COLOURS.length];
			for (int s = 0; s < size(); s++) {
				for (int c = 0; c < result.length; c++) {
					result[c] += Math.abs(colours.get(s)[c] - map(factors[c], inputs.get(s))) / size();
				}
			}
			return result;
		}

		private static double map(final double[] factors, final double[] x) {
			double sum = 0;
			for (int i = 0; i < x.length; i++) {
				sum += factors[i] * x[i];
			}
			return sum;
		}
	}
}
