
package io.github.zimagefiji.command.scijava;

import org.scijava.ItemVisibility;
import org.scijava.module.Module;
import org.scijava.module.process.AbstractPreprocessorPlugin;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.ui.UIService;
import org.scijava.widget.InputHarvester;

import io.github.zimagefiji.command.common.HeadlessState;
import io.github.zimagefiji.command.common.MenuCommand;
import io.github.zimagefiji.command.common.Prepared;

/**
 * Lets {@link Prepared} commands complete their values: after the remembered ones are loaded,
 * before a dialog opens.
 */
@Plugin(type = PreprocessorPlugin.class, priority = InputHarvester.PRIORITY + 0.5)
public final class PreparingPreprocessor extends AbstractPreprocessorPlugin {

	@Parameter(required = false)
	private UIService ui;

	@Override
	public void process(final Module module) {
		if (!MacroPreprocessor.isOurs(module)) return;
		hideInvisible(module);
		if (!(module.getDelegateObject() instanceof Prepared prepared)) return;
		try {
			prepared.prepare(module::isInputResolved, HeadlessState.seesWindows(ui) && asks(module));
		}
		catch (final RuntimeException | Error e) {
			if (!(prepared instanceof MenuCommand command)) throw e;
			cancel(command.reasonOfEnd(e));
		}
	}

	/**
	 * SciJava's dialogs show every input that has no value, also those that are for macros and
	 * scripts only.
	 */
	private static void hideInvisible(final Module module) {
		for (final var input : module.getInfo().inputs()) {
			if (input.getVisibility() == ItemVisibility.INVISIBLE) module.resolveInput(input.getName());
		}
	}

	private static boolean asks(final Module module) {
		for (final var input : module.getInfo().inputs()) {
			if (input.getVisibility() != ItemVisibility.MESSAGE &&
				!module.isInputResolved(input.getName())) return true;
		}
		return false;
	}
}
