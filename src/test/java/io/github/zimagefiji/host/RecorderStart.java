package io.github.zimagefiji.host;

import org.scijava.module.Module;
import org.scijava.module.process.AbstractPreprocessorPlugin;

import ij.IJ;
import ij.plugin.frame.Recorder;

/** Tells ImageJ's recorder which command begins, as Fiji does for every SciJava module. */
public final class RecorderStart extends AbstractPreprocessorPlugin {

	@Override
	public void process(final Module module) {
		if (Recorder.record && !IJ.isMacro()) Recorder.setCommand(module.getInfo().getMenuPath().getLeaf().getName());
	}
}
