
package io.github.zimagefiji.cli.generate;

import java.io.IOException;
import java.nio.file.Path;

import io.github.zimagefiji.fuzz.Format;
import io.github.zimagefiji.fuzz.Target;
import io.github.zimagefiji.fuzz.Targets;

/** The reader of prompts in files. */
public final class PromptFileTarget {

	private PromptFileTarget() {
		// only in()
	}

	/** The target. */
	public static Target in(final Path folder) throws IOException {
		return new Target("prompt file", Format.TEXT, Targets.file(folder, "prompt file", "x.txt"),
			Targets.texts("three round green nuclei, 共聚焦\r\n", "\uFEFFa cell\n\n"),
			(file, input, i) -> PromptFile.read(file));
	}
}
