
package io.github.zimagefiji.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.ImagePlus;
import io.github.zimagefiji.hub.builtin.BuiltInModel;

/**
 * The examples of docs/command-line.md that the built-in model can run, as they stand there and in
 * their order.
 */
@Tag("engine")
class CommandLinePageTest {

	private static final String START = "    scripts/zimage ";
	private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

	@TempDir
	Path folder;

	@Test
	void everyExampleMakesItsImage() throws IOException {
		final List<String> lines = Files.readAllLines(Path.of("docs", "command-line.md")).stream()
			.filter(line -> line.startsWith(START) && !line.contains("--model Z-Image")).toList();
		final Set<String> commands = new HashSet<>();
		draw();
		for (final String line : lines) {
			final List<String> words = words(line.substring(START.length()));
			Call.of(words.toArray(String[]::new)).succeeded();
			final Path made = Path.of(words.get(words.indexOf("--output") + 1));
			assertTrue(Drawn.open(made).getWidth() >= 120, line);
			commands.add(words.get(0));
		}
		assertEquals(
			Set.of("text-to-image", "image-to-image", "inpaint", "outpaint", "control", "edit"),
			commands);
	}

	/** The files that the page takes for given. */
	private void draw() throws IOException {
		final ImagePlus cells =
			new ImagePlus("cells", Drawn.shorts(120, 136, (x, y) -> 400 + 31 * (x % 40) * (y % 40)));
		cells.setDisplayRange(400, 40000);
		Drawn.tiff(folder.resolve("cells.tif"), cells);
		Drawn.tiff(folder.resolve("labels.tif"), new ImagePlus("labels",
			Drawn.shorts(120, 136, (x, y) -> x % 40 > 10 && y % 40 > 10 ? 1 + x / 40 : 0)));
		Drawn.mask(folder.resolve("mask.png"), 128, 128, 40, 40, 88, 80);
		Files.copy(BuiltInModel.grainyLora(), folder.resolve("grainy.safetensors"));
	}

	/** As a shell splits them; files are in the folder. */
	private List<String> words(final String line) {
		final List<String> words = new ArrayList<>();
		final Matcher matcher = WORD.matcher(line);
		while (matcher.find()) {
			final String word = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
			words.add(word.matches("\\w+\\.(png|tif|safetensors)(:.*)?") ? folder.resolve(word).toString()
				: word);
		}
		return words;
	}
}
