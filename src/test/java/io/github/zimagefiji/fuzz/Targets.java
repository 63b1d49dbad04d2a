
package io.github.zimagefiji.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.zimagefiji.cli.generate.PromptFileTarget;
import io.github.zimagefiji.command.dataset.MacroTargets;
import io.github.zimagefiji.dataset.DatasetTargets;
import io.github.zimagefiji.hub.store.HubTargets;
import io.github.zimagefiji.service.ValueTargets;

/** Everything here that reads what others have written. */
public final class Targets {

	private Targets() {
		// only static methods
	}

	/**
	 * All parsers.
	 *
	 * @param folder where their inputs are written, each in a folder of its name
	 */
	public static List<Target> all(final Path folder) throws IOException {
		final List<Target> all = new ArrayList<>();
		all.addAll(WeightTargets.in(folder));
		all.addAll(ConfigTargets.in(folder));
		all.addAll(HubTargets.in(folder));
		all.addAll(DatasetTargets.in(folder));
		all.addAll(ProvenanceTargets.in(folder));
		all.addAll(ImageTargets.in(folder));
		all.add(PromptFileTarget.in(folder));
		all.addAll(MacroTargets.in(folder));
		all.addAll(ValueTargets.in(folder));
		return all;
	}

	/** The file of a parser's inputs, in a folder made for it. */
	public static Path file(final Path folder, final String parser, final String name)
		throws IOException
	{
		return Files.createDirectories(folder.resolve(parser)).resolve(name);
	}

	/** Seeds of text. */
	public static List<byte[]> texts(final String... texts) {
		return Arrays.stream(texts).map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
	}

	/** An input as text; what is not UTF-8 becomes a replacement character. */
	public static String text(final byte[] input) {
		return new String(input, StandardCharsets.UTF_8);
	}
}
