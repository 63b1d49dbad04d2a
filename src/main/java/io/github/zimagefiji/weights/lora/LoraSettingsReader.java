
package io.github.zimagefiji.weights.lora;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import com.google.gson.JsonPrimitive;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.fields.Fields;
import io.github.zimagefiji.weights.Refusal;
import io.github.zimagefiji.weights.WeightsJson;

/**
 * Finds the settings of a LoRA: PEFT's as JSON in the file's header, under
 * {@code lora_adapter_metadata} with or without the word {@code transformer.} before each, or under
 * another name; in {@code adapter_config.json} beside the file; or as plain entries of the header
 * such as {@code lora_alpha: 8}. Sizes and depths are bounded.
 */
final class LoraSettingsReader {

	private static final String CONFIG = "adapter_config.json";
	private static final int LARGEST_CONFIG = 50_000_000;
	private static final String TRANSFORMER = "transformer.";
	private static final String ALPHA = "\"lora_alpha\"";

	/** PEFT's kinds that are understood. */
	private static final Set<String> KINDS = Set.of("LORA", "LOHA", "LOKR");

	/** Settings that say more than a rank. */
	private static final Set<String> DECIDING =
		Set.of("lora_alpha", "alpha_pattern", "use_rslora", "use_dora");

	/** What the plain entries of a header are called. */
	private static final Map<String, String> PLAIN =
		Map.ofEntries(Map.entry("lora_alpha", "lora_alpha"), Map.entry("alpha", "lora_alpha"),
			Map.entry("network_alpha", "lora_alpha"), Map.entry("r", "r"), Map.entry("rank", "r"),
			Map.entry("lora_rank", "r"), Map.entry("lora_r", "r"), Map.entry("lora_dim", "r"),
			Map.entry("network_dim", "r"), Map.entry("use_rslora", "use_rslora"),
			Map.entry("rslora", "use_rslora"), Map.entry("use_dora", "use_dora"),
			Map.entry("alpha_pattern", "alpha_pattern"), Map.entry("rank_pattern", "rank_pattern"));

	private final Path file;
	private final List<LoraSettings> found = new ArrayList<>();

	private LoraSettingsReader(final Path file) {
		this.file = file;
	}

	/**
	 * Reads all settings of a file.
	 *
	 * @param metadata of the file's header
	 * @return one for each place that has some; empty if there is none
	 * @throws InvalidInputException if some cannot be understood, or are those of a kind that this
	 *           program cannot add
	 */
	static List<LoraSettings> read(final Path file, final Map<String, String> metadata) {
		final LoraSettingsReader reader = new LoraSettingsReader(file);
		final Map<String, String> plain = new LinkedHashMap<>();
		metadata.forEach((name, text) -> {
			if (name.equals("lora_adapter_metadata") || text.stripLeading().startsWith("{") &&
				(text.contains(ALPHA) || text.contains("\"" + TRANSFORMER + "lora_alpha\"")))
				reader.json("its metadata \"" + name + "\"", text);
			else reader.collect(plain, name, text);
		});
		// A rank alone is said by many trainers whose alpha is the rank.
		if (plain.keySet().stream().anyMatch(DECIDING::contains)) reader.plain(plain);
		reader.config();
		return List.copyOf(reader.found);
	}

	private void collect(final Map<String, String> plain, final String name, final String text) {
		final String setting =
			PLAIN.get(name.startsWith(TRANSFORMER) ? name.substring(TRANSFORMER.length()) : name);
		if (setting == null) return;
		final String other = plain.put(setting, text.strip());
		if (other != null && !other.equals(text.strip()))
			throw refused("its header", "gives two values of " + setting);
	}

	/** Where PEFT puts the settings of a file. */
	static Path config(final Path file) {
		return file.toAbsolutePath().resolveSibling(CONFIG);
	}

	private void config() {
		final Path config = config(file);
		if (!Files.isRegularFile(config)) return;
		try {
			if (Files.size(config) > LARGEST_CONFIG) throw refused(CONFIG,
				"has " + Files.size(config) + " bytes, which is more than settings need");
			json(CONFIG, Files.readString(config));
		}
		catch (final java.nio.charset.CharacterCodingException e) {
			throw refused(CONFIG, "is not UTF-8 text");
		}
		catch (final IOException e) {
			throw Refusal.unreadable(config, e);
		}
	}

	/** Values by the names of PEFT's settings, as they come. */
	private static final class Draft {

		private final Map<String, Object> values = new LinkedHashMap<>();
		private final Map<String, Map<String, Double>> patterns = new LinkedHashMap<>();

		double number(final String name) {
			return (Double) values.get(name);
		}

		boolean flag(final String name) {
			return Boolean.TRUE.equals(values.get(name));
		}

		String text(final String name) {
			return String.valueOf(values.getOrDefault(name, "")).toLowerCase(Locale.ROOT);
		}
	}

