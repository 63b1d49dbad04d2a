
package io.github.zimagefiji.scripting;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.function.ThrowingConsumer;

/**
 * The script templates: with which small values they are run here, and how what they make is
 * checked.
 */
enum Template {

		SERIES("Series_over_prompts_and_seeds", TemplateOutput::checkSeries),
		MEASURE("Generate_segment_and_measure", TemplateOutput::checkMeasurements),
		PROMPTS("Images_from_a_file_of_prompts", TemplateOutput::checkImagesOfPrompts),
		DATASET("Dataset_with_labels", TemplateOutput::checkDataset),
		TRUTH("Dataset_with_ground_truth", TemplateOutput::checkGroundTruth),
		EDIT("Edit_a_folder_of_images", PictureTemplates::checkEdited),
		LABELS("Images_from_labels", PictureTemplates::checkImagesOfLabels),
		REPAINT("Repaint_a_labelled_object", PictureTemplates::checkRepainted);

	/** Where Fiji's script editor looks for templates. */
	static final String FOLDER = "script_templates";
	static final String[] LANGUAGES = { "groovy", "py", "ijm" };

	private final String fileName;
	private final ThrowingConsumer<TemplateOutput> check;

	Template(final String fileName, final ThrowingConsumer<TemplateOutput> check) {
		this.fileName = fileName;
		this.check = check;
	}

	/** Below {@link #FOLDER}. */
	String path(final String language) {
		return "Z-Image/" + fileName + "." + language;
	}

	Path file(final String language) {
		try {
			return Path.of(Template.class.getResource("/" + FOLDER + "/" + path(language)).toURI());
		}
		catch (final URISyntaxException e) {
			throw new IllegalStateException(e);
		}
	}

	/**
	 * Makes the files that the template reads, and gives the values of its parameters.
	 */
	Map<String, Object> prepare(final String language, final Path folder) throws IOException {
		final boolean macro = language.equals("ijm");
		final Map<String, Object> inputs = new LinkedHashMap<>();
		switch (this) {
			case SERIES -> {
				inputs.put("prompts", String.join("; ", TemplateOutput.PROMPTS));
				inputs.put("images_per_prompt", "2");
				if (macro) inputs.put("output", folder.toString());
			}
			case MEASURE -> {
				inputs.put("image_count", "2");
				inputs.put("table_file", folder.resolve("objects.csv").toString());
			}
			case PROMPTS -> {
				// A macro ends at a line that cannot be used.
				final String bad = macro ? "" : "three nuclei\tseven\n";
				inputs.put("prompt_file", Files.writeString(folder.resolve("prompts.txt"),
					"# prompts\n\none round red nucleus\n" + bad + "三个绿色的圆形细胞核\t12\n").toString());
				inputs.put("output", folder.resolve("images").toString());
			}
			case TRUTH -> {
				inputs.put("image_count", "5");
				inputs.put("fewest", "2");
				inputs.put("most", "3");
				inputs.put("output", folder.resolve("nuclei").toString());
			}
			case EDIT -> {
				PictureTemplates.drawFolder(folder.resolve("pictures"));
				inputs.put("instruction", PictureTemplates.INSTRUCTION);
				inputs.put("input", folder.resolve("pictures").toString());
				inputs.put("output", folder.resolve("edited").toString());
			}
			case LABELS -> {
				inputs.put("labels", PictureTemplates.drawLabels(folder).toString());
				inputs.put("image_count", "2");
				if (macro) inputs.put("output", folder.toString());
			}
			case REPAINT -> {
				inputs.put("image", PictureTemplates.drawNuclei(folder.resolve("nuclei.tif")).toString());
				inputs.put("labels", PictureTemplates.drawLabels(folder).toString());
				inputs.put("label", "2");
				inputs.put("variants", "2");
				if (macro) inputs.put("output", folder.toString());
			}
			default -> {
				inputs.put("prompts", String.join("; ", TemplateOutput.PROMPTS));
				inputs.put("images_per_prompt", "1");
				inputs.put("output", folder.toString());
			}
		}
		return inputs;
	}

	void check(final String language, final Path folder) {
		try {
			check.accept(new TemplateOutput(folder, language));
		}
		catch (final Throwable e) {
			throw new AssertionError(
				path(language) + ": " + e.getMessage() + " " + Arrays.toString(folder.toFile().list()), e);
		}
	}
}
