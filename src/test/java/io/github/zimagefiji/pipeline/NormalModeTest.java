
package io.github.zimagefiji.pipeline;

import static io.github.zimagefiji.golden.Golden.FLOAT32;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.GenerationResult;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.engine.TensorScope;
import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.golden.Parity;
import io.github.zimagefiji.model.folder.ModelFolder;
import io.github.zimagefiji.pipeline.kind.EditKind;
import io.github.zimagefiji.pipeline.kind.Kind;
import io.github.zimagefiji.pipeline.picture.Canvas;
import io.github.zimagefiji.pipeline.picture.EdgeDistance;
import io.github.zimagefiji.pipeline.picture.LatentShape;
import io.github.zimagefiji.pipeline.picture.OutpaintAsInpaint;
import io.github.zimagefiji.pipeline.picture.PasteBack;
import io.github.zimagefiji.pipeline.picture.PixelMask;
import io.github.zimagefiji.pipeline.picture.PlanarImage;
import io.github.zimagefiji.pipeline.sampling.ImageLatents;
import io.github.zimagefiji.pipeline.sampling.ImageNoise;
import io.github.zimagefiji.pipeline.sampling.Schedule;
import io.github.zimagefiji.pipeline.sampling.Strength;
import io.github.zimagefiji.pipeline.sampling.TorchRandom;
import io.github.zimagefiji.request.Conditions;
import io.github.zimagefiji.request.ControlRequest;
import io.github.zimagefiji.request.EditRequest;
import io.github.zimagefiji.request.GenerationRequest;
import io.github.zimagefiji.request.ImageToImageRequest;
import io.github.zimagefiji.request.InpaintRequest;
import io.github.zimagefiji.request.InputImage;
import io.github.zimagefiji.request.InputMask;
import io.github.zimagefiji.request.OutpaintRequest;
import io.github.zimagefiji.request.Task;
import io.github.zimagefiji.request.TextToImageRequest;
import io.github.zimagefiji.request.Tiling;

/**
 * Where the reference has a defect, or stops short of what a person wants, the normal mode does it
 * right.
 */
@Tag("engine")
class NormalModeTest {

	private static Pipeline pipeline;

	@TempDir
	Path folder;

	@BeforeAll
	static void open() {
		pipeline = Pipeline.open(Golden.model(), FLOAT32);
	}

	@AfterAll
	static void close() {
		pipeline.close();
	}

	private static TextToImageRequest text() {
		return TextToImageRequest.builder("round cells").seed(3).steps(4).guidance(0.0).build();
	}

	private static GenerationResult run(final GenerationRequest request) {
		return pipeline.generate(request, Progress.NONE);
	}

	private static float[] samples(final GenerationRequest request) {
		return run(request).images().get(0).samples();
	}

	// -- sizes --

	@ParameterizedTest
	@CsvSource({ "64, 96", "63, 97", "17, 31", "16, 16", "100, 50" })
	void anImageComesBackInItsOwnSize(final int width, final int height) {
		final GeneratedImage image =
			run(new ImageToImageRequest(text(), InputPictures.smooth(width, height), 0.5)).images()
				.get(0);
		assertEquals(width, image.width());
		assertEquals(height, image.height());
		assertEquals(3 * width * height, image.samples().length);
	}

	@Test
	void whereNothingIsResizedTheNormalModeIsTheReferences() {
		final InputImage image = InputPictures.golden("init");
		assertArrayEquals(samples(new ImageToImageRequest(text(), image, 0.6, Tiling.AUTO, true)),
			samples(new ImageToImageRequest(text(), image, 0.6)));
	}

	@Test
	void paddingMirrorsTheImageAndIsCutOffAgain() {
		final InputImage image = InputPictures.smooth(30, 21);
		final Canvas canvas = Canvas.padded(30, 21);
		final PlanarImage placed = canvas.place(image);
		assertEquals(32, placed.width());
		assertEquals(32, placed.height());
		assertEquals(placed.samples()[28], placed.samples()[30], "the last pixel, 29, is the mirror");
		assertEquals(placed.samples()[19 * 32 + 5], placed.samples()[21 * 32 + 5]);
		final float[] cut = canvas.cut(placed.samples());
		for (int i = 0; i < cut.length; i++) {
			assertEquals(2f * image.samples()[i] - 1f, cut[i]);
		}
	}

