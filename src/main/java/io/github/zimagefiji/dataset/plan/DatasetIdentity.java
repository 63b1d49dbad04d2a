
package io.github.zimagefiji.dataset.plan;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Map;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import io.github.zimagefiji.Host;
import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.dataset.recipe.file.RecipeWriter;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.fields.Json;
import io.github.zimagefiji.fields.MalformedTextException;
import io.github.zimagefiji.io.IOReason;
import io.github.zimagefiji.io.Sha256;
import io.github.zimagefiji.request.LoraChoice;
import io.github.zimagefiji.weights.Checkpoint;
import io.github.zimagefiji.weights.Fingerprint;
import io.github.zimagefiji.weights.lora.LoraFile;

/**
 * What tells a dataset from all others, as JSON: its recipe, and the contents of all files that it
 * is made from: sources by SHA-256, LoRAs by SHA-256, the model's and the ControlNet's weights by
 * their fingerprints. In which folder these files lie does not matter.
 */
public final class DatasetIdentity {

	private static final String FORMAT = "zimage-dataset-4";
	private static final String LORAS = "loras_sha256";

	/** What each key stands for, in a sentence that says what has changed. */
	private static final Map<String, String> MEANINGS = Map.of("sources_sha256",
		"the recipe's source images have changed", "model_fingerprint", "the model is another one",
		"control_fingerprint", "the ControlNet is another one", LORAS, "a LoRA is another one");

	private DatasetIdentity() {
		// only static methods
	}

	/**
	 * The identity of what a recipe makes now.
	 *
	 * @throws InvalidInputException if a file cannot be read
	 */
	public static String of(final Recipe recipe, final ItemLabels files, final Host host) {
		final ImageRequests requests = new ImageRequests(recipe);
		final JsonObject json = new JsonObject();
		json.addProperty("format", FORMAT);
		json.addProperty("name", recipe.name());
		json.addProperty("items", recipe.items());
		json.addProperty("recipe_sha256", Sha256.hex(RecipeWriter.writeWithoutPlaces(recipe)));
		json.addProperty("sources_sha256", files.digest());
		json.addProperty("model_fingerprint", host.inspect(requests.model()).fingerprint());
		if (requests.network() != null)
			json.addProperty("control_fingerprint", fingerprint(requests.network()));
		final JsonArray loras = new JsonArray();
		for (final LoraChoice lora : recipe.loras())
			loras.add(LoraFile.settingsFile(lora.file())
				.map(settings -> sha256(lora.file()) + " " + sha256(settings))
				.orElseGet(() -> sha256(lora.file())));
		json.add(LORAS, loras);
		return json + "\n";
	}

	/** Why one identity is not another, as a part of a sentence. */
	public static String difference(final String there, final String now) {
		try {
			final JsonObject old = Json.object(there);
			final JsonObject wanted = Json.object(now);
			for (final Map.Entry<String, JsonElement> entry : wanted.entrySet()) {
				if (entry.getValue().equals(old.get(entry.getKey()))) continue;
				return MEANINGS.getOrDefault(entry.getKey(),
					"it holds another dataset, or the recipe has changed");
			}
		}
		catch (final MalformedTextException e) {
			return "its file dataset.json is damaged";
		}
		return "it holds another dataset";
	}

	private static String fingerprint(final Path network) {
		return Fingerprint.ofTensors(
			Files.isDirectory(network) ? Checkpoint.open(network) : Checkpoint.openFile(network));
	}

	/** SHA-256 of a file of any size. */
	static String sha256(final Path file) {
		final MessageDigest sha = Sha256.create();
		try (InputStream in = new DigestInputStream(Files.newInputStream(file), sha)) {
			in.transferTo(OutputStream.nullOutputStream());
		}
		catch (final IOException e) {
			throw new InvalidInputException(
				file + " cannot be read: " + IOReason.of(e) + ". Check its permissions.", e);
		}
		return Sha256.finish(sha);
	}
}
