
package io.github.zimagefiji.dataset.folder;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import io.github.zimagefiji.Provenance;
import io.github.zimagefiji.dataset.output.DatasetImage;
import io.github.zimagefiji.dataset.output.MadeItem;
import io.github.zimagefiji.dataset.plan.PlannedItem;
import io.github.zimagefiji.dataset.quality.Agreement;
import io.github.zimagefiji.dataset.quality.ImageFacts;
import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.dataset.recipe.Split;
import io.github.zimagefiji.dataset.scene.LabelPieces;
import io.github.zimagefiji.io.Sha256;
import io.github.zimagefiji.provenance.ProvenanceJson;
import io.github.zimagefiji.request.Conditions;

/**
 * What became of one item, as JSON without times: a row of the manifest, and small facts for the
 * report. It is written after the item's files, so that an item is done if its record is there.
 */
public final class ItemRecord {

	private final JsonObject json;

	ItemRecord(final JsonObject json) {
		this.json = json;
	}

	public static ItemRecord of(final Recipe recipe, final PlannedItem item, final Attempts attempts,
		final String processor)
	{
		final JsonObject json = new JsonObject();
		json.addProperty("index", item.index());
		json.addProperty("name", item.name());
		json.addProperty("split", item.split().label());
		json.addProperty("status", attempts.accepted() ? "accepted" : "rejected");
		json.addProperty("group", item.group());
		json.addProperty("source", item.source());
		json.addProperty("workflow", recipe.workflow().label());
		json.addProperty("ground_truth", recipe.workflow().hasLabels());
		json.addProperty("labels_seed", item.labelsSeed());
		json.addProperty("image_seed", attempts.seed());
		json.addProperty("prompt", item.prompt());
		json.addProperty("negative", item.negative());
		final MadeItem made = attempts.item();
		addImage(json, made);
		json.addProperty("segmentation", made.scene() == null ? "" : recipe.quality().judge());
		addQuality(json, attempts.agreements());
		addOrigin(json, made.provenance(), processor);
		json.add("intensities", array(ImageFacts.intensities(made.image())));
		if (made.scene() != null) json.add("sizes", array(ImageFacts.sizes(made.scene())));
		json.add("thumbnail", array(new int[0]));
		json.getAsJsonArray("thumbnail").add(ImageFacts.thumbnail(made.image()));
		return new ItemRecord(json);
	}

	private static void addImage(final JsonObject json, final MadeItem made) {
		json.addProperty("width", made.image().width());
		json.addProperty("height", made.image().height());
		json.addProperty("pixels", made.image().kind().label());
		json.addProperty("image_sha256", Sha256.hex(made.image().bytes()));
		json.addProperty("objects", made.scene() == null ? "" : String.valueOf(made.scene().count()));
		json.addProperty("pieces",
			made.scene() == null ? "" : String.valueOf(LabelPieces.of(made.scene()).all()));
		json.addProperty("labels_sha256",
			made.scene() == null ? "" : Sha256.hex(DatasetImage.bytes(made.scene().labels(), 2)));
	}

	private static void addQuality(final JsonObject json, final List<Agreement> agreements) {
		final JsonArray ious = new JsonArray();
		final JsonArray countErrors = new JsonArray();
		final JsonArray f1s = new JsonArray();
		agreements.forEach(agreement -> {
			ious.add(Math.rint(agreement.iou() * 1e6) / 1e6);
			countErrors.add(agreement.countError());
			f1s.add(Math.rint(agreement.f1() * 1e6) / 1e6);
		});
		json.addProperty("attempts", Math.max(1, agreements.size()));
		json.addProperty("iou", ious.isEmpty() ? "" : ious.get(ious.size() - 1).getAsString());
		json.addProperty("count_error",
			ious.isEmpty() ? "" : countErrors.get(ious.size() - 1).getAsString());
		json.addProperty("object_f1", ious.isEmpty() ? "" : f1s.get(ious.size() - 1).getAsString());
		json.add("ious", ious);
		json.add("count_errors", countErrors);
		json.add("object_f1s", f1s);
	}

