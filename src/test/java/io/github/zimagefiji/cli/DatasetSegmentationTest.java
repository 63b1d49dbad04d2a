
package io.github.zimagefiji.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.zimagefiji.dataset.output.Trees;
import io.github.zimagefiji.dataset.quality.SegmentingProgram;

/**
 * A recipe's own program checks a dataset if the person allows it, and never otherwise.
 */
@Tag("process")
class DatasetSegmentationTest {

	@TempDir
	Path folder;

	@BeforeEach
	void writeTheProgram() throws IOException {
		SegmentingProgram.in(folder);
	}

	private Path recipe(final String task, final String... more) throws IOException {
		final String command = SegmentingProgram.command("{recipe}", task, more).stream()
			.map(word -> "'" + word + "'").collect(Collectors.joining(", "));
		return Files.writeString(folder.resolve("cells.yaml"), String.join("\n", "name: cells",
			"items: 2", "prompt: {text: \"two round green nuclei\"}", "sampling: {steps: 8}",
			"labels: {objects: [{kind: nuclei, class: nucleus, count: 2, radius: [9, 12]}]}",
			"splits: {train: 1}", "quality: {min-iou: 0.4, segmentation: {command: [" + command + "]}}"));
	}

	private Call make(final Path recipe, final String... more) {
		return Call.of(Stream
			.concat(Stream.of("dataset", recipe.toString(), "--output", folder.resolve("out").toString()),
				Stream.of(more))
			.toArray(String[]::new));
	}

	@Test
	void theCommandOfARecipeRunsOnlyIfItIsAllowed() throws IOException {
		final Path pid = folder.resolve("pid");
		final Call call = make(recipe("wait", pid.toString()));
		call.refused("Segment wait {image} {labels}", "--allow-segmentation-command");
		assertFalse(Files.exists(folder.resolve("out")), "nothing is begun");
		assertFalse(Files.exists(pid), "nothing was started");
		Call.of("dataset", recipe("wait", pid.toString()).toString(), "--dry-run").succeeded()
			.told("Segmentation: the command ", "Segment wait {image} {labels}");
		assertFalse(Files.exists(pid), "nothing was started");
	}

	@Test
	void theDatasetTellsWhichSegmentationCheckedIt() throws IOException {
		final Path recipe = recipe("threshold", "tif");
		make(recipe, "--allow-segmentation-command").succeeded().told("Made 2 of 2 items");
		final String judge = "the command " + Path.of(System.getProperty("java.home"), "bin", "java") +
			" -cp " + folder.toAbsolutePath() + " Segment threshold {image} {labels} tif";
		for (final String file : List.of("manifest.csv", "DATASHEET.md", "report.html",
			"records/cells-0001.json"))
			assertTrue(Files.readString(folder.resolve("out").resolve(file)).contains(judge), file);
		final List<String> first = Trees.digest(folder.resolve("out"));
		make(recipe, "--allow-segmentation-command", "--resume").succeeded().told("Made 0 of 2 items");
		assertEquals(first, Trees.digest(folder.resolve("out")));
		make(recipe, "--resume").refused("--allow-segmentation-command");
	}

	@Test
	void whatWasMadeIsKeptWhenTheCommandFails() throws IOException {
		final Call call = make(recipe("fail"), "--allow-segmentation-command");
		assertEquals(2, call.code(), call.err());
		assertTrue(call.err().contains("exit code 7") && call.err().contains("the model is missing"),
			call.err());
		assertFalse(Files.exists(folder.resolve("out/records/cells-0000.json")),
			"it was not checked, so it is not done");
	}
}
