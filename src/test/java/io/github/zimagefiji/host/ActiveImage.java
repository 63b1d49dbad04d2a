
package io.github.zimagefiji.host;

import org.scijava.module.Module;
import org.scijava.module.process.AbstractSingleInputPreprocessor;

import ij.ImagePlus;
import ij.WindowManager;

/** A command that needs one image gets the active one, as in Fiji. */
public final class ActiveImage extends AbstractSingleInputPreprocessor {

	@Override
	public void process(final Module module) {
		final ImagePlus active = WindowManager.getCurrentImage();
		final String input = getSingleInput(module, ImagePlus.class);
		if (active == null || input == null) return;
		module.setInput(input, active);
		module.resolveInput(input);
	}
}
