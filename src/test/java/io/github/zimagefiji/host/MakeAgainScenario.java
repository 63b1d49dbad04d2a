
package io.github.zimagefiji.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.Dimension;
import java.awt.Rectangle;
import java.awt.Window;
import java.nio.file.Path;
import java.util.List;

import javax.swing.JButton;
import javax.swing.text.JTextComponent;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.image.Images;
import io.github.zimagefiji.image.png.PngFile;
import io.github.zimagefiji.request.ComputeOptions;
import io.github.zimagefiji.request.TextToImageRequest;
import io.github.zimagefiji.service.ZImageService;

/**
 * An image that is open, one from a TIFF file and one from our PNG file are made again, each
 * through the dialog.
 */
public final class MakeAgainScenario implements Scenario {

	private static final TextToImageRequest REQUEST =
		TextToImageRequest.builder("three round magenta nuclei").seed(7).build();

	private static final int LEFT = 20;
	private static final int TOP = 20;
	private static final int GAP = 10;
	private static final int ZOOM = 300;
	private static final Dimension INFO = new Dimension(620, 420);

	@Override
	public void play(final Person person, final Path folder) throws Exception {
		final ZImageService service = HostContext.get().service(ZImageService.class);
		final GeneratedImage made =
			service.generate(service.builtInModel(), ComputeOptions.AUTO, REQUEST, Progress.NONE).images()
				.get(0);
		final ImagePlus image = Images.toImagePlus(List.of(made));
		Person.onEventThread(() -> {
			image.show();
			return null;
		});
		picturesOfTheResult(person);
		makeAgain(person, image, true);

		IJ.saveAsTiff(image, folder.resolve("nuclei.tif").toString());
		makeAgain(person, reopened(folder.resolve("nuclei.tif")), false);
		PngFile.write(folder.resolve("nuclei.png"), made);
		makeAgain(person, reopened(folder.resolve("nuclei.png")), false);
	}

	/** The image as ImageJ shows it, with Image › Show Info... beside it. */
	private static void picturesOfTheResult(final Person person) throws Exception {
		final ImagePlus image = WindowManager.getCurrentImage();
		person.choose("Image>Show Info...");
		final Window info = person.window("Info for ");
		final Window main = IJ.getInstance();
		IJ.run(image, "Set... ", "zoom=" + ZOOM);
		Person.onEventThread(() -> {
			main.setLocation(LEFT, TOP);
			image.getWindow().setLocation(LEFT, main.getY() + main.getHeight() + GAP);
			info.setBounds(image.getWindow().getX() + image.getWindow().getWidth() + GAP,
				image.getWindow().getY(), INFO.width, INFO.height);
			return null;
		});
		final Rectangle area = Person.onEventThread(
			() -> main.getBounds().union(info.getBounds()).union(image.getWindow().getBounds()));
		new Screenshots(person).takeArea(area, "text-to-image-result");
		Person.onEventThread(() -> {
			info.dispose();
			return null;
		});
	}

	private static ImagePlus reopened(final Path file) throws Exception {
		IJ.run("Close All");
		IJ.open(file.toString());
		return WindowManager.getCurrentImage();
	}

	private static void makeAgain(final Person person, final ImagePlus image, final boolean picture)
		throws Exception
	{
		final OpenImages before = OpenImages.now();
		person.choose("Plugins>Z-Image>Make Again...");
		final Window dialog = person.window("Text to Image");
		assertEquals(REQUEST.prompt(), person.find(dialog, JTextComponent.class, "prompt").getText());
		Layout.assertFits(dialog);
		if (picture) new Screenshots(person).take(dialog, "make-again-dialog");
		person.click(person.find(dialog, JButton.class, "ok"));
		final ImagePlus again = before.next(person);
		assertEquals(REQUEST.seed(), OpenImages.provenance(again).request().seed());
		assertArrayEquals(OpenImages.pixels(image), OpenImages.pixels(again));
	}
}
