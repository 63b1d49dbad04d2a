
package io.github.zimagefiji.command.common;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.scijava.Context;
import org.scijava.command.Command;
import org.scijava.command.CommandService;
import org.scijava.module.Module;
import org.scijava.module.ModuleService;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.PluginService;

/** What a person does with a command's dialog, short of the window. */
public final class OpenDialog {

	private OpenDialog() {
		// only static methods
	}

	/** A dialog that has just opened. */
	public static Module of(final Context context, final Class<? extends Command> command) {
		final Module module = context.service(ModuleService.class)
			.createModule(context.service(CommandService.class).getCommand(command));
		context.service(PluginService.class).createInstancesOfType(PreprocessorPlugin.class).stream()
			.filter(each -> each.getClass().getName()
				.matches(".*\\.(Service|DefaultValue|Init|LoadInputs)Preprocessor"))
			.forEach(each -> each.process(module));
		assertInstanceOf(Prepared.class, module.getDelegateObject()).prepare(module::isInputResolved,
			true);
		return module;
	}

	/** What a widget does when a person changes its value. */
	public static void change(final Module module, final String name, final Object value)
		throws Exception
	{
		module.setInput(name, value);
		module.getInfo().getInput(name).callback(module);
	}
}
