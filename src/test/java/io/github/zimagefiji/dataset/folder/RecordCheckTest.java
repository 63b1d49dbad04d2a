
package io.github.zimagefiji.dataset.folder;

import static io.github.zimagefiji.Refusals.assertRefused;
import static io.github.zimagefiji.golden.Golden.FLOAT32;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import io.github.zimagefiji.Host;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.dataset.DatasetRun;
import io.github.zimagefiji.dataset.plan.Plan;
import io.github.zimagefiji.dataset.plan.Shard;
import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.dataset.recipe.file.RecipeReader;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.pipeline.host.LocalHost;

/** Records with wrong contents are refused as damaged ones are. */
@Tag("engine")
class RecordCheckTest {

	private static final String NAME = "cells-0001";

	@TempDir
	static Path shared;

	private static Host host;
	private static Recipe recipe;
	private static Path dataset;
	private static String right;

	@BeforeAll
	static void makeADataset() throws IOException {
		recipe = RecipeReader.read(
			String.join("\n", "name: cells", "items: 2", "prompt: {text: \"{count} round green nuclei\"}",
				"sampling: {steps: 1}", "size: {width: 64, height: 64}",
				"labels: {objects: [{kind: nuclei, count: 2, radius: [6, 9]}]}",
				"splits: {train: 0.5, val: 0.5}"),
			shared);
		dataset = shared.resolve("out");
		host = new LocalHost();
		new DatasetRun(recipe, dataset, host, FLOAT32).run(false, Shard.ALL, Progress.NONE,
			warning -> {});
		right = Files.readString(record());
	}

	@AfterAll
	static void close() {
		host.close();
	}

	private static Path record() {
		return dataset.resolve(DatasetFolder.recordOf(NAME));
	}

	private static void refused(final String text) throws IOException {
		Files.writeString(record(), text);
		try {
			final InvalidInputException e = assertThrows(InvalidInputException.class,
				() -> new DatasetFolder(dataset).record(Plan.of(recipe).item(1)), text);
			assertTrue(e.getMessage().contains("records/cells-0001.json is missing or damaged"),
				e.getMessage());
		}
		finally {
			Files.writeString(record(), right);
		}
	}

	private static JsonObject copy() {
		return JsonParser.parseString(right).getAsJsonObject();
	}

	@Test
	void everyKeyMustBeThereWithAValueOfItsKind() throws IOException {
		final List<JsonElement> others =
			List.of("[]", "{}", "null", "true", "-7", "1.5", "1e400", "9".repeat(5000), "\"\\u0000\"",
				"[[]]", "[\"U8\"]", "[-1]", "[null]").stream().map(JsonParser::parseString).toList();
		for (final String key : copy().keySet()) {
			final JsonElement value = copy().get(key);
			final JsonObject without = copy();
			without.remove(key);
			refused(without.toString());
			for (final JsonElement other : others) {
				final boolean sameKind = value.isJsonPrimitive() && value.getAsJsonPrimitive().isString() &&
					other.isJsonPrimitive() && other.getAsJsonPrimitive().isString() &&
					!List.of("name", "split", "status").contains(key);
				final boolean truth = key.equals("ground_truth") && other.toString().equals("true");
				final boolean seed = key.endsWith("_seed") && other.toString().equals("-7");
				if (sameKind || truth || seed) continue;
				final JsonObject changed = copy();
				changed.add(key, other);
				refused(changed.toString());
			}
		}
		assertEquals(NAME, new DatasetFolder(dataset).record(Plan.of(recipe).item(1)).name());
	}

	@Test
	void listsMustHaveTheirLengths() throws IOException {
		for (final String list : List.of("ious", "count_errors", "object_f1s", "intensities", "sizes",
			"thumbnail"))
		{
			final JsonObject longer = copy();
			longer.getAsJsonArray(list).add(longer.getAsJsonArray(list).get(0));
			refused(longer.toString());
		}
	}

	@Test
	void whatIsNoRecordOrThatOfAnotherItemIsRefused() throws IOException {
		for (final String text : List.of("", "{", "{}", "[]", "null", "\"x\"",
			right.substring(0, right.length() / 2), "[".repeat(100_000)))
			refused(text);
		refused(Files.readString(dataset.resolve(DatasetFolder.recordOf("cells-0000"))));
		for (final String key : List.of("index", "group")) {
			final JsonObject other = copy();
			other.addProperty(key, 0);
			refused(other.toString());
		}
		final JsonObject moved = copy();
		moved.addProperty("split", copy().get("split").getAsString().equals("val") ? "train" : "val");
		refused(moved.toString());
	}

	@Test
	void whatReadersOfJsonDisagreeOnOrChokeOnIsRefused() throws IOException {
		final String rest = right.strip().substring(1);
		for (final String first : List.of("\"index\":1,", "\"more\":" + "9".repeat(10_000) + ",",
			"\"more\":1e" + "9".repeat(10_000) + ",",
			"\"more\":" + "[".repeat(5000) + "]".repeat(5000) + ",",
			"\"more\":" + "{\"a\":".repeat(5000) + "1" + "}".repeat(5000) + ",",
			"\"more\":[1" + ",1".repeat(600_000) + "],", "'more':1,", "\"more\":NaN,", "/* more */",
			"\"more\":\"\n\","))
			refused("{" + first + rest);
		refused(right + right);
		refused(")]}'\n" + right);
	}

	@Test
	void bytesThatAreNoTextAreRefused() throws IOException {
		Files.write(record(), "{\"name\":\"ü\"}".getBytes(StandardCharsets.ISO_8859_1));
		try {
			assertRefused(() -> new DatasetFolder(dataset).record(NAME), "is missing or damaged");
		}
		finally {
			Files.writeString(record(), right);
		}
	}

	@Test
	void aDamagedRecordStopsAResumedRunBeforeItAndAMerge() throws IOException {
		final Path first = dataset.resolve(DatasetFolder.recordOf("cells-0000"));
		final String kept = Files.readString(first);
		Files.writeString(record(), "{}");
		Files.delete(first);
		try {
			assertRefused(() -> new DatasetRun(recipe, dataset, host, FLOAT32).run(true, Shard.ALL,
				Progress.NONE, warning -> {}), "is missing or damaged");
			assertTrue(Files.notExists(first), "nothing was computed before");
			final Path merged = shared.resolve("merged");
			assertRefused(() -> DatasetMerge.merge(merged, List.of(dataset)),
				"out/records/cells-0001.json is missing or damaged");
			assertTrue(Files.notExists(merged.resolve("records/cells-0001.json")), "nothing was copied");
		}
		finally {
			Files.writeString(first, kept);
			Files.writeString(record(), right);
		}
	}
}
