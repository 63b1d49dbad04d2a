
package io.github.zimagefiji.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.scijava.command.Command;
import org.scijava.command.CommandService;

import ij.ImagePlus;
import io.github.zimagefiji.hub.builtin.BuiltInModel;

/**
 * Images that were made from others are made again while those are open; else it is said which one
 * is missing.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@Tag("engine")
class MakeAgainFromImagesTest extends ScijavaFixture {

	private BatchImages images;

	@BeforeEach
	void prepare() {
		images = new BatchImages();
	}

	@AfterEach
	void stop() {
		images.close();
	}

	private ImagePlus run(final Class<? extends Command> command, final Object... values)
		throws Exception
	{
		final Map<String, Object> inputs =
			new HashMap<>(Map.of("prompt", "two round green nuclei", "seed", 7L, "steps", 2));
		for (int i = 0; i < values.length; i += 2) {
			inputs.put((String) values[i], values[i + 1]);
		}
		final String output = command == TextToImage.class ? "image" : "result";
		return (ImagePlus) context.service(CommandService.class).run(command, true, inputs).get()
			.getOutput(output);
	}

	private ImagePlus again(final ImagePlus image) throws Exception {
		return (ImagePlus) context.service(CommandService.class)
			.run(MakeAgain.class, true, Map.of("source", image)).get().getOutput("image");
	}

	private String problem(final ImagePlus image) {
		Throwable failure = assertThrows(Exception.class, () -> again(image));
		while (failure.getCause() != null) {
			failure = failure.getCause();
		}
		return failure.getMessage();
	}

	private void assertMadeAgain(final ImagePlus image) throws Exception {
		final ImagePlus second = again(image);
		assertEquals(image.getTitle(), second.getTitle());
		assertEquals(image.getBitDepth(), second.getBitDepth());
		assertArrayEquals(image.getProcessor().getIntArray(), second.getProcessor().getIntArray());
	}

	@Test
	void imageToImageWithTilesAndLora() throws Exception {
		final ImagePlus large =
			images.open(new ImagePlus("large", images.spot().getProcessor().resize(128, 96)));
		assertMadeAgain(run(ImageToImage.class, "image", large, "strength", 0.4, "tile", 64,
			"tile_overlap", 32, "intensity", "percentiles", "lora", BuiltInModel.grainyLora() + ":0.7"));
	}

	@Test
	void inpaintingOfASelectionAndOfALabel() throws Exception {
		final ImagePlus spot = images.spot();
		final ImagePlus labels = images.labels();
		assertMadeAgain(run(Inpaint.class, "image", spot, "feather", 2));
		assertMadeAgain(
			run(Inpaint.class, "image", spot, "mask", labels, "mask_from", "labels", "label", 2));
	}

	@Test
	void outpainting() throws Exception {
		assertMadeAgain(run(Outpaint.class, "image", images.spot(), "left", 16, "top", 5));
	}

	@Test
	void controlAlsoIntoAnImage() throws Exception {
		final ImagePlus labels = images.labels();
		assertMadeAgain(run(Control.class, "image", labels, "preprocessor", "filled-labels"));
		assertMadeAgain(
			run(Control.class, "image", labels, "preprocessor", "mask", "paint_into", images.spot()));
	}

	@Test
	void editingOfTwoImages() throws Exception {
		images.spot();
		assertMadeAgain(run(EditImage.class, "image", images.green(), "more_images", "my spot",
			"prompt", "make it red"));
	}

	@Test
	void textToImageWithALora() throws Exception {
		assertMadeAgain(run(TextToImage.class, "lora", BuiltInModel.grainyLora().toString()));
	}

	@Test
	void anImageThatWasClosedOrChangedIsNamed() throws Exception {
		final ImagePlus spot = images.spot();
		final ImagePlus made = run(ImageToImage.class, "image", spot);
		spot.getProcessor().set(0, 0, 1234);
		assertTrue(
			problem(made).contains("\"my spot\" (image, 64 × 64 pixels), which is not open as it was"),
			problem(made));
		images.close(spot);
		assertTrue(problem(made).contains("\"my spot\""), problem(made));
	}

	@Test
	void aLoraOrControlNetFromElsewhereIsNamed() throws Exception {
		final Path folder = Files.createTempDirectory("parts");
		final Path lora =
			LoraFiles.withUnknownTensor(BuiltInModel.grainyLora(), folder.resolve("other.safetensors"));
		final ImagePlus spot = images.spot();
		assertTrue(problem(run(ImageToImage.class, "image", spot, "lora", lora + ":partial"))
			.contains("LoRA other.safetensors at scale 1.0"));
		final Path net = Files.createSymbolicLink(folder.resolve("my net"), BuiltInModel.controlNet());
		assertTrue(problem(run(Control.class, "image", spot, "controlnet", net.toFile()))
			.contains("ControlNet my net"));
	}
}
