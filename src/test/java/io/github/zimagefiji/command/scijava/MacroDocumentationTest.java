
package io.github.zimagefiji.command.scijava;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.scijava.Context;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.module.Module;
import org.scijava.module.ModuleService;

/** The tables in docs/macros.md. */
class MacroDocumentationTest {

	@Test
	void everyKeyOfEveryCommandIsExplained() throws IOException {
		final String page = Files.readString(Path.of("docs", "macros.md"));
		final Set<String> missing = new TreeSet<>();
		try (Context context = new Context()) {
			for (final CommandInfo command : context.service(CommandService.class).getCommands()) {
				if (!command.is(MacroRecorder.ATTRIBUTE)) continue;
				final Module module = context.service(ModuleService.class).createModule(command);
				for (final String key : MacroKeys.of(module).keySet()) {
					if (!page.contains("`" + key + "`")) missing.add(key);
				}
			}
		}
		assertEquals(Set.of(), missing);
	}
}
