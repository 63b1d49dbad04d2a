
package io.github.zimagefiji.model.folder;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import com.google.gson.JsonElement;
import com.google.gson.stream.JsonWriter;

import io.github.zimagefiji.ModelVariant;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.fields.Fields;
import io.github.zimagefiji.fields.Json;
import io.github.zimagefiji.fields.MalformedTextException;
import io.github.zimagefiji.fields.Wording;
import io.github.zimagefiji.io.AtomicFile;
import io.github.zimagefiji.io.FileFailedException;

/**
 * A small text file that says which files make up a model, for those that come one by one, as for
 * ComfyUI. It is a JSON object; its keys are described in docs/comfyui.md. {@link ModelFolder#open}
 * takes such a file, or a folder with a file {@value #NAME}, in the place of a model folder.
 *
 * @param name a name for people; null for the file's
 * @param transformer a safetensors file, or a folder in the layout of diffusers
 * @param textEncoder the same
 * @param autoencoder the same
 * @param tokenizer {@code tokenizer.json}, or a folder that holds it
 * @param transformerConfig {@code config.json} beside a transformer's file; null to tell everything
 *          from its tensors
 * @param textEncoderConfig the same for the text encoder
 * @param autoencoderConfig the same for the autoencoder
 * @param variant {@link ModelVariant#TURBO} or {@link ModelVariant#BASE}; null to find it out
 * @param shift static shift of the noise levels, above 0; null for the variant's
 */