	private static void addOrigin(final JsonObject json, final Provenance provenance,
		final String processor)
	{
		json.addProperty("model", provenance.model().name());
		json.addProperty("model_fingerprint", provenance.model().fingerprint());
		final Conditions conditions = provenance.conditions();
		json.addProperty("inputs", conditions.inputs().stream()
			.map(input -> input.role() + ": " + input.name()).collect(Collectors.joining("; ")));
		json.addProperty("control",
			conditions.control() == null ? "" : conditions.control().name() + ", scale " +
				conditions.control().scale() + ", fingerprint " + conditions.control().fingerprint());
		json.addProperty("loras",
			conditions.loras().stream()
				.map(
					lora -> lora.name() + ", scale " + lora.scale() + ", fingerprint " + lora.fingerprint())
				.collect(Collectors.joining("; ")));
		json.addProperty("processor", processor);
		json.addProperty("device", provenance.device());
		json.addProperty("precision", provenance.precision());
		json.addProperty("threads", provenance.threads());
		json.addProperty("plugin_version", provenance.pluginVersion());
		json.addProperty("engine_version", provenance.engineVersion());
		json.addProperty("provenance", ProvenanceJson.line(provenance));
	}

	private static JsonArray array(final int[] numbers) {
		final JsonArray array = new JsonArray();
		for (final int number : numbers)
			array.add(number);
		return array;
	}

	/** The text of the record's file. */
	public String text() {
		return json + "\n";
	}

	/** Name of the item's files, without an ending. */
	public String name() {
		return json.get("name").getAsString();
	}

	/** Where the item belongs. */
	public Split split() {
		return Split.valueOf(json.get("split").getAsString().toUpperCase(Locale.ROOT));
	}

	/**
	 * Whether the item is part of the dataset; otherwise it did not reach the limits, and has no
	 * files.
	 */
	public boolean isAccepted() {
		return json.get("status").getAsString().equals("accepted");
	}

	/** Whether it is the record of a planned item. */
	boolean isOf(final PlannedItem item) {
		return name().equals(item.name()) && split() == item.split() &&
			text("index").equals(String.valueOf(item.index())) &&
			text("group").equals(String.valueOf(item.group()));
	}

	/** A single value as text. */
	public String text(final String key) {
		return json.get(key).getAsString();
	}

	/** The numbers of a list; empty if there is none. */
	public double[] numbers(final String key) {
		final JsonArray list = json.getAsJsonArray(key);
		final double[] numbers = new double[list == null ? 0 : list.size()];
		for (int i = 0; i < numbers.length; i++)
			numbers[i] = list.get(i).getAsDouble();
		return numbers;
	}

	/** How the image of each attempt kept to its labels; empty without labels. */
	public List<Agreement> agreements() {
		final double[] ious = numbers("ious");
		final double[] countErrors = numbers("count_errors");
		final double[] f1s = numbers("object_f1s");
		return IntStream.range(0, ious.length)
			.mapToObj(i -> new Agreement(ious[i], (int) countErrors[i], f1s[i])).toList();
	}

	/** The image made small; see {@link ImageFacts#thumbnail}. */
	public String thumbnail() {
		return json.getAsJsonArray("thumbnail").get(0).getAsString();
	}

	/**
	 * On what it was computed; the same pixels can be expected only on the same.
	 */
	public String machine() {
		return text("processor") + "; " + text("device") + "; " + text("precision") + "; threads " +
			text("threads") + "; " + text("engine_version");
	}

	/** The manifest's columns: all single values, in order. */
	public Map<String, String> columns() {
		final Map<String, String> columns = new LinkedHashMap<>();
		for (final Map.Entry<String, JsonElement> entry : json.entrySet()) {
			if (entry.getValue().isJsonPrimitive())
				columns.put(entry.getKey(), entry.getValue().getAsString());
		}
		return columns;
	}
}
