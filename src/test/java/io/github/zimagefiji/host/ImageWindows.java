
package io.github.zimagefiji.host;

import java.lang.reflect.InvocationTargetException;

import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.process.AbstractPostprocessorPlugin;
import org.scijava.plugin.Parameter;
import org.scijava.thread.ThreadService;

import ij.ImagePlus;

/**
 * Shows the images that a command gives and that nobody has shown, as Fiji's viewer does: on the
 * event thread, by ImageJ's own means. Without windows nothing does so.
 */
public final class ImageWindows extends AbstractPostprocessorPlugin {

	@Parameter
	private ThreadService threads;

	@Override
	public void process(final Module module) {
		for (final ModuleItem<?> output : module.getInfo().outputs()) {
			if (module.isOutputResolved(output.getName()) ||
				!(module.getOutput(output.getName()) instanceof ImagePlus image)) continue;
			show(image);
			module.resolveOutput(output.getName());
		}
	}

	private void show(final ImagePlus image) {
		try {
			threads.invoke(image::show);
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
		}
		catch (final InvocationTargetException e) {
			throw new IllegalStateException(e.getCause());
		}
	}
}
