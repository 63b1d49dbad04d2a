
package io.github.zimagefiji.image;

import java.awt.EventQueue;
import java.util.Arrays;

import ij.ImageJ;
import ij.ImagePlus;
import ij.WindowManager;
import io.github.zimagefiji.Preview;

/**
 * What {@link PreviewWindowTest} runs where there is a display: ImageJ, previews, and a person who
 * closes one.
 */
final class PreviewWindowScenario {

	private static final int WIDTH = 16;
	private static final int HEIGHT = 8;

	private PreviewWindowScenario() {
		// only main
	}

	public static void main(final String[] arguments) throws Exception {
		new ImageJ().exitWhenQuitting(true);
		followsThePreviews();
		staysClosedWhenAPersonClosesIt();
		opensAndGoesWithoutQuestions();
		System.out.println("all is well");
		System.exit(0);
	}

	private static Preview preview(final int step, final int red, final int green, final int blue) {
		final byte[] rgb = new byte[3 * WIDTH * HEIGHT];
		for (int i = 0; i < rgb.length; i++) {
			rgb[i] = (byte) new int[] { red, green, blue }[i % 3];
		}
		return new Preview(0, step, WIDTH, HEIGHT, rgb);
	}

	private static void followsThePreviews() {
		try (PreviewWindow window = new PreviewWindow("three cells\nin a row")) {
			check(WindowManager.getImageCount() == 0, "a window before there is anything to see");
			window.show(preview(0, 200, 100, 50));
			final ImagePlus shown = WindowManager.getCurrentImage();
			check(shown.getTitle().equals("Preview: three cells in a row"), shown.getTitle());
			check(shown.getWidth() == 8 * WIDTH && shown.getHeight() == 8 * HEIGHT, shown.toString());
			check(Arrays.equals(shown.getPixel(64, 32), new int[] { 200, 100, 50, 0 }),
				Arrays.toString(shown.getPixel(64, 32)));
			window.show(preview(1, 0, 250, 255));
			check(WindowManager.getImageCount() == 1 && WindowManager.getCurrentImage() == shown,
				"another window");
			check(Arrays.equals(shown.getPixel(64, 32), new int[] { 0, 250, 255, 0 }),
				Arrays.toString(shown.getPixel(64, 32)));
			check(!shown.changes, "somebody would be asked whether to save a preview");
		}
		check(WindowManager.getImageCount() == 0, "the window stayed");
	}

	private static void staysClosedWhenAPersonClosesIt() throws Exception {
		try (PreviewWindow window = new PreviewWindow("cells")) {
			window.show(preview(0, 1, 2, 3));
			final ImagePlus shown = WindowManager.getCurrentImage();
			EventQueue.invokeAndWait(() -> shown.getWindow().close());
			check(WindowManager.getImageCount() == 0, "the window stayed");
			window.show(preview(1, 4, 5, 6));
			check(WindowManager.getImageCount() == 0, "the window came back");
		}
	}

	private static void opensAndGoesWithoutQuestions() {
		new PreviewWindow("never shown").close();
		final PreviewWindow window = new PreviewWindow("");
		window.show(preview(0, 1, 2, 3));
		check(WindowManager.getCurrentImage().getTitle().equals("Preview: Z-Image"), "title");
		window.close();
		window.close();
		check(WindowManager.getImageCount() == 0, "the window stayed");
	}

	private static void check(final boolean right, final String what) {
		if (right) return;
		System.out.println("wrong: " + what);
		System.exit(1);
	}
}
