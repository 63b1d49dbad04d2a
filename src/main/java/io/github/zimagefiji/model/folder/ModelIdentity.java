
package io.github.zimagefiji.model.folder;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import io.github.zimagefiji.ModelInfo;
import io.github.zimagefiji.ModelVariant;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.model.ConfigFile;
import io.github.zimagefiji.weights.Fingerprint;

/**
 * Decides which member of the family a folder is: by what its index says, by known hashes, else by
 * the scheduler's shift.
 */
final class ModelIdentity {

	/** Turbo and base are published with these static shifts. */
	private static final double TURBO_SHIFT = 3;
	private static final double BASE_SHIFT = 6;

	/** What the index of this program's own model says of where it comes from. */
	private static final String BUILT_IN = "zimage-fiji/built-in-demo";
	private static final String BUILT_IN_NAME = "Built-in demo (microscopy, 128 px)";

	/**
	 * {@code models--OWNER--NAME/snapshots/COMMIT}, as the Hugging Face cache names folders.
	 */
	private static final Pattern CACHE = Pattern.compile("models--[^/]+?--([^/]+)/snapshots/[^/]+$");

	private ModelIdentity() {}

	static ModelInfo of(final Path folder, final SchedulerConfig scheduler,
		final Fingerprint fingerprint)
	{
		if (isBuiltIn(folder))
			return info(BUILT_IN_NAME, ModelVariant.BUILT_IN, "model_index.json", fingerprint);
		final String name = name(folder);
		final Optional<ModelInfo> known = known(name, fingerprint);
		if (known.isPresent()) return known.get();
		final String shift = "scheduler shift " + scheduler.shift();
		if (scheduler.dynamic())
			return info(name, ModelVariant.UNKNOWN, "dynamic scheduler shift", fingerprint);
		if (scheduler.shift() == TURBO_SHIFT) return info(name, ModelVariant.TURBO, shift, fingerprint);
		if (scheduler.shift() == BASE_SHIFT) return info(name, ModelVariant.BASE, shift, fingerprint);
		return info(name, ModelVariant.UNKNOWN, shift, fingerprint);
	}

	/**
	 * A combination file may say its variant itself; then come known hashes, then a shift that it
	 * gives.
	 */
	static ModelInfo of(final Path file, final CombinationFile combination,
		final Fingerprint fingerprint)
	{
		final String name = combination.name() == null ? ownName(file) : combination.name();
		if (combination.variant() != null)
			return info(name, combination.variant(), "combination file", fingerprint);
		return known(name, fingerprint).orElseGet(
			() -> info(name, byShift(combination.shift()), "shift " + combination.shift(), fingerprint));
	}

	private static ModelVariant byShift(final Double shift) {
		if (shift == null) return ModelVariant.UNKNOWN;
		return shift == TURBO_SHIFT ? ModelVariant.TURBO
			: shift == BASE_SHIFT ? ModelVariant.BASE : ModelVariant.UNKNOWN;
	}

	/**
	 * The shift of a combination of files: what it says, else what its variant has.
	 *
	 * @throws InvalidInputException if neither is known
	 */
	static double shift(final Path file, final CombinationFile combination, final ModelInfo info) {
		if (combination.shift() != null) return combination.shift();
		return switch (info.variant()) {
			case TURBO -> TURBO_SHIFT;
			case BASE -> BASE_SHIFT;
			default -> throw new InvalidInputException(
				file + " does not say which model its files are, and they are not " +
					"recognised. Add \"variant\": \"turbo\" or \"variant\": \"base\".");
		};
	}

	/** What a file with a known hash belongs to. */
	private static Optional<ModelInfo> known(final String name, final Fingerprint fingerprint) {
		final JsonObject known = knownHashes();
		return fingerprint.knownHashes().entrySet().stream().filter(file -> known.has(file.getValue()))
			.findFirst()
			.map(file -> info(name, ModelVariant.valueOf(known.get(file.getValue()).getAsString()),
				"SHA-256 of " + file.getKey(), fingerprint));
	}

	private static String ownName(final Path file) {
		final Path absolute = file.toAbsolutePath().normalize();
		final String own = absolute.getFileName().toString();
		return own.equals(CombinationFile.NAME) ? name(absolute.getParent())
			: own.substring(0, own.length() - CombinationFile.SUFFIX.length());
	}

	private static ModelInfo info(final String name, final ModelVariant variant, final String reason,
		final Fingerprint fingerprint)
	{
		return new ModelInfo(name, variant, reason, fingerprint.hex(), fingerprint.kind());
	}

	private static boolean isBuiltIn(final Path folder) {
		final Path index = folder.resolve("model_index.json");
		return Files.isRegularFile(index) &&
			ConfigFile.read(index).is("_name_or_path", "\"" + BUILT_IN + "\"");
	}

	private static String name(final Path folder) {
		final Path absolute = folder.toAbsolutePath().normalize();
		final Matcher cache = CACHE.matcher(absolute.toString().replace('\\', '/'));
		return cache.find() ? cache.group(1) : String.valueOf(absolute.getFileName());
	}

	/** SHA-256 of a published file to the variant that it belongs to. */
	private static JsonObject knownHashes() {
		try (Reader reader = new InputStreamReader(
			ModelIdentity.class.getResourceAsStream("/io/github/zimagefiji/known-hashes.json"),
			StandardCharsets.UTF_8))
		{
			return JsonParser.parseReader(reader).getAsJsonObject();
		}
		catch (final IOException e) {
			throw new IllegalStateException(e);
		}
	}
}
