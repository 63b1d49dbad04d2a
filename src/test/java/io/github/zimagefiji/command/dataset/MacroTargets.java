
package io.github.zimagefiji.command.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import io.github.zimagefiji.command.scijava.MacroOptions;
import io.github.zimagefiji.fuzz.Format;
import io.github.zimagefiji.fuzz.Target;
import io.github.zimagefiji.fuzz.Targets;

/** Readers of a macro's options and of the dataset dialog's lines. */
public final class MacroTargets {

	private static final Set<String> KEYS = Set.of("prompt", "negative", "width", "height", "steps",
		"seed", "model_folder", "loras", "quick");

	private MacroTargets() {
		// only in()
	}

	/** All of them. */
	public static List<Target> in(final Path folder) throws IOException {
		return List.of(
			new Target("macro options", Format.TEXT, Targets.file(folder, "macro options", "x.txt"),
				Targets.texts("prompt=[three [round] nuclei] width=128 height='12 8' quick seed=42",
					"model_folder=[/a b/c] prompt=[=[ a ] b ]=] loras=[a.safetensors:0.5|b]"),
				(file, input, i) -> MacroOptions.parse(Targets.text(input), KEYS)),
			new Target("dialog's lines", Format.TEXT, Targets.file(folder, "dialog's lines", "x.txt"),
				Targets.texts("3-6", "128 x 96", "colour=green, white; count=one, two", "0.8, 0.1, 0.1",
					"tiff, coco", DatasetText.CAMERA),
				(file, input, i) -> line(Targets.text(input), i)));
	}

	/** A line may be meant as any of them. */
	private static void line(final String text, final int number) {
		switch (number % 6) {
			case 0 -> DatasetText.range(text);
			case 1 -> DatasetText.size(text);
			case 2 -> DatasetText.tables(text);
			case 3 -> DatasetText.splits(text);
			case 4 -> DatasetText.outputs(text);
			default -> DatasetText.camera(text);
		}
	}
}
