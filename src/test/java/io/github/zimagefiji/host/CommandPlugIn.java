
package io.github.zimagefiji.host;

import java.util.concurrent.ExecutionException;

import org.scijava.Cancelable;
import org.scijava.Context;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.module.Module;
import org.scijava.module.ModuleRunner;
import org.scijava.module.ModuleService;
import org.scijava.module.process.PostprocessorPlugin;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.PluginService;
import org.scijava.thread.ThreadService;

import ij.IJ;
import ij.Macro;
import ij.macro.Interpreter;
import ij.plugin.PlugIn;
import io.github.zimagefiji.ZImageException;

/**
 * A SciJava command as one of ImageJ's. The command runs on a thread of
 * SciJava's pool, as in Fiji, and there it finds the options of the macro that
 * called it.
 */
public final class CommandPlugIn implements PlugIn {

	@Override
	public void run(final String className) {
		final Context context = HostContext.get();
		final CommandInfo info = context.service(CommandService.class).getCommand(
			className);
		final Module module = context.service(ModuleService.class).createModule(
			info);
		final boolean inMacro = IJ.isMacro();
		final String options = Macro.getOptions();
		try {
			context.service(ThreadService.class).run(() -> process(context, module,
				options)).get();
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
			return;
		}
		catch (final ExecutionException e) {
			fail(e, inMacro);
		}
		if (inMacro && module instanceof Cancelable command && command.isCanceled())
			stopMacro(command.getCancelReason());
	}

	private static void process(final Context context, final Module module,
		final String options)
	{
		final PluginService plugins = context.service(PluginService.class);
		final ModuleRunner runner = new ModuleRunner(context, module, plugins
			.createInstancesOfType(PreprocessorPlugin.class), plugins
				.createInstancesOfType(PostprocessorPlugin.class));
		if (options == null) {
			runner.run();
			return;
		}
		final Thread thread = Thread.currentThread();
		final String name = thread.getName();
		// ImageJ looks for options only on threads with such names
		thread.setName("Run$_" + name);
		Macro.setOptions(options);
		try {
			runner.run();
		}
		finally {
			Macro.setOptions(null);
			thread.setName(name);
		}
	}

	/**
	 * A macro stops with our sentence, or what else is the reason. Elsewhere,
	 * ImageJ shows where the program failed.
	 */
	private static void fail(final ExecutionException e, final boolean inMacro) {
		Throwable reason = e;
		while (!(reason instanceof ZImageException) && reason.getCause() != null) {
			reason = reason.getCause();
		}
		if (inMacro) Interpreter.getInstance().abort(reason.getMessage());
		throw new IllegalStateException(e.getCause());
	}

	/**
	 * With windows, the person reads the reason in a message; without, it is the
	 * macro's error.
	 */
	private static void stopMacro(final String reason) {
		if (IJ.getInstance() == null) Interpreter.getInstance().abort(reason == null
			? "Cancelled." : reason);
		else Interpreter.abort();
	}
}
