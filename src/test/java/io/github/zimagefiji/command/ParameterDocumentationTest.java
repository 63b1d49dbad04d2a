
package io.github.zimagefiji.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.scijava.Context;
import org.scijava.ItemVisibility;
import org.scijava.command.CommandService;
import org.scijava.module.ModuleItem;
import org.scijava.service.Service;

/** The table in docs/text-to-image.md. */
class ParameterDocumentationTest {

	@Test
	void everyParameterOfTheDialogIsExplained() throws IOException {
		final String page = Files.readString(Path.of("docs", "text-to-image.md"));
		try (Context context = new Context()) {
			final List<String> missing = new ArrayList<>();
			for (final ModuleItem<?> input : context.service(CommandService.class)
				.getCommand(TextToImage.class).inputs())
			{
				if (isShown(input) && !page.contains("`" + input.getName() + "`"))
					missing.add(input.getName());
			}
			assertEquals(List.of(), missing);
		}
	}

	private static boolean isShown(final ModuleItem<?> input) {
		final Class<?> type = input.getType();
		return input.getVisibility() == ItemVisibility.NORMAL &&
			!Service.class.isAssignableFrom(type) && type != Context.class;
	}
}
