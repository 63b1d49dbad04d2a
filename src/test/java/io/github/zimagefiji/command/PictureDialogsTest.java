
package io.github.zimagefiji.command;

import static io.github.zimagefiji.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.ModuleService;
import org.scijava.object.ObjectService;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;
import io.github.zimagefiji.command.common.ModelChoice;
import io.github.zimagefiji.command.common.ModelName;
import io.github.zimagefiji.command.common.OpenDialog;
import io.github.zimagefiji.command.common.OpenImage;
import io.github.zimagefiji.command.common.Prepared;
import io.github.zimagefiji.command.scijava.DialogOrder;
import io.github.zimagefiji.command.scijava.MacroKeys;
import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.hub.builtin.BuiltInModel;

/**
 * The dialogs that start from images as a person sees them: when they open, and after each change.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class PictureDialogsTest extends ScijavaFixture {

	private ModuleService modules;
	private BatchImages images;

	@BeforeEach
	void prepare() {
		modules = context.service(ModuleService.class);
		images = new BatchImages();
	}

	@AfterEach
	void stop() {
		images.close();
	}

	private static String problem(final Module module, final String name) {
		return module.getInfo().getInput(name).validateMessage(module);
	}

	/** A message without its line breaks. */
	private static String text(final Module module, final String name) {
		return module.getInput(name).toString().replace("<br>", " ");
	}

	private static List<String> shown(final Module module) {
		final Prepared command = (Prepared) module.getDelegateObject();
		return DialogOrder.inOrder(module).stream().map(ModuleItem::getName)
			.filter(MacroKeys.values(module)::containsKey).filter(command::isShown).toList();
	}

	@Test
	void withoutAnImageNoDialogOpens() {
		assertRefused(() -> OpenDialog.of(context, Outpaint.class), "No image is open");
	}

	@Test
	void saysWhichImageIsUsedAndHowItsValuesAreRead() throws Exception {
		images.spot();
		final Module module = OpenDialog.of(context, ImageToImage.class);
		assertTrue(text(module, "picture").contains(
			"my spot: 64 × 64 pixels, 16-bit; 0 becomes black, 2500 full."), text(module, "picture"));
		OpenDialog.change(module, "intensity", "full");
		assertTrue(text(module, "picture").contains("65535 full"), text(module, "picture"));
		MacroKeys.values(module).keySet().forEach(name -> assertNull(problem(module, name), name));
		assertTrue(text(module, "estimate").contains("Memory: about"), text(module, "estimate"));
	}

	@Test
	void saysThatASelectionOrAMaskCoversAll() throws Exception {
		images.spot().setRoi(0, 0, 64, 64);
		final Module module = OpenDialog.of(context, Inpaint.class);
		assertTrue(text(module, "picture").contains("covers the whole image"), text(module, "picture"));
		final ImagePlus half = images.spot();
		half.setRoi(0, 0, 64, 32);
		final Module other = OpenDialog.of(context, Inpaint.class);
		assertFalse(text(other, "picture").contains("covers"), text(other, "picture"));
	}

	@Test
	void ofAStackSaysWhichSliceIsUsedAndOffersItsChannels() throws Exception {
		final ImageStack stack = new ImageStack(64, 64);
		for (int i = 0; i < 6; i++)
			stack.addSlice(images.spot().getProcessor());
		final ImagePlus image = new ImagePlus("hyper", stack);
		image.setDimensions(2, 3, 1);
		final ImagePlus composite = images.open(new CompositeImage(image, CompositeImage.COMPOSITE));
		composite.setPosition(1, 2, 1);
		final Module module = OpenDialog.of(context, ImageToImage.class);
		assertTrue(text(module, "picture").contains("only slice 2 of 3"), text(module, "picture"));
		assertTrue(shown(module).contains("channel"));
		OpenDialog.change(module, "channel", 3);
		assertTrue(problem(module, "channel").contains("no channel 3"), problem(module, "channel"));
		assertTrue(text(module, "estimate").contains("no channel 3"), text(module, "estimate"));
	}

	@Test
	void theCommandsOwnValuesStandBetweenThePromptAndTheSampling() {
		images.spot();
		final Module inpaint = OpenDialog.of(context, Inpaint.class);
		assertEquals(List.of("estimate", "model", "notice", "prompt", "picture", "feather", "strength",
			"seed", "more_values"), shown(inpaint));
		inpaint.setInput("more_values", true);
		assertEquals(List.of("estimate", "model", "model_folder", "notice", "prompt", "avoid",
			"picture", "intensity", "feather", "strength", "image_count", "seed", "randomize", "steps",
			"guidance", "sampler", "lora", "lora_file", "tile", "tile_overlap", "precision", "device",
			"threads", "more_values"), shown(inpaint));
		final Module text = OpenDialog.of(context, TextToImage.class);
		assertEquals(List.of("estimate", "model", "notice", "prompt", "size", "image_count", "seed",
			"steps", "guidance", "more_values"), shown(text));
		text.setInput("size", SizePreset.CUSTOM);
		text.setInput("model", ModelChoice.OTHER);
		assertTrue(shown(text).containsAll(List.of("width", "height", "model_folder")),
			"what was chosen asks for more");
	}

	@Test
	void withoutASelectionOrAnotherImageThereIsNothingToPaint() {
		final ImagePlus spot = images.spot();
		spot.deleteRoi();
		assertRefused(() -> OpenDialog.of(context, Inpaint.class), "selection");
		images.labels();
		OpenDialog.of(context, Inpaint.class);
	}

	@Test
	void rareValuesAndOtherImagesAreShownWhenTheyAreWanted() {
		images.labels();
		images.spot();
		final Module module = OpenDialog.of(context, Inpaint.class);
		assertTrue(shown(module).contains("mask"));
		assertFalse(shown(module).contains("tile"));
		module.setInput("more_values", true);
		assertTrue(shown(module).containsAll(
			List.of("mask_from", "label", "tile", "tile_overlap", "device", "image_count", "lora_file")));
		assertEquals(List.of("none", "labels"), context.service(ObjectService.class)
			.getObjects(OpenImage.class).stream().map(OpenImage::toString).toList());
	}

	@Test
	void whatIsWrongStandsBesideItsValue() throws Exception {
		images.labels();
		images.spot();
		final Module module = OpenDialog.of(context, Inpaint.class);
		OpenDialog.change(module, "strength", 0.0);
		assertTrue(problem(module, "strength").contains("above 0"));
		OpenDialog.change(module, "feather", 257);
		assertTrue(problem(module, "feather").contains("between 0 and 256"));
		OpenDialog.change(module, "mask_from", "mask");
		assertTrue(problem(module, "mask").contains("Choose the mask"), problem(module, "mask"));
		OpenDialog.change(module, "tile", 65);
		assertTrue(problem(module, "tile").contains("multiple of 16"));
		final Module outpaint = OpenDialog.of(context, Outpaint.class);
		OpenDialog.change(outpaint, "left", -1);
		assertTrue(problem(outpaint, "left").contains("must be between 0"));
		final Module control = OpenDialog.of(context, Control.class);
		OpenDialog.change(control, "control_scale", 11.0);
		assertTrue(problem(control, "control_scale").contains("between 0 and 10"));
		OpenDialog.change(control, "paint_into", new OpenImage("gone"));
		assertTrue(problem(control, "paint_into").contains("No image \"gone\" is open"));
		OpenDialog.change(control, "mask_from", "labels");
		assertTrue(problem(control, "mask").contains("No image \"gone\" is open"));
		final Module other = OpenDialog.of(context, Control.class);
		OpenDialog.change(other, "model_folder", Golden.model().toFile());
		assertTrue(problem(other, "controlnet").contains("Choose a ControlNet"),
			problem(other, "controlnet"));
	}

	@Test
	void aLoraFileThatIsChosenJoinsTheOthers() throws Exception {
		images.spot();
		final Module module = OpenDialog.of(context, ImageToImage.class);
		OpenDialog.change(module, "lora_file", new File("a.safetensors"));
		OpenDialog.change(module, "lora_file", new File("b.safetensors"));
		assertEquals("a.safetensors | b.safetensors", module.getInput("lora"));
		assertNull(module.getInput("lora_file"));
	}

	@Test
	void anImageThatIsAddedJoinsTheFurtherOnes() throws Exception {
		images.labels();
		images.spot();
		final Module module = OpenDialog.of(context, EditImage.class);
		OpenDialog.change(module, "picture_to_add", new OpenImage("labels"));
		assertEquals("labels", module.getInput("more_images"));
		assertEquals(OpenImage.NONE, module.getInput("picture_to_add"));
		OpenDialog.change(module, "more_images", "labels | gone");
		assertTrue(problem(module, "more_images").contains("No image \"gone\" is open"),
			problem(module, "more_images"));
	}

	@Test
	void editingSaysWhichModelsCanAndOffersImageToImage() throws Exception {
		images.green();
		final Module module = OpenDialog.of(context, EditImage.class);
		assertEquals(new ModelName(BuiltInModel.EDIT_NAME), module.getInput("model"));
		assertNull(problem(module, "model"));
		OpenDialog.change(module, "model", ModelChoice.BUILT_IN);
		assertTrue(
			text(module, "notice")
				.contains("cannot edit. \"" + BuiltInModel.EDIT_NAME + "\" can. Or use Image to"),
			text(module, "notice"));
		assertTrue(problem(module, "model").contains("cannot edit"), "OK is refused");
	}
}
