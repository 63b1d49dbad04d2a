
package io.github.zimagefiji.dataset.folder;

import java.util.List;
import java.util.Set;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import io.github.zimagefiji.dataset.quality.ImageFacts;
import io.github.zimagefiji.dataset.recipe.Split;

/**
 * Looks whether JSON is what {@link ItemRecord} writes: every key with a value of its kind, within
 * its bounds, so that whoever reads the record later need not ask.
 */
final class RecordCheck {

	private static final List<String> WHOLE = List.of("index", "group", "labels_seed", "image_seed",
		"width", "height", "attempts", "threads");
	private static final List<String> TEXTS = List.of("name", "source", "workflow", "prompt",
		"negative", "pixels", "image_sha256", "objects", "labels_sha256", "pieces", "segmentation",
		"iou", "count_error", "object_f1", "model", "model_fingerprint", "inputs", "control", "loras",
		"processor", "device", "precision", "plugin_version", "engine_version", "provenance");
	private static final int SIZES = 24;
	private static final int THUMBNAIL_DIGITS = 2 * ImageFacts.THUMBNAIL * ImageFacts.THUMBNAIL;

	private final JsonObject json;

	private RecordCheck(final JsonObject json) {
		this.json = json;
	}

	/**
	 * Whether it is a record.
	 *
	 * @param name of the item that it must be of
	 */
	static boolean isRecord(final JsonElement element, final String name) {
		return element.isJsonObject() && new RecordCheck(element.getAsJsonObject()).isOf(name);
	}

	private boolean isOf(final String name) {
		return TEXTS.stream().allMatch(this::isText) && WHOLE.stream().allMatch(this::isWhole) &&
			text("name").equals(name) && isOneOf("status", "accepted", "rejected") &&
			isOneOf("split", labels()) && isTruth() && areAgreements() && areFacts() && areCounts();
	}

	/** Texts that are numbers, or empty without labels. */
	private boolean areCounts() {
		final String form = json.get("ground_truth").getAsBoolean() ? "\\d{1,9}" : "";
		return text("objects").matches(form) && text("pieces").matches(form);
	}

	private static String[] labels() {
		return List.of(Split.values()).stream().map(Split::label).toArray(String[]::new);
	}

	private boolean isText(final String key) {
		return json.get(key) != null && json.get(key).isJsonPrimitive() &&
			json.getAsJsonPrimitive(key).isString();
	}

	private String text(final String key) {
		return json.get(key).getAsString();
	}

	private boolean isOneOf(final String key, final String... known) {
		return isText(key) && Set.of(known).contains(text(key));
	}

	private boolean isTruth() {
		return json.get("ground_truth") != null && json.get("ground_truth").isJsonPrimitive() &&
			json.getAsJsonPrimitive("ground_truth").isBoolean();
	}

	private boolean isWhole(final String key) {
		final JsonElement value = json.get(key);
		if (!isNumber(value)) return false;
		final String digits = value.getAsString();
		try {
			final long number = Long.parseLong(digits);
			final boolean isSeed = key.endsWith("_seed");
			return isSeed || number >= 0 && number <= Integer.MAX_VALUE;
		}
		catch (final NumberFormatException e) {
			return false;
		}
	}

	private static boolean isNumber(final JsonElement value) {
		return value != null && value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber();
	}

	/** One of each for every attempt; none without labels. */
	private boolean areAgreements() {
		return areNumbers("ious", 1, false) && areNumbers("count_errors", Integer.MAX_VALUE, true) &&
			areNumbers("object_f1s", 1, false) &&
			json.getAsJsonArray("ious").size() == json.getAsJsonArray("count_errors").size() &&
			json.getAsJsonArray("ious").size() == json.getAsJsonArray("object_f1s").size();
	}

	private boolean areFacts() {
		final boolean sizes = json.has("sizes");
		return areNumbers("intensities", Integer.MAX_VALUE, true) &&
			json.getAsJsonArray("intensities").size() == ImageFacts.STEPS &&
			sizes == json.get("ground_truth").getAsBoolean() &&
			(!sizes || areNumbers("sizes", Integer.MAX_VALUE, true) &&
				json.getAsJsonArray("sizes").size() == SIZES) &&
			isThumbnail();
	}

	private boolean isThumbnail() {
		if (!(json.get("thumbnail") instanceof JsonArray list) || list.size() != 1 ||
			!list.get(0).isJsonPrimitive()) return false;
		final String digits = list.get(0).getAsString();
		return digits.length() == THUMBNAIL_DIGITS &&
			digits.chars().allMatch(digit -> Character.digit(digit, 16) >= 0);
	}

	/** A list of numbers from 0 to the most. */
	private boolean areNumbers(final String key, final double most, final boolean whole) {
		if (!(json.get(key) instanceof JsonArray list)) return false;
		for (final JsonElement each : list) {
			if (!isNumber(each)) return false;
			final double value = each.getAsDouble();
			if (!(value >= 0 && value <= most) || whole && value != Math.rint(value)) return false;
		}
		return true;
	}
}