	// -- strength --

	@Test
	void aStrengthNearZeroGivesTheAutoencodersReconstruction() {
		final InputImage image = InputPictures.golden("init");
		final float[] latents = run(new ImageToImageRequest(text(), image, 1e-6)).latents();
		try (TensorScope scope = pipeline.engine().scope()) {
			final ImageLatents encoded =
				ImageLatents.encode(scope, pipeline.components().autoencoder(() -> {}),
					Canvas.padded(image.width(), image.height()).place(image), 0, () -> {});
			final float[] sample = encoded.sample(new ImageNoise(new TorchRandom(3), pipeline.type()));
			assertTrue(Parity.distance(sample, latents) < 1e-4,
				"distance " + Parity.distance(sample, latents));
		}
	}

	@Test
	void strengthsBelowOneStepGoDownToNothing() {
		final Schedule whole = Schedule.ofSteps(pipeline.model().scheduler(), 8, 24);
		final float last = whole.sigma(7);
		assertEquals(last, new Strength(0.125, false).of(whole).sigma(0));
		assertEquals(last / 2, new Strength(0.0625, false).of(whole).sigma(0), 1e-7);
		assertEquals(last, new Strength(0.0625, true).of(whole).sigma(0),
			"the reference runs a whole step");
	}

	@Test
	void aStrengthOfOneKeepsNothing() {
		final float[] one = samples(new ImageToImageRequest(text(), InputPictures.smooth(32, 32), 1));
		final InputImage black = new InputImage("black", 32, 32, new float[3 * 32 * 32],
			InputPictures.smooth(16, 16).mapping());
		// The posterior is drawn before the noise, from the same generator, so both
		// begin with the same noise.
		assertArrayEquals(one, samples(new ImageToImageRequest(text(), black, 1)));
	}

	// -- inpainting --

	@ParameterizedTest
	@ValueSource(ints = { 0, 5 })
	void pixelsOutsideTheMaskComeBackToTheBit(final int feather) {
		final InputImage image = InputPictures.smooth(70, 50);
		final InputMask mask = InputPictures.rectangle(70, 50, 20, 10, 45, 37);
		final float[] result =
			samples(new InpaintRequest(text(), image, mask, 1, feather, Tiling.AUTO, false));
		int changed = 0;
		for (int i = 0; i < result.length; i++) {
			if (!mask.isPainted(i % 3500)) assertEquals(Float.floatToRawIntBits(image.samples()[i]),
				Float.floatToRawIntBits(result[i]));
			else if (image.samples()[i] != result[i]) changed++;
		}
		assertTrue(changed > 0.9 * 3 * 25 * 27, changed + " samples inside have changed");
	}

	@Test
	void aMaskOverEverythingIsImageToImage() {
		final InputImage image = InputPictures.golden("init");
		final InputMask all =
			InputPictures.rectangle(image.width(), image.height(), 0, 0, image.width(), image.height());
		assertArrayEquals(samples(new ImageToImageRequest(text(), image, 0.7)),
			samples(new InpaintRequest(text(), image, all, 0.7, 0, Tiling.AUTO, false)));
	}

	@Test
	void aMaskThinnerThanALatentPixelIsNotLost() {
		final InputImage image = InputPictures.smooth(64, 64);
		final InputMask thin = InputPictures.rectangle(64, 64, 20, 3, 23, 61);
		final PixelMask placed = Canvas.padded(64, 64).place(thin);
		final LatentShape shape = new LatentShape(16, 8, 8);
		assertArrayEquals(new float[64], placed.atLatents(shape),
			"the reference looks at the first pixel of eight");
		final float[] covering = placed.covering(shape);
		for (int i = 0; i < 64; i++) {
			assertEquals(i % 8 == 2 ? 1 : 0, covering[i], "at " + i);
		}
		final float[] result = samples(new InpaintRequest(text(), image, thin));
		assertFalse(Arrays.equals(image.samples(), result));
	}

	@Test
	void aMaskValueOfOneHalfIsPainted() {
		final float[] half = new float[256];
		half[100] = 0.5f;
		assertEquals(1, Canvas.exact(16, 16).place(new InputMask("half", 16, 16, half)).values()[100]);
	}

