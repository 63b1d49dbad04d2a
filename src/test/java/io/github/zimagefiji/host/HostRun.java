
package io.github.zimagefiji.host;

import java.awt.GraphicsEnvironment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import org.scijava.Context;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.console.ConsoleService;

import ij.IJ;
import ij.ImageJ;
import ij.Menus;

/**
 * Starts ImageJ, puts our commands into its menu, and runs a macro or a scenario.
 */
final class HostRun {

	private static final String MENU = "Plugins>Z-Image>";

	private HostRun() {
		// only run()
	}

	static void run(final String what, final String argument) throws Exception {
		final boolean windows = !GraphicsEnvironment.isHeadless();
		if (windows) ImageJ.main(new String[] { "-port0" });
		final Context context = HostContext.get();
		installCommands(context, windows);
		if (what.endsWith(".ijm")) MacroRun.run(Files.readString(Path.of(what)), argument);
		else((Scenario) Class.forName(what).getDeclaredConstructor().newInstance()).play(new Person(),
			Path.of(argument));
	}

	/** Does what Fiji does with a command line, without windows. */
	static void commandLine(final String[] args) {
		final Context context = HostContext.get();
		installCommands(context, false);
		context.service(ConsoleService.class).processArgs(args);
		context.dispose();
	}

	private static void installCommands(final Context context, final boolean windows) {
		final List<CommandInfo> ours =
			new ArrayList<>(context.service(CommandService.class).getCommands().stream()
				.filter(
					command -> command.getMenuPath().getMenuString().replace(" > ", ">").startsWith(MENU))
				.toList());
		// as imagej-legacy does
		ours.sort(Comparator.comparing(command -> command.getMenuPath().getLeaf().getWeight()));
		for (final CommandInfo command : ours) {
			final String entry = command.getMenuPath().getLeaf().getName();
			final String key = command.getIdentifier();
			if (windows) Menus.add(MENU + entry, key);
			else commands().put(entry, key);
		}
	}

	/** ImageJ's table of commands, which it makes when the first one runs. */
	@SuppressWarnings("unchecked")
	private static Map<String, String> commands() {
		if (Menus.getCommands() == null) IJ.run("Close All");
		return Menus.getCommands();
	}
}
