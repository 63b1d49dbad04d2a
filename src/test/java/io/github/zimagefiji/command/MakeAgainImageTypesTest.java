
package io.github.zimagefiji.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scijava.Context;
import org.scijava.command.CommandService;
import org.scijava.prefs.PrefService;

import ij.IJ;
import ij.ImagePlus;
import ij.process.ImageConverter;
import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.image.Images;
import io.github.zimagefiji.request.ComputeOptions;
import io.github.zimagefiji.request.TextToImageRequest;
import io.github.zimagefiji.service.ZImageService;

/**
 * Make Again takes an image of any type that says where it comes from, and refuses any other with
 * the same sentence.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@Tag("engine")
class MakeAgainImageTypesTest {

	private static Context context;
	private static List<GeneratedImage> generated;

	@BeforeAll
	static void generate() {
		context = new Context();
		context.service(PrefService.class).clearAll();
		final ZImageService service = context.service(ZImageService.class);
		generated = service.generate(service.builtInModel(), ComputeOptions.AUTO,
			TextToImageRequest.builder("two round red nuclei").seed(5).steps(2).count(2).build(),
			Progress.NONE).images();
	}

	@AfterAll
	static void stop() {
		context.dispose();
	}

	private static ImagePlus again(final ImagePlus source) throws Exception {
		return (ImagePlus) context.service(CommandService.class)
			.run(MakeAgain.class, true, Map.of("source", source)).get().getOutput("image");
	}

	@ParameterizedTest
	@ValueSource(strings = { "8-bit black", "16-bit black", "32-bit black", "RGB black" })
	void imagesAndStacksFromElsewhereAreRefused(final String type) {
		final ImagePlus selected = IJ.createImage("other", type, 16, 16, 1);
		selected.setRoi(2, 2, 5, 5);
		for (final ImagePlus other : List.of(selected, IJ.createImage("other", type, 16, 16, 3))) {
			Throwable failure = assertThrows(ExecutionException.class, () -> again(other));
			while (failure.getCause() != null) {
				failure = failure.getCause();
			}
			assertTrue(failure.getMessage().startsWith("This image does not say how it was made."),
				failure.getMessage());
		}
	}

	@Test
	void ourOwnAreMadeAgainWhateverTheyHaveBecome() throws Exception {
		final List<Consumer<ImagePlus>> changes =
			List.of(image -> new ImageConverter(image).convertToGray16(),
				image -> new ImageConverter(image).convertToRGBStack(), image -> image.setRoi(2, 2, 5, 5));
		final int[] expected = (int[]) Images.toImagePlus(generated).getStack().getPixels(2);
		for (final Consumer<ImagePlus> change : changes) {
			final ImagePlus image = Images.toImagePlus(generated.subList(1, 2));
			change.accept(image);
			final ImagePlus again = again(image);
			assertArrayEquals(expected, (int[]) again.getProcessor().getPixels());
			assertEquals("two round red nuclei (seed 6)", again.getTitle());
		}
		final ImagePlus hyperstack = Images.toImagePlus(generated);
		hyperstack.setDimensions(1, 1, 2);
		hyperstack.setOpenAsHyperStack(true);
		hyperstack.setPosition(1, 1, 2);
		assertArrayEquals(expected, (int[]) again(hyperstack).getProcessor().getPixels());
	}
}