	@Test
	void theFeatherMixesFromTheEdgeInwards() {
		final InputImage image =
			new InputImage("black", 16, 16, new float[768], InputPictures.smooth(16, 16).mapping());
		final float[] white = new float[768];
		Arrays.fill(white, 1);
		final float[] mixed =
			PasteBack.of(image, InputPictures.rectangle(16, 16, 4, 0, 16, 16), 3).compose(white);
		assertArrayEquals(new float[] { 0, 0, 0, 0, 0.25f, 0.5f, 0.75f, 1, 1 }, Arrays.copyOf(mixed, 9),
			1e-6f);
		final float[] hard =
			PasteBack.of(image, InputPictures.rectangle(16, 16, 4, 0, 16, 16), 0).compose(white);
		assertArrayEquals(new float[] { 0, 0, 0, 0, 1, 1 }, Arrays.copyOf(hard, 6));
	}

	@Test
	void distancesFromTheEdgeAreTheEuclideanOnesOfAllPixelsOutside() {
		final Random random = new Random(4);
		final boolean[] inside = new boolean[23 * 17];
		for (int i = 0; i < inside.length; i++) {
			inside[i] = random.nextInt(12) > 0;
		}
		final float[] distances = EdgeDistance.of(inside, 23, 17);
		for (int i = 0; i < inside.length; i++) {
			double least = Double.MAX_VALUE;
			for (int j = 0; j < inside.length; j++) {
				if (!inside[j]) least = Math.min(least, Math.hypot(i % 23 - j % 23, i / 23 - j / 23));
			}
			assertEquals(least, distances[i], 1e-5);
		}
	}

	// -- outpainting --

	@Test
	void outpaintingLeavesTheImageInItsPlaceAndPaintsTheRest() {
		final InputImage image = InputPictures.smooth(40, 30);
		final GeneratedImage result =
			run(new OutpaintRequest(text(), image, 10, 20, 0, 7, Tiling.AUTO, false)).images().get(0);
		assertEquals(70, result.width());
		assertEquals(37, result.height());
		for (int i = 0; i < image.samples().length; i++) {
			final int at = (i / 1200 * 37 + i % 1200 / 40) * 70 + 10 + i % 40;
			assertEquals(image.samples()[i], result.samples()[at]);
		}
		assertEquals(List.of(10, 20, 0, 7), result.provenance().conditions().borders());
	}

	@Test
	void bordersWiderThanTheImageContinueItBackAndForth() {
		final InputImage image = InputPictures.smooth(16, 16);
		final InputImage wide =
			new OutpaintAsInpaint(new OutpaintRequest(text(), image, 40, 0, 0, 0, Tiling.AUTO, false))
				.inpainting().image();
		assertEquals(image.samples()[1], wide.samples()[39]);
		assertEquals(image.samples()[15], wide.samples()[40 - 15]);
		assertEquals(image.samples()[14], wide.samples()[40 - 16]);
		assertEquals(image.samples()[0], wide.samples()[10]);
	}

	// -- control --

	@Test
	void aControlPictureGivesItsSizeToTheResult() {
		final InputImage control = InputPictures.smooth(50, 70);
		final GeneratedImage image =
			run(new ControlRequest(text(), Golden.path("controlnet_v1"), control, 1)).images().get(0);
		assertEquals(50, image.width());
		assertEquals(70, image.height());
		assertNull(image.provenance().request().width());
		final TextToImageRequest sized = text().toBuilder().size(32, 48).build();
		final GeneratedImage other =
			run(new ControlRequest(sized, Golden.path("controlnet_v1"), control, 1)).images().get(0);
		assertEquals(32, other.width());
		assertEquals(48, other.height());
	}

	@Test
	void aScaleOfZeroIsNoControl() {
		final InputImage control = InputPictures.golden("control");
		final float[] none =
			samples(text().toBuilder().size(control.width(), control.height()).build());
		assertArrayEquals(none,
			samples(new ControlRequest(text(), Golden.path("controlnet_v21"), control, 0)));
		assertFalse(Arrays.equals(none,
			samples(new ControlRequest(text(), Golden.path("controlnet_v21"), control, 1))));
	}

