
package io.github.zimagefiji.host;

import org.scijava.ItemVisibility;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.process.AbstractPreprocessorPlugin;

import ij.IJ;

/** Takes messages out of the dialogs that a macro opens, as Fiji does. */
public final class MacroMessages extends AbstractPreprocessorPlugin {

	@Override
	public void process(final Module module) {
		if (!IJ.isMacro()) return;
		for (final ModuleItem<?> input : module.getInfo().inputs()) {
			if (input.getVisibility() == ItemVisibility.MESSAGE) module.resolveInput(input.getName());
		}
	}
}
