
package io.github.zimagefiji.command.scijava;

import java.util.Map;
import java.util.concurrent.FutureTask;

import org.scijava.Context;
import org.scijava.command.Command;
import org.scijava.command.CommandService;
import org.scijava.module.Module;
import org.scijava.module.ModuleRunner;
import org.scijava.module.ModuleService;
import org.scijava.module.process.PostprocessorPlugin;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.PluginService;

import ij.Macro;

/**
 * A command's run with all that SciJava does before and after it, and the line that is recorded of
 * it.
 */
public final class WholeRun {

	private WholeRun() {
		// only static methods
	}

	/**
	 * Runs a command as a dialog's OK does, or as a macro, on a thread as ImageJ has them.
	 *
	 * @param typed what a person has typed
	 * @param options of the macro; null without one
	 */
	public static Module of(final Context context, final Class<? extends Command> command,
		final Map<String, Object> typed, final String options) throws Exception
	{
		final FutureTask<Module> task = new FutureTask<>(() -> {
			final Module module = context.service(ModuleService.class)
				.createModule(context.service(CommandService.class).getCommand(command));
			typed.forEach(module::setInput);
			Macro.setOptions(options);
			final PluginService plugins = context.service(PluginService.class);
			new ModuleRunner(context, module, plugins.createInstancesOfType(PreprocessorPlugin.class),
				plugins.createInstancesOfType(PostprocessorPlugin.class)).run();
			Macro.setOptions(null);
			return module;
		});
		new Thread(task, "Run$_WholeRun").start();
		return task.get();
	}

	/** The line that the recorder writes. */
	public static String recorded(final Context context, final Module module) {
		return context.service(PluginService.class).createInstancesOfType(PostprocessorPlugin.class)
			.stream().filter(MacroRecorder.class::isInstance).map(MacroRecorder.class::cast).findFirst()
			.orElseThrow().line(module, false);
	}

	/** A recorded line's options, between its last quotes. */
	public static String options(final String line) {
		return line.substring(line.indexOf("\", \"") + 4, line.lastIndexOf("\");"));
	}
}
