package io.github.zimagefiji.pipeline;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import io.github.zimagefiji.ModelInfo;
import io.github.zimagefiji.ModelVariant;
import io.github.zimagefiji.model.ConfigFile;
import io.github.zimagefiji.weights.Fingerprint;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Decides which member of the family a folder is: by what its index says, by known hashes, else by the scheduler's shift. */
final class ModelIdentity {

	/** Turbo and base are published with these static shifts. */
	private static final double TURBO_SHIFT = 3;
	private static final double BASE_SHIFT = 6;

	/** What the index of this program's own model says of where it comes from. */
	private static final String BUILT_IN = "zimage-fiji/built-in-demo";
	private static final String BUILT_IN_NAME = "Built-in demo (microscopy, 128 px)";

	/** {@code models--OWNER--NAME/snapshots/COMMIT}, as the Hugging Face cache names folders. */
	private static final Pattern CACHE = Pattern.compile("models--[^/]+?--([^/]+)/snapshots/[^/]+$");

	private ModelIdentity() {}

	static ModelInfo of(final Path folder, final SchedulerConfig scheduler, final Fingerprint fingerprint) {
		if (isBuiltIn(folder)) return info(BUILT_IN_NAME, ModelVariant.BUILT_IN, "model_index.json", fingerprint);
		final String name = name(folder);
		final JsonObject known = knownHashes();
		for (final Map.Entry<String, String> file : fingerprint.knownHashes().entrySet()) {
			if (known.has(file.getValue())) return info(name, ModelVariant.valueOf(known.get(file.getValue()).getAsString()),
				"SHA-256 of " + file.getKey(), fingerprint);
		}
		final String shift = "scheduler shift " + scheduler.shift();
		if (scheduler.dynamic()) return info(name, ModelVariant.UNKNOWN, "dynamic scheduler shift", fingerprint);
		if (scheduler.shift() == TURBO_SHIFT) return info(name, ModelVariant.TURBO, shift, fingerprint);
		if (scheduler.shift() == BASE_SHIFT) return info(name, ModelVariant.BASE, shift, fingerprint);
		return info(name, ModelVariant.UNKNOWN, shift, fingerprint);
	}

	private static ModelInfo info(final String name, final ModelVariant variant, final String reason,
		final Fingerprint fingerprint)
	{
		return new ModelInfo(name, variant, reason, fingerprint.hex(), fingerprint.kind());
	}

	private static boolean isBuiltIn(final Path folder) {
		final Path index = folder.resolve("model_index.json");
		return Files.isRegularFile(index) && ConfigFile.read(index).says("_name_or_path", BUILT_IN);
	}

	private static String name(final Path folder) {
		final Path absolute = folder.toAbsolutePath().normalize();
		final Matcher cache = CACHE.matcher(absolute.toString().replace('\\', '/'));
		return cache.find() ? cache.group(1) : String.valueOf(absolute.getFileName());
	}

	/** SHA-256 of a published file to the variant that it belongs to. */
	private static JsonObject knownHashes() {
		try (Reader reader = new InputStreamReader(ModelIdentity.class.getResourceAsStream(
			"/io/github/zimagefiji/known-hashes.json"), StandardCharsets.UTF_8))
		{
			return JsonParser.parseReader(reader).getAsJsonObject();
		}
		catch (final IOException exc) {
			throw new IllegalStateException(exc);
		}
	}
}
