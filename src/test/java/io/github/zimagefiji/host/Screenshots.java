
package io.github.zimagefiji.host;

import java.awt.Rectangle;
import java.awt.Window;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import javax.imageio.ImageIO;

/**
 * Pictures of windows as they are on the display, written to {@code target/screenshots}, or to the
 * folder that the system property {@value #PROPERTY} names.
 */
public final class Screenshots {

	/** Names another folder for the pictures. */
	public static final String PROPERTY = "zimage.screenshots";

	private static final long PAUSE = 150;

	private final Person person;

	/** Pictures of what a person sees. */
	public Screenshots(final Person person) {
		this.person = person;
	}

	/** Takes a picture of a window, once it has stopped changing. */
	public void take(final Window window, final String name) throws Exception {
		takeArea(Person.onEventThread(() -> window.getBounds()), name);
	}

	/** Takes a picture of a part of the display, once it has stopped changing. */
	public void takeArea(final Rectangle area, final String name) throws Exception {
		BufferedImage last = capture(area);
		for (int i = 0; i < 20; i++) {
			Thread.sleep(PAUSE);
			final BufferedImage next = capture(area);
			final boolean still = Arrays.equals(pixels(last), pixels(next));
			last = next;
			if (still) break;
		}
		write(last, name);
	}

	/** Takes a picture of a window at once, for one that never stops changing. */
	public void takeAtOnce(final Window window, final String name) throws Exception {
		write(capture(Person.onEventThread(() -> window.getBounds())), name);
	}

	private BufferedImage capture(final Rectangle area) {
		person.settle();
		return person.robot().createScreenCapture(area);
	}

	private static int[] pixels(final BufferedImage image) {
		return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
	}

	private static void write(final BufferedImage image, final String name) throws Exception {
		if (Arrays.stream(pixels(image)).distinct().count() < 3)
			throw new AssertionError("The picture " + name + " is empty.");
		final Path folder =
			Files.createDirectories(Path.of(System.getProperty(PROPERTY, "target/screenshots")));
		ImageIO.write(image, "png", folder.resolve(name + ".png").toFile());
	}
}
