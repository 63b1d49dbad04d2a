package io.github.zimagefiji.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.scijava.command.Command;
import org.scijava.command.CommandService;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.ModuleService;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.object.ObjectService;
import org.scijava.plugin.PluginService;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;
import io.github.zimagefiji.InvalidInputException;
import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.hub.BuiltInModel;

/** The dialogs that start from images as a person sees them: when they open, and after each change. */
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

	/** A dialog that has just opened, short of the window. */
	private Module open(final Class<? extends Command> command) {
		final Module module = modules.createModule(context.service(CommandService.class).getCommand(command));
		context.service(PluginService.class).createInstancesOfType(PreprocessorPlugin.class).stream().filter(
			each -> each.getClass().getName().matches(".*\\.(Service|DefaultValue|Init|LoadInputs)Preprocessor")).forEach(
				each -> each.process(module));
		assertInstanceOf(Prepared.class, module.getDelegateObject()).prepare(module::isInputResolved, true);
		return module;
	}

	/** What a widget does when a person changes its value. */
	private static void change(final Module module, final String name, final Object value) throws Exception {
		module.setInput(name, value);
		module.getInfo().getInput(name).callback(module);
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
		return DialogOrder.inOrder(module).stream().map(ModuleItem::getName).filter(MacroKeys.values(module)::containsKey)
			.filter(command::isShown).toList();
	}

	@Test
	void withoutAnImageNoDialogOpens() {
		assertTrue(assertThrows(InvalidInputException.class, () -> open(Outpaint.class)).getMessage().contains(
			"No image is open"));
	}

	@Test
	void saysWhichImageIsUsedAndHowItsValuesAreRead() throws Exception {
		images.spot();
		final Module module = open(ImageToImage.class);
		assertTrue(text(module, "picture").contains("my spot: 64 × 64 pixels, 16-bit; 0 becomes black, 2500 full."), text(module,
			"picture"));
		change(module, "intensity", "full");
		assertTrue(text(module, "picture").contains("65535 full"), text(module, "picture"));
		MacroKeys.values(module).keySet().forEach(name -> assertNull(problem(module, name), name));
		assertTrue(text(module, "estimate").contains("Memory: about"), text(module, "estimate"));
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
		final Module module = open(ImageToImage.class);
		assertTrue(text(module, "picture").contains("only slice 2 of 3"), text(module, "picture"));
		assertTrue(shown(module).contains("channel"));
		change(module, "channel", 3);
		assertTrue(problem(module, "channel").contains("no channel 3"), problem(module, "channel"));
		assertTrue(text(module, "estimate").contains("no channel 3"), text(module, "estimate"));
	}

	@Test
	void theCommandsOwnValuesStandBetweenThePromptAndTheSampling() {
		images.spot();
		assertEquals(List.of("model", "model_folder", "notice", "prompt", "avoid", "picture", "intensity", "feather",
			"strength", "seed", "randomize", "steps", "guidance", "lora", "more_values", "estimate"), shown(open(
				Inpaint.class)));
		assertEquals(List.of("model", "model_folder", "notice", "prompt", "avoid", "size", "width", "height", "image_count",
			"seed", "randomize", "steps", "guidance", "lora", "precision", "device", "threads", "estimate"), shown(open(
				TextToImage.class)));
	}

	@Test
	void rareValuesAndOtherImagesAreShownWhenTheyAreWanted() {
		images.labels();
		images.spot();
		final Module module = open(Inpaint.class);
		assertTrue(shown(module).containsAll(List.of("mask_from", "mask")));
		assertFalse(shown(module).contains("tile"));
		module.setInput("more_values", true);
		assertTrue(shown(module).containsAll(List.of("label", "tile", "tile_overlap", "device", "image_count", "lora_file")));
		assertEquals(List.of("none", "labels"), context.service(ObjectService.class).getObjects(OpenImage.class).stream().map(
			OpenImage::toString).toList());
	}

	@Test
	void whatIsWrongStandsBesideItsValue() throws Exception {
		images.labels();
		images.spot();
		final Module module = open(Inpaint.class);
		change(module, "strength", 0.0);
		assertTrue(problem(module, "strength").contains("above 0"));
		change(module, "feather", 257);
		assertTrue(problem(module, "feather").contains("between 0 and 256"));
		change(module, "mask_from", "mask");
		assertTrue(problem(module, "mask").contains("Choose the mask"), problem(module, "mask"));
		change(module, "tile", 65);
		assertTrue(problem(module, "tile").contains("multiple of 16"));
		final Module outpaint = open(Outpaint.class);
		change(outpaint, "left", -1);
		assertTrue(problem(outpaint, "left").contains("must be between 0"));
		final Module control = open(Control.class);
		change(control, "control_scale", 11.0);
		assertTrue(problem(control, "control_scale").contains("between 0 and 10"));
		change(control, "paint_into", new OpenImage("gone"));
		assertTrue(problem(control, "paint_into").contains("No image \"gone\" is open"));
		change(control, "mask_from", "labels");
		assertTrue(problem(control, "mask").contains("No image \"gone\" is open"));
		final Module other = open(Control.class);
		change(other, "model_folder", Golden.model().toFile());
		assertTrue(problem(other, "controlnet").contains("Choose a ControlNet"), problem(other, "controlnet"));
	}

	@Test
	void aLoraFileThatIsChosenJoinsTheOthers() throws Exception {
		images.spot();
		final Module module = open(ImageToImage.class);
		change(module, "lora_file", new File("a.safetensors"));
		change(module, "lora_file", new File("b.safetensors"));
		assertEquals("a.safetensors | b.safetensors", module.getInput("lora"));
		assertNull(module.getInput("lora_file"));
	}

	@Test
	void anImageThatIsAddedJoinsTheFurtherOnes() throws Exception {
		images.labels();
		images.spot();
		final Module module = open(EditImage.class);
		change(module, "picture_to_add", new OpenImage("labels"));
		assertEquals("labels", module.getInput("more_images"));
		assertEquals(OpenImage.NONE, module.getInput("picture_to_add"));
		change(module, "more_images", "labels | gone");
		assertTrue(problem(module, "more_images").contains("No image \"gone\" is open"), problem(module, "more_images"));
	}

	@Test
	void editingSaysWhichModelsCanAndOffersImageToImage() throws Exception {
		images.green();
		final Module module = open(EditImage.class);
		assertEquals(new ModelName(BuiltInModel.EDIT_NAME), module.getInput("model"));
		assertNull(problem(module, "model"));
		change(module, "model", ModelChoice.BUILT_IN);
		assertTrue(text(module, "notice").contains("cannot edit. \"" + BuiltInModel.EDIT_NAME + "\" can. Or use Image to"), text(
			module, "notice"));
		assertTrue(problem(module, "model").contains("cannot edit"), "OK is refused");
	}
}
