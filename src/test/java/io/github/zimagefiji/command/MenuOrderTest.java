
package io.github.zimagefiji.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.scijava.MenuEntry;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.menu.MenuService;
import org.scijava.menu.ShadowMenu;

/** The order in which Fiji's menu has our commands. */
class MenuOrderTest extends ScijavaFixture {

	private static final List<String> MODELS = List.of("Download Model...", "Import Model Folder...",
		"Combine Model Files...", "List Models...", "Verify Model...", "Narrow Model to bfloat16...",
		"Remove Model...", "Access Token...");

	private static final List<String> BEFORE =
		List.of("Text to Image...", "Image to Image...", "Inpaint...", "Outpaint...", "Control...",
			"Edit Image...", "Make Again...", "Synthesize Dataset...");

	private static final List<String> AFTER = List.of("Engine...", "Diagnostics...");

	/** SciJava's own menus know also where the submenu stands. */
	@Test
	void isThatOfTheWork() {
		final ShadowMenu ours = context.service(MenuService.class).getMenu().getMenu("Plugins>Z-Image");
		final List<String> expected = new ArrayList<>(BEFORE);
		expected.add("Models");
		expected.addAll(AFTER);
		assertEquals(expected, names(ours));
		assertEquals(MODELS, names(ours.getMenu("Models")));
	}

	private static List<String> names(final ShadowMenu menu) {
		return menu.getChildren().stream().map(ShadowMenu::getMenuEntry).map(MenuEntry::getName)
			.toList();
	}

	/** imagej-legacy looks at the weights of the commands alone. */
	@Test
	void isTheSameWhereOnlyCommandsAreWeighed() {
		final List<String> expected = new ArrayList<>(BEFORE);
		expected.addAll(MODELS);
		expected.addAll(AFTER);
		assertEquals(expected,
			context.service(CommandService.class).getCommands().stream()
				.filter(each -> each.getMenuPath().getMenuString().startsWith("Plugins > Z-Image > "))
				.map(CommandInfo::getMenuPath).map(path -> path.getLeaf())
				.sorted(Comparator.comparing(MenuEntry::getWeight)).map(MenuEntry::getName).toList());
	}
}
