
package io.github.zimagefiji.pipeline;

import static io.github.zimagefiji.Refusals.assertRefused;
import static io.github.zimagefiji.golden.Golden.FLOAT32;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import io.github.zimagefiji.GenerationResult;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.golden.Parity;
import io.github.zimagefiji.hub.builtin.BuiltInModel;
import io.github.zimagefiji.model.folder.ModelFolder;
import io.github.zimagefiji.pipeline.picture.Canvas;
import io.github.zimagefiji.request.ControlRequest;
import io.github.zimagefiji.request.EditRequest;
import io.github.zimagefiji.request.GenerationRequest;
import io.github.zimagefiji.request.ImageToImageRequest;
import io.github.zimagefiji.request.InpaintRequest;
import io.github.zimagefiji.request.InputImage;
import io.github.zimagefiji.request.InputMask;
import io.github.zimagefiji.request.Sampler;
import io.github.zimagefiji.request.TextToImageRequest;
import io.github.zimagefiji.request.Tiling;

/**
 * Whole runs in the reference's mode, from words, picture files and seeds to the pixels.
 */
@Tag("engine")
class ReferenceModeTest {

	@TempDir
	Path folder;

	@ParameterizedTest
	@ValueSource(strings = { "loop_img2img", "loop_img2img_cfg" })
	void imageToImageIsTheReferences(final String name) {
		final JsonObject config = Golden.of(name).config();
		compare(name, Golden.model(), new ImageToImageRequest(text(config), image(config, "image"),
			config.get("strength").getAsDouble(), Tiling.AUTO, true));
	}