	@ParameterizedTest
	@ValueSource(strings = { "controlnet_v1", "controlnet_v20" })
	void everyControlNetInpaintsAndLeavesTheRestToTheBit(final String network) {
		final InputImage image = InputPictures.smooth(50, 40);
		final InputMask mask = InputPictures.rectangle(50, 40, 5, 5, 30, 30);
		final float[] result = samples(new ControlRequest(text(), Golden.path(network),
			InputPictures.smooth(50, 40), 1, image, mask, 2, Tiling.AUTO, false));
		for (int i = 0; i < result.length; i++) {
			if (!mask.isPainted(i % 2000)) assertEquals(image.samples()[i], result[i]);
		}
		assertFalse(Arrays.equals(image.samples(), result));
	}

	// -- editing --

	@Test
	void anEditedImageKeepsItsSize() {
		try (
				Pipeline omni = Pipeline.open(ModelCopy.omniTo(folder.resolve("omni")).folder(), FLOAT32))
		{
			final GeneratedImage image = omni
				.generate(new EditRequest(text(),
					List.of(InputPictures.smooth(90, 64), InputPictures.smooth(75, 101))), Progress.NONE)
				.images().get(0);
			assertEquals(75, image.width());
			assertEquals(101, image.height());
			final Conditions conditions = image.provenance().conditions();
			assertEquals(Task.EDIT, conditions.task());
			assertEquals(List.of("reference", "reference"),
				conditions.inputs().stream().map(Conditions.Input::role).toList());
		}
	}

	@Test
	void ofAReferenceImageNothingIsCutOff() {
		final ModelFolder model = ModelFolder.open(ModelCopy.omniTo(folder.resolve("omni")).folder());
		final EditRequest request = new EditRequest(text(), List.of(InputPictures.smooth(90, 70)));
		final PlanarImage all =
			((EditKind) Kind.of(model, request)).reference(request.images().get(0)).pixels();
		assertEquals(List.of(96, 80), List.of(all.width(), all.height()));
		final PlanarImage middle =
			((EditKind) Kind.of(model, new EditRequest(text(), request.images(), true)))
				.reference(request.images().get(0)).pixels();
		assertEquals(List.of(80, 64), List.of(middle.width(), middle.height()), "as in the reference");
	}

	// -- several images, provenance --

	@Test
	void eachImageOfARequestHasItsOwnSeedAndCanBeMadeAlone() {
		final InputImage image = InputPictures.golden("init");
		final ImageToImageRequest request = new ImageToImageRequest(text(), image, 0.6);
		final List<GeneratedImage> two =
			run(request.withText(text().toBuilder().count(2).build())).images();
		assertArrayEquals(samples(request), two.get(0).samples());
		final TextToImageRequest second = two.get(1).provenance().request();
		assertEquals(4, second.seed());
		assertArrayEquals(samples(request.withText(second)), two.get(1).samples());
		assertNotEquals(two.get(0).samples()[0], two.get(1).samples()[0]);
	}

	@Test
	void theRecordSaysWhatWentIn() {
		final InputImage image = InputPictures.smooth(40, 32);
		final InputMask mask = InputPictures.rectangle(40, 32, 0, 0, 8, 8);
		final Conditions conditions =
			run(new InpaintRequest(text(), image, mask, 0.8, 3, Tiling.AUTO, false)).images().get(0)
				.provenance().conditions();
		assertEquals(Task.INPAINT, conditions.task());
		assertEquals(0.8, conditions.strength());
		assertEquals(3, conditions.feather());
		assertEquals("whole", conditions.tiles());
		assertEquals(List.of("image", "mask"),
			conditions.inputs().stream().map(Conditions.Input::role).toList());
		assertEquals(image.mapping(), conditions.inputs().get(0).mapping());
		assertEquals(64, conditions.inputs().get(0).sha256().length());
		final Conditions other = run(new InpaintRequest(text(), InputPictures.smooth(40, 31),
			InputPictures.rectangle(40, 31, 0, 0, 8, 8))).images().get(0).provenance().conditions();
		assertNotEquals(conditions.inputs().get(0).sha256(), other.inputs().get(0).sha256());
	}
}
