
package io.github.zimagefiji.image;

import ij.ImagePlus;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import io.github.zimagefiji.Preview;

/**
 * An ImageJ window that shows how an image forms. It opens with the first preview, at the size that
 * the image will have, follows the later ones, and goes away when it is closed here. A user who
 * closes it does not see it again; the run goes on.
 */
public final class PreviewWindow implements AutoCloseable {

	/** Pixels of the image for each of the preview's. */
	private static final int SCALE = 8;

	private final String title;
	private ImagePlus shown;

	/** A window that is not open yet, titled by a prompt. */
	public PreviewWindow(final String prompt) {
		title = "Preview: " + ImageTitle.ofPrompt(prompt);
	}

	/** Shows a preview in place of the one before. */
	public void show(final Preview preview) {
		final ImageProcessor pixels = enlarged(preview);
		if (shown == null) {
			shown = new ImagePlus(title, pixels);
			shown.show();
		}
		else if (isOpen()) {
			shown.setProcessor(pixels);
		}
		// Nothing is lost with a preview, so nobody is asked whether to save it.
		shown.changes = false;
	}

	private boolean isOpen() {
		return shown != null && shown.getWindow() != null && !shown.getWindow().isClosed();
	}

	private static ImageProcessor enlarged(final Preview preview) {
		final int[] pixels = new int[preview.width() * preview.height()];
		for (int i = 0; i < pixels.length; i++) {
			pixels[i] = 0xff000000 | (preview.rgb()[3 * i] & 0xff) << 16 |
				(preview.rgb()[3 * i + 1] & 0xff) << 8 | preview.rgb()[3 * i + 2] & 0xff;
		}
		final ColorProcessor small = new ColorProcessor(preview.width(), preview.height(), pixels);
		small.setInterpolationMethod(ImageProcessor.BILINEAR);
		return small.resize(SCALE * preview.width(), SCALE * preview.height());
	}

	/** Closes the window, if it is open. */
	@Override
	public void close() {
		if (isOpen()) shown.close();
	}
}