public record CombinationFile(String name, Path transformer, Path textEncoder, Path autoencoder,
		Path tokenizer, Path transformerConfig, Path textEncoderConfig, Path autoencoderConfig,
		ModelVariant variant, Double shift)
{

	/** How the names of such files end. */
	public static final String SUFFIX = ".zimage.json";

	/** The name of such a file in a folder that stands for it. */
	public static final String NAME = "model" + SUFFIX;

	private static final List<String> KEYS =
		List.of("transformer", "text_encoder", "vae", "tokenizer", "name", "variant", "shift",
			"transformer_config", "text_encoder_config", "vae_config");

	/** Longer files are something else. */
	private static final int MOST_BYTES = 100_000;

	public CombinationFile {
		Objects.requireNonNull(transformer, "transformer");
		Objects.requireNonNull(textEncoder, "textEncoder");
		Objects.requireNonNull(autoencoder, "autoencoder");
		Objects.requireNonNull(tokenizer, "tokenizer");
		if (variant != null && variant != ModelVariant.TURBO && variant != ModelVariant.BASE)
			throw new InvalidInputException(
				"A combination of files can be turbo or base, not " + variant.label() + ".");
		if (shift != null && !(shift > 0 && shift < Double.POSITIVE_INFINITY))
			throw new InvalidInputException(
				"The shift of a combination of files must be above 0, but is " + shift + ".");
	}

	/** Four files, and nothing said about the rest. */
	public static CombinationFile of(final Path transformer, final Path textEncoder,
		final Path autoencoder, final Path tokenizer)
	{
		return new CombinationFile(null, transformer, textEncoder, autoencoder, tokenizer, null, null,
			null, null, null);
	}

	/** The same with another variant. */
	public CombinationFile withVariant(final ModelVariant other) {
		return new CombinationFile(name, transformer, textEncoder, autoencoder, tokenizer,
			transformerConfig, textEncoderConfig, autoencoderConfig, other, shift);
	}

	/**
	 * The combination file that the user means.
	 *
	 * @param place a file or a folder
	 * @return nothing if it is neither such a file nor a folder that holds one
	 */
	public static Optional<Path> locate(final Path place) {
		if (Files.isDirectory(place))
			return Optional.of(place.resolve(NAME)).filter(Files::isRegularFile);
		final boolean named =
			String.valueOf(place.getFileName()).toLowerCase(Locale.ROOT).endsWith(SUFFIX);
		return Optional.of(place).filter(p -> named && Files.isRegularFile(p));
	}

	/**
	 * Reads a file; paths in it count from its folder. Whether they lead anywhere is found out when
	 * the model is opened.
	 *
	 * @throws InvalidInputException if it cannot be read, or says too little, too much or something
	 *           else
	 */
	public static CombinationFile read(final Path file) {
		final Fields fields = fields(file).only(KEYS);
		final Path folder = file.toAbsolutePath().getParent();
		return new CombinationFile(fields.text("name", null), needed(fields, "transformer", folder),
			needed(fields, "text_encoder", folder), needed(fields, "vae", folder),
			tokenizer(fields, folder, file), path(fields, "transformer_config", folder),
			path(fields, "text_encoder_config", folder), path(fields, "vae_config", folder),
			variant(fields), fields.has("shift") ? (Double) fields.positive("shift") : null);
	}

	private static Fields fields(final Path file) {
		final String advice =
			". Write it as {\"transformer\": \"FILE\", …}, and / instead of \\ in paths.";
		try {
			final JsonElement root = Json.read(file, MOST_BYTES);
			if (root.isJsonObject()) return Fields.of(root.getAsJsonObject(),
				new Wording("In " + file + ", ", "\"{}\"", file +
					" does not say \"{}\". Add the path of the model's part, seen from the folder of this file.",
					true));
			throw new InvalidInputException(file + " names no files of a model" + advice);
		}
		catch (final MalformedTextException e) {
			throw new InvalidInputException(file + " is not valid JSON: " + e.reason() + advice, e);
		}
		catch (final IOException e) {
			throw FileFailedException.unreadable(file, e);
		}
	}

	private static Path needed(final Fields fields, final String key, final Path folder) {
		fields.filled(key);
		return fields.path(key, folder);
	}

	private static Path path(final Fields fields, final String key, final Path folder) {
		return fields.has(key) ? needed(fields, key, folder) : null;
	}

	private static Path tokenizer(final Fields fields, final Path folder, final Path file) {
		if (fields.has("tokenizer")) return needed(fields, "tokenizer", folder);
		throw new InvalidInputException(file +
			" does not say \"tokenizer\". Single files hold no tokenizer. Download tokenizer.json from the folder \"tokenizer\" of " +
			"Tongyi-MAI/Z-Image-Turbo, and name that file or its folder.");
	}

	private static ModelVariant variant(final Fields fields) {
		if (!fields.has("variant")) return null;
		final String text = fields.text("variant");
		return Stream.of(ModelVariant.TURBO, ModelVariant.BASE)
			.filter(each -> each.label().equals(text)).findFirst()
			.orElseThrow(() -> fields.problem("variant", "is not known; use turbo or base"));
	}

	/**
	 * Writes a file that {@link #read} understands. Paths to the file's own folder and those beside
	 * it are written as seen from there, so that everything can be moved together; others in full.
	 *
	 * @param file its name should end with {@value #SUFFIX}; its folder must exist
	 * @throws InvalidInputException if it could not be written
	 */
	public void write(final Path file) {
		final Map<String, String> values = new LinkedHashMap<>();
		put(values, "name", name);
		put(values, "variant", variant == null ? null : variant.label());
		final Path folder = file.toAbsolutePath().normalize().getParent();
		put(values, "transformer", text(folder, transformer));
		put(values, "transformer_config", text(folder, transformerConfig));
		put(values, "text_encoder", text(folder, textEncoder));
		put(values, "text_encoder_config", text(folder, textEncoderConfig));
		put(values, "vae", text(folder, autoencoder));
		put(values, "vae_config", text(folder, autoencoderConfig));
		put(values, "tokenizer", text(folder, tokenizer));
		AtomicFile.write(file, out -> {
			final JsonWriter json = new JsonWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
			json.setIndent("\t");
			writeTo(json, values);
			json.flush();
		});
	}

	private void writeTo(final JsonWriter json, final Map<String, String> values) throws IOException {
		json.beginObject();
		for (final Map.Entry<String, String> value : values.entrySet()) {
			json.name(value.getKey()).value(value.getValue());
		}
		if (shift != null) json.name("shift").value(shift);
		json.endObject();
	}

	private static void put(final Map<String, String> values, final String key, final String value) {
		if (value != null) values.put(key, value);
	}

	private static String text(final Path folder, final Path path) {
		if (path == null) return null;
		final Path absolute = path.toAbsolutePath().normalize();
		final Path near = folder.getParent() == null ? folder : folder.getParent();
		final boolean isNear =
			near.getNameCount() > 0 && absolute.startsWith(near) || absolute.startsWith(folder);
		final String text =
			(isNear ? folder.relativize(absolute) : absolute).toString().replace('\\', '/');
		return text.isEmpty() ? "." : text;
	}
}
