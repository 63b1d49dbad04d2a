
package io.github.zimagefiji.command.scijava;

import org.scijava.Priority;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.process.AbstractPostprocessorPlugin;
import org.scijava.module.process.PostprocessorPlugin;
import org.scijava.plugin.Plugin;

import ij.ImagePlus;
import io.github.zimagefiji.command.common.MacroCall;
import io.github.zimagefiji.command.common.MenuCommand;

/**
 * Hands the images that one of our commands made to the macro that called it, as its current image.
 * Fiji would open them in a window, of which the macro's thread does not always know, and without
 * windows only write them to the log.
 */
@Plugin(type = PostprocessorPlugin.class, priority = Priority.HIGH)
public final class MacroImages extends AbstractPostprocessorPlugin {

	@Override
	public void process(final Module module) {
		if (module.getDelegateObject() instanceof MenuCommand command)
			command.caller().ifPresent(caller -> show(module, caller));
	}

	private static void show(final Module module, final MacroCall caller) {
		for (final ModuleItem<?> output : module.getInfo().outputs()) {
			if (!(module.getOutput(output.getName()) instanceof ImagePlus image)) continue;
			caller.show(image);
			// or else Fiji would show it once more
			module.resolveOutput(output.getName());
		}
	}
}
