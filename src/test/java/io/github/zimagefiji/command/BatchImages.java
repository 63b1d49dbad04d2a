
package io.github.zimagefiji.command;

import ij.ImagePlus;
import ij.gui.OvalRoi;
import ij.macro.Interpreter;
import ij.process.ColorProcessor;
import ij.process.ShortProcessor;

/** Images that are open without windows, as in a macro's batch mode. */
final class BatchImages implements AutoCloseable {

	static final int SIDE = 64;

	BatchImages() {
		Interpreter.batchMode = true;
	}

	/** Opens an image, which becomes the active one. */
	ImagePlus open(final ImagePlus image) {
		Interpreter.addBatchModeImage(image);
		return image;
	}

	/** Closes an image. */
	void close(final ImagePlus image) {
		Interpreter.removeBatchModeImage(image);
	}

	/** 16 bits, with a bright spot that is selected. */
	ImagePlus spot() {
		final ShortProcessor pixels = new ShortProcessor(SIDE, SIDE);
		pixels.setValue(3000);
		pixels.fill(new OvalRoi(16, 16, 32, 32));
		pixels.blurGaussian(4);
		final ImagePlus image = new ImagePlus("my spot", pixels);
		image.setDisplayRange(0, 2500);
		image.setRoi(new OvalRoi(20, 20, 24, 24));
		return open(image);
	}

	/** 16 bits, with two labels. */
	ImagePlus labels() {
		final ShortProcessor pixels = new ShortProcessor(SIDE, SIDE);
		for (int i = 1; i <= 2; i++) {
			pixels.setValue(i);
			pixels.fill(new OvalRoi(28 * i - 20, 20, 20, 24));
		}
		return open(new ImagePlus("labels", pixels));
	}

	/** RGB, with a green disk. */
	ImagePlus green() {
		final ColorProcessor pixels = new ColorProcessor(SIDE, SIDE);
		pixels.setColor(0x00c000);
		pixels.fill(new OvalRoi(20, 20, 24, 24));
		return open(new ImagePlus("green", pixels));
	}

	@Override
	public void close() {
		final int[] ids = Interpreter.getBatchModeImageIDs();
		for (final int id : ids) {
			Interpreter.removeBatchModeImage(Interpreter.getBatchModeImage(id));
		}
		Interpreter.batchMode = false;
	}
}
