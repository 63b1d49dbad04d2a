
package io.github.zimagefiji.host;

import org.scijava.Context;
import org.scijava.ItemVisibility;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.process.AbstractPostprocessorPlugin;
import org.scijava.service.Service;

import ij.IJ;
import ij.ImagePlus;
import ij.plugin.frame.Recorder;

/**
 * Writes a finished command with all its inputs into ImageJ's recorder, by the same rules as Fiji:
 * characters that a macro's text cannot hold are escaped, and ImageJ sets brackets where there is a
 * space.
 */
public final class RecorderEnd extends AbstractPostprocessorPlugin {

	@Override
	public void process(final Module module) {
		if (!Recorder.record || IJ.isMacro() || module.getInfo().is(RecorderStart.NOT_RECORDED)) return;
		for (final ModuleItem<?> input : module.getInfo().inputs()) {
			final boolean shown = input.getVisibility() == ItemVisibility.NORMAL ||
				input.getVisibility() == ItemVisibility.TRANSIENT;
			final Object value = module.getInput(input.getName());
			if (value == null || !shown || value instanceof Service || value instanceof Context) continue;
			Recorder.recordOption(input.getName(),
				escaped(value instanceof ImagePlus image ? image.getTitle() : value.toString()));
		}
		Recorder.saveCommand();
	}

	private static String escaped(final String text) {
		return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\b", "\\b")
			.replace("\n", "\\n").replace("\t", "\\t").replace("\f", "\\f").replace("\r", "\\r");
	}
}