	/** A strength cuts whole steps of two evaluations off, as there. */
	@Test
	void imageToImageByHeunsMethodIsTheReferences() {
		final JsonObject config = Golden.of("loop_img2img_cfg").config();
		final TextToImageRequest text = text(config).toBuilder().sampler(Sampler.HEUN).build();
		final Golden golden = Golden.of("loop_heun_img2img");
		final GenerationResult result = run(Golden.model(), new ImageToImageRequest(text,
			image(config, "image"), config.get("strength").getAsDouble(), Tiling.AUTO, true));
		Parity.assertClose(golden, "latents.evaluation16", result.latents(), Parity.LOOP);
		Parity.assertImage(golden, "image_uint8", InputPictures.interleaved(result.images().get(0)));
		assertFalse(golden.has("latents.evaluation17"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "loop_inpaint", "loop_inpaint_s06" })
	void inpaintingIsTheReferencesWithoutComposition(final String name) {
		final JsonObject config = Golden.of(name).config();
		final InputImage image = image(config, "image");
		compare(name, Golden.model(), new InpaintRequest(text(config), image, mask(config),
			config.get("strength").getAsDouble(), 0, Tiling.AUTO, true));
	}

	@ParameterizedTest
	@ValueSource(strings = { "loop_controlnet_v1", "loop_controlnet_v20", "loop_controlnet_v21",
		"loop_controlnet_v1_cfg", "loop_controlnet_v20_cfg", "loop_controlnet_v21_cfg" })
	void controlIsTheReferences(final String name) {
		final JsonObject config = Golden.of(name).config();
		compare(name, Golden.model(), new ControlRequest(sized(config), network(config),
			image(config, "control_image"), scale(config), null, null, 0, Tiling.AUTO, true));
	}

	@ParameterizedTest
	@ValueSource(strings = { "loop_inpaint_controlnet_v20", "loop_inpaint_controlnet_v21" })
	void inpaintingUnderControlIsTheReferences(final String name) {
		final JsonObject config = Golden.of(name).config();
		final InputImage image = image(config, "image");
		compare(name, Golden.model(), new ControlRequest(sized(config), network(config),
			image(config, "control_image"), scale(config), image, mask(config), 0, Tiling.AUTO, true));
	}

	@Test
	void inpaintingUnderAControlNetThatKnowsNoMasksIsRefusedAsInTheReference() {
		final JsonObject config = Golden.of("loop_inpaint_controlnet_v20").config();
		final InputImage image = image(config, "image");
		final ControlRequest request = new ControlRequest(sized(config), Golden.path("controlnet_v1"),
			image, 1, image, mask(config), 0, Tiling.AUTO, true);
		assertRefused(() -> run(Golden.model(), request), "16 channels", "2.0");
	}

	@ParameterizedTest
	@ValueSource(
		strings = { "loop_omni_0img", "loop_omni_1img", "loop_omni_2img", "loop_omni_2img_cfg" })
	void editingIsTheReferences(final String name) {
		final JsonObject config = Golden.of(name).config();
		final List<InputImage> images = new ArrayList<>();
		if (!config.get("images").isJsonNull()) config.getAsJsonArray("images")
			.forEach(each -> images.add(InputPictures.golden(each.getAsString())));
		final TextToImageRequest text = config.has("height") ? sized(config) : text(config);
		final Path model = ModelCopy.omniTo(folder.resolve("omni")).folder();
		compare(name, model, images.isEmpty() ? text : new EditRequest(text, images, true));
	}

	@Test
	void controlHasTheReferencesSizeUnlessOneIsGiven() {
		final TextToImageRequest text = TextToImageRequest.builder("nuclei").build();
		final ControlRequest request = new ControlRequest(text, BuiltInModel.controlNet(),
			InputPictures.smooth(64, 64), 1, null, null, 0, Tiling.AUTO, true);
		final Canvas canvas = RunPlan.of(ModelFolder.open(BuiltInModel.folder()), request).canvas();
		assertEquals(Canvas.exact(1024, 1024), canvas);
	}

	private static void compare(final String name, final Path model,
		final GenerationRequest request)
	{
		final Golden golden = Golden.of(name);
		final GenerationResult result = run(model, request);
		int last = 0;
		while (golden.has("latents.step" + (last + 1))) {
			last++;
		}
		Parity.record(name, "whole run: latents", "of rms",
			Parity.distance(golden.floats("latents.step" + last), result.latents()), Parity.LOOP);
		if (golden.has("image_uint8")) Parity.assertImage(name, "whole run: image",
			golden.floats("image_uint8"), InputPictures.interleaved(result.images().get(0)));
	}

	private static GenerationResult run(final Path model, final GenerationRequest request) {
		try (Pipeline pipeline = Pipeline.open(model, FLOAT32)) {
			return pipeline.generate(request, Progress.NONE);
		}
	}

	private static TextToImageRequest text(final JsonObject config) {
		final TextToImageRequest.Builder text =
			TextToImageRequest.builder(config.get("prompt").getAsString())
				.seed(config.get("seed").getAsLong()).steps(config.get("steps").getAsInt());
		if (config.has("negative_prompt"))
			text.negativePrompt(config.get("negative_prompt").getAsString());
		final String guidance = config.has("guidance_scale") ? "guidance_scale" : "guidance";
		text.guidance(config.has(guidance) ? config.get(guidance).getAsDouble() : 0);
		if (config.has("cfg_normalization")) text.cfgNormalization(1);
		return text.build();
	}

	private static TextToImageRequest sized(final JsonObject config) {
		return text(config).toBuilder()
			.size(config.get("width").getAsInt(), config.get("height").getAsInt()).build();
	}

	private static InputImage image(final JsonObject config, final String key) {
		return InputPictures.golden(name(config.get(key)));
	}

	/** Of another size than the image in one of the runs. */
	private static InputMask mask(final JsonObject config) {
		return InputPictures.goldenMask(name(config.get("mask")));
	}

	private static String name(final JsonElement path) {
		return path.getAsString().replaceAll("images/|[.]png", "");
	}

	private static Path network(final JsonObject config) {
		return Golden.path(config.get("controlnet").getAsString());
	}

	private static double scale(final JsonObject config) {
		return config.get("conditioning_scale").getAsDouble();
	}
}
