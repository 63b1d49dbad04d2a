
package io.github.zimagefiji.command.scijava;

import org.scijava.Priority;
import org.scijava.module.Module;
import org.scijava.module.process.AbstractPreprocessorPlugin;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.Plugin;

import ij.Macro;

/**
 * Ends what {@link MacroPreprocessor} began: it comes right after Fiji's own macro preprocessor and
 * takes away the blank options from this thread, which belongs to a pool and will run other
 * people's commands next.
 */
@Plugin(type = PreprocessorPlugin.class, priority = 2 * Priority.VERY_HIGH - 1)
public final class MacroOptionsRestorer extends AbstractPreprocessorPlugin {

	@Override
	public void process(final Module module) {
		if (!MacroPreprocessor.isOurs(module)) return;
		final String options = Macro.getOptions();
		if (options != null && options.isBlank()) Macro.setOptions(null);
	}
}
