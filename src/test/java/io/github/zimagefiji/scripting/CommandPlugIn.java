
package io.github.zimagefiji.scripting;

import org.scijava.Cancelable;
import org.scijava.Context;
import org.scijava.command.Command;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.module.Module;
import org.scijava.module.ModuleRunner;
import org.scijava.module.ModuleService;
import org.scijava.module.process.PostprocessorPlugin;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.PluginService;

import ij.IJ;
import ij.ImagePlus;
import ij.Menus;
import ij.macro.Interpreter;
import ij.plugin.PlugIn;
import io.github.zimagefiji.error.ZImageException;

/**
 * Makes our commands ImageJ's, so that macros can run them; in Fiji, imagej-legacy does that.
 */
public final class CommandPlugIn implements PlugIn {

	/**
	 * ImageJ makes plug-ins by the names of their classes, so there is no other way to hand a context
	 * to them.
	 */
	private static volatile Context context;

	/**
	 * Adds all our commands to ImageJ's table of commands, under the last part of their menu path.
	 */
	@SuppressWarnings("unchecked")
	static void install(final Context scijava) {
		context = scijava;
		// any command makes ImageJ fill its table
		if (Menus.getCommands() == null) IJ.run("Close All");
		for (final CommandInfo info : scijava.service(CommandService.class)
			.getCommandsOfType(Command.class))
		{
			if (info.getClassName().startsWith("io.github.zimagefiji."))
				Menus.getCommands().put(info.getMenuPath().getLeaf().getName(),
					CommandPlugIn.class.getName() + "(\"" + info.getClassName() + "\")");
		}
	}

	/** Runs on the macro's thread, where ImageJ keeps the options. */
	@Override
	public void run(final String className) {
		final Module module = context.service(ModuleService.class)
			.createModule(context.service(CommandService.class).getCommand(className));
		final PluginService plugins = context.service(PluginService.class);
		try {
			new ModuleRunner(context, module, plugins.createInstancesOfType(PreprocessorPlugin.class),
				plugins.createInstancesOfType(PostprocessorPlugin.class)).run();
		}
		catch (final ZImageException e) {
			Interpreter.getInstance().abort(e.getMessage());
		}
		if (module instanceof Cancelable command && command.isCanceled())
			Interpreter.getInstance().abort(command.getCancelReason());
		module.getOutputs().values().stream().filter(ImagePlus.class::isInstance)
			.forEach(image -> ((ImagePlus) image).show());
	}
}
