package io.github.zimagefiji.command;

import org.scijava.ItemVisibility;
import org.scijava.module.Module;
import org.scijava.module.process.AbstractPreprocessorPlugin;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.ui.UIService;
import org.scijava.widget.InputHarvester;

import io.github.zimagefiji.ZImageException;

/** Lets {@link Prepared} commands complete their values: after the remembered ones are loaded, before a dialog opens. */
@Plugin(type = PreprocessorPlugin.class, priority = InputHarvester.PRIORITY + 0.5)
public final class PreparingPreprocessor extends AbstractPreprocessorPlugin {

	@Parameter(required = false)
	private UIService ui;

	@Override
	public void process(final Module module) {
		if (!(module.getDelegateObject() instanceof Prepared command)) return;
		try {
			command.prepare(module::isInputResolved, Audience.seesWindows(ui) && asks(module));
		}
		catch (final ZImageException e) {
			if (!Audience.readsMessages(ui)) throw e;
			cancel(e.getMessage());
		}
	}

	private static boolean asks(final Module module) {
		for (final var input : module.getInfo().inputs()) {
			if (input.getVisibility() != ItemVisibility.MESSAGE && !module.isInputResolved(input.getName())) return true;
		}
		return false;
	}
}
