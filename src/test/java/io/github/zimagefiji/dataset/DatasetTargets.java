
package io.github.zimagefiji.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.github.zimagefiji.dataset.folder.DatasetFolder;
import io.github.zimagefiji.dataset.folder.ItemRecord;
import io.github.zimagefiji.dataset.plan.DatasetIdentity;
import io.github.zimagefiji.dataset.quality.ImageFacts;
import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.dataset.recipe.file.RecipeReader;
import io.github.zimagefiji.dataset.recipe.file.RecipeWriter;
import io.github.zimagefiji.fuzz.Format;
import io.github.zimagefiji.fuzz.Target;
import io.github.zimagefiji.fuzz.Targets;

/** Readers of recipes and of a dataset's folder. */
public final class DatasetTargets {

	private static final String ITEM = "train_0001";
	private static final int SIZES = 24;
	private static final String RECIPE =
		String.join("\n", "name: cells", "seed: 42", "items: 200", "variants: 2", "workflow: control",
			"model: built-in", "prompt:", "  text: \"{count} round {colour} nuclei\"", "  negative: blur",
			"  values:", "    colour: [green, white]", "size:", "  width: 128", "  height: 96",
			"sampling:", "  steps: 9", "  guidance: 1.5", "control:", "  network: built-in",
			"  scale: 0.9", "loras:", "  - file: a.safetensors", "    scale: 0.5", "labels:",
			"  source: scenes", "  objects:", "    - kind: nuclei", "      class: nucleus",
			"      count: [3, 6]", "      radius: [8.5, 13]", "      overlap: 0.1", "splits:",
			"  train: 0.8", "  val: 0.2", "outputs: [tiff, coco]", "pixels: grey16", "camera:",
			"  blur: 0.8", "  photons: 300", "quality:", "  min-iou: 0.3", "  retries: 2",
			"  segmentation:", "    command: [a, \"{image}\", \"{labels}\"]", "    timeout: 60", "");
	private static final String RECORD =
		"{\"index\":0,\"name\":\"train_0001\",\"split\":\"train\",\"status\":\"accepted\",\"group\":0," +
			"\"source\":\"scene\",\"workflow\":\"control\",\"ground_truth\":true,\"labels_seed\":1," +
			"\"image_seed\":2,\"prompt\":\"p\",\"negative\":\"\",\"width\":128,\"height\":128," +
			"\"pixels\":\"rgb8\",\"image_sha256\":\"" + "0".repeat(64) +
			"\",\"objects\":\"3\",\"labels_sha256\":\"" + "0".repeat(64) +
			"\",\"pieces\":\"0\",\"segmentation\":\"\",\"attempts\":1,\"iou\":\"0.5\",\"count_error\":\"1\"," +
			"\"object_f1\":\"0.5\",\"ious\":[0.5],\"count_errors\":[1],\"object_f1s\":[0.5],\"model\":\"m\"," +
			"\"model_fingerprint\":\"f\",\"inputs\":\"\",\"control\":\"\",\"loras\":\"\",\"processor\":\"p\"," +
			"\"device\":\"cpu\",\"precision\":\"float32\",\"threads\":2,\"plugin_version\":\"1\"," +
			"\"engine_version\":\"e\",\"provenance\":\"{}\",\"intensities\":[HISTOGRAM],\"sizes\":[SIZES]," +
			"\"thumbnail\":[\"THUMBNAIL\"]}";

	private static final String IDENTITY =
		"{\"format\":\"zimage-dataset-4\",\"name\":\"x\",\"items\":4,\"recipe_sha256\":\"0\"," +
			"\"sources_sha256\":\"0\",\"model_fingerprint\":\"0\",\"loras_sha256\":[\"0\"]}\n";

	private DatasetTargets() {
		// only in()
	}

	/** All of them. */
	public static List<Target> in(final Path folder) throws IOException {
		final Recipe recipe = RecipeReader.read(RECIPE, folder);
		final Path record = Targets.file(folder, "item record", "dataset/records/" + ITEM + ".json");
		Files.createDirectories(record.getParent());
		final DatasetFolder dataset = new DatasetFolder(record.getParent().getParent());
		return List.of(
			new Target("recipe", Format.YAML, Targets.file(folder, "recipe", "x.yaml"),
				Targets.texts(RECIPE), (file, input, i) -> RecipeReader.read(file)),
			new Target("recipe as JSON", Format.JSON, Targets.file(folder, "recipe as JSON", "x.json"),
				Targets.texts(RecipeWriter.write(recipe)), (file, input, i) -> RecipeReader.read(file)),
			new Target("item record", Format.JSON, record, Targets.texts(record()),
				(file, input, i) -> use(dataset.record(ITEM))),
			new Target("dataset.json", Format.JSON, Targets.file(folder, "dataset.json", "dataset.json"),
				Targets.texts(IDENTITY),
				(file, input, i) -> DatasetIdentity.difference(Targets.text(input), IDENTITY)));
	}

	private static String record() {
		return RECORD.replace("HISTOGRAM", "0" + ",1".repeat(ImageFacts.STEPS - 1))
			.replace("SIZES", "0" + ",1".repeat(SIZES - 1))
			.replace("THUMBNAIL", "0".repeat(2 * ImageFacts.THUMBNAIL * ImageFacts.THUMBNAIL));
	}

	/** As the report and the manifest do. */
	private static void use(final ItemRecord record) {
		record.split();
		record.isAccepted();
		record.thumbnail();
		record.machine();
		record.columns();
		record.agreements();
		for (final String key : List.of("ious", "count_errors", "object_f1s", "intensities", "sizes"))
			record.numbers(key);
	}
}