	private void json(final String source, final String text) {
		final Draft draft = new Draft();
		WeightsJson.read(file, source, text.getBytes(StandardCharsets.UTF_8),
			(key, value) -> member(draft, source, key, value));
		if (!draft.values.isEmpty() || !draft.patterns.isEmpty()) add(source, draft);
	}

	private void member(final Draft draft, final String source, final String key,
		final Fields value)
	{
		final String name = key.substring(key.lastIndexOf('.') + 1);
		if (key.startsWith("text_encoder") || value.value(key).isJsonNull()) return;
		final boolean again = draft.values.containsKey(name) || draft.patterns.containsKey(name);
		if (again) throw refused(source, "says " + name + " twice, with and without a word before it");
		switch (name) {
			case "lora_alpha", "alpha", "r" -> draft.values.put(name, value.number(key));
			case "use_rslora", "use_dora" -> draft.values.put(name, value.flag(key));
			case "peft_type" -> draft.values.put(name, value.text(key));
			case "init_lora_weights" -> {
				if (value.value(key) instanceof JsonPrimitive begun && begun.isString())
					draft.values.put(name, begun.getAsString());
			}
			case "alpha_pattern", "rank_pattern" -> {
				final Fields pattern = value.section(key);
				final Map<String, Double> numbers = new LinkedHashMap<>();
				pattern.names().forEach(each -> numbers.put(each, pattern.number(each)));
				draft.patterns.put(name, numbers);
			}
			default -> {
				// says nothing about the strength
			}
		}
	}

	private void plain(final Map<String, String> entries) {
		final String source = "its header";
		final Draft draft = new Draft();
		entries.forEach((name, text) -> {
			switch (name) {
				case "use_rslora", "use_dora" -> draft.values.put(name, flag(source, name, text));
				case "alpha_pattern", "rank_pattern" -> {
					final Map<String, Double> pattern = new LinkedHashMap<>();
					WeightsJson.read(file, name + " in " + source, text.getBytes(StandardCharsets.UTF_8),
						(expression, value) -> pattern.put(expression, value.number(expression)));
					draft.patterns.put(name, pattern);
				}
				default -> draft.values.put(name, number(source, name, text));
			}
		});
		final boolean alpha = entries.containsKey("lora_alpha") || entries.containsKey("alpha_pattern");
		if (alpha || draft.flag("use_rslora") || draft.flag("use_dora")) add(source, draft);
	}

	private Boolean flag(final String source, final String name, final String text) {
		return switch (text.toLowerCase(Locale.ROOT)) {
			case "true", "1", "yes" -> Boolean.TRUE;
			case "false", "0", "no", "none", "" -> Boolean.FALSE;
			default -> throw refused(source, "has something else than true or false as " + name);
		};
	}

	private Double number(final String source, final String name, final String text) {
		if (text.length() <= 40 && text.matches("[-+]?\\d{1,20}(\\.\\d{0,20})?([eE][-+]?\\d{1,3})?"))
			return Double.valueOf(text);
		throw refused(source, "has something else than a number as " + name);
	}

	private void add(final String source, final Draft draft) {
		final String kind = draft.text("peft_type");
		if (!kind.isEmpty() && !KINDS.contains(kind.toUpperCase(Locale.ROOT)))
			throw new InvalidInputException(
				"The LoRA " + file + " is, by its settings in " + source + ", of PEFT's kind " +
					kind.toUpperCase(Locale.ROOT) + ", which is not supported. Choose a LoRA, LoHa or LoKr.");
		final String begun = draft.text("init_lora_weights");
		if (LoraSettings.CHANGED_BASE.stream().anyMatch(begun::startsWith))
			throw new InvalidInputException("The LoRA " + file +
				" was trained on changed weights of the model (init_lora_weights is " + begun + " in " +
				source + "), so that it does not fit the model's own. Ask its maker for a converted file.");
		// LoHa and LoKr of PEFT say alpha, LoRA says lora_alpha.
		final String alpha = draft.values.containsKey("lora_alpha") ? "lora_alpha" : "alpha";
		found.add(new LoraSettings(source,
			draft.values.containsKey(alpha) ? finite(source, alpha, draft.number(alpha)) : null,
			draft.values.containsKey("r") ? finite(source, "r", draft.number("r")) : null,
			patterns(source, "alpha_pattern", draft), patterns(source, "rank_pattern", draft),
			draft.flag("use_rslora"), draft.flag("use_dora")));
	}

	private Double finite(final String source, final String name, final double value) {
		if (!Double.isFinite(value)) throw refused(source, "has " + value + " as " + name);
		return value;
	}

	private NamePatterns patterns(final String source, final String name, final Draft draft) {
		try {
			return new NamePatterns(draft.patterns.getOrDefault(name, Map.of()));
		}
		catch (final IllegalArgumentException e) {
			throw refused(source, "has an expression in " + name + " that cannot be understood");
		}
	}

	private InvalidInputException refused(final String source, final String what) {
		return new InvalidInputException(
			"The strength of the LoRA " + file + " cannot be understood: " + source + " " + what +
				". Use the file with the settings that its trainer wrote.");
	}
}
