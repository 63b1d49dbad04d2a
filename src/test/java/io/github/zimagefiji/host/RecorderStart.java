
package io.github.zimagefiji.host;

import org.scijava.module.Module;
import org.scijava.module.process.AbstractPreprocessorPlugin;

import ij.IJ;
import ij.plugin.frame.Recorder;

/**
 * Tells ImageJ's recorder which command begins, as Fiji does for every SciJava module.
 */
public final class RecorderStart extends AbstractPreprocessorPlugin {

	/** Fiji's attribute of commands that are not to be recorded. */
	static final String NOT_RECORDED = "no-record";

	@Override
	public void process(final Module module) {
		if (Recorder.record && !IJ.isMacro() && !module.getInfo().is(NOT_RECORDED))
			Recorder.setCommand(module.getInfo().getMenuPath().getLeaf().getName());
	}
}
