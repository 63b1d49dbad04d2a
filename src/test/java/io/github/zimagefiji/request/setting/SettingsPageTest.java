
package io.github.zimagefiji.request.setting;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import io.github.zimagefiji.request.Task;

/** The page for scripts names every setting, and no other. */
class SettingsPageTest {

	/** What scripts have beside the settings of requests. */
	private static final List<String> OF_SCRIPTS = List.of("keep", "task");
	private static final Pattern NAME = Pattern.compile("`([a-z_]+)`");

	@Test
	void thePageForScriptsNamesEverySetting() throws IOException {
		final List<Setting<?>> settings = new ArrayList<>(Settings.TEXT);
		settings.addAll(Settings.MODEL_AND_COMPUTE);
		for (final Task task : Task.values())
			settings.addAll(Settings.of(task));
		final Set<String> names =
			settings.stream().map(Setting::name).collect(Collectors.toCollection(TreeSet::new));
		final Set<String> named = new TreeSet<>();
		for (final String line : Files.readAllLines(Path.of("docs", "scripting.md")))
			if (line.startsWith("| `"))
				NAME.matcher(line.split("\\|")[1]).results().forEach(match -> named.add(match.group(1)));
		named.removeAll(OF_SCRIPTS);
		assertEquals(names, named);
	}
}
