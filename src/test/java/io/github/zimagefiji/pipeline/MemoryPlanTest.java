
package io.github.zimagefiji.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.zimagefiji.engine.TensorType;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.model.folder.ModelFolder;
import io.github.zimagefiji.pipeline.kind.Part;
import io.github.zimagefiji.request.ControlRequest;
import io.github.zimagefiji.request.Stage;
import io.github.zimagefiji.request.TextToImageRequest;
import io.github.zimagefiji.weights.TensorEntry;

/**
 * Which component is in memory when, from plenty of memory down to too little.
 */
class MemoryPlanTest {

	private static final long GB = 1_000_000_000;
	private static final Pattern ADVICE =
		Pattern.compile("An image of (\\d+) × \\1 pixels would fit\\.");

	/** The published sizes on a GPU: nothing is mapped. */
	private static final MemoryNeeds ON_GPU =
		needs(8_045_000_000L, 12_310_000_000L, 168_000_000L, 60_000_000L, 1024);
	/**
	 * The published Turbo on a processor: its transformer is narrowed, the rest is mapped.
	 */
	private static final MemoryNeeds ON_PROCESSOR = needs(0, 12_310_000_000L, 0, 60_000_000L, 1024);

	private static MemoryNeeds needs(final long textEncoder, final long transformer,
		final long autoencoder, final long encoding, final int largestSide)
	{
		return new MemoryNeeds(
			Map.of(Part.Role.TEXT_ENCODER, textEncoder, Part.Role.TRANSFORMER, transformer,
				Part.Role.AUTOENCODER, autoencoder),
			encoding, 64, 1, 3840, 256, largestSide, false, Integer.MAX_VALUE, 0);
	}

	private static MemoryPlan plan(final MemoryNeeds needs, final int pixels, final long available) {
		return MemoryPlan.of(needs, pixels / 8, pixels / 8, available);
	}

	private static String refusal(final MemoryNeeds needs, final int pixels, final long available) {
		return assertThrows(InvalidInputException.class, () -> plan(needs, pixels, available))
			.getMessage();
	}

	@Test
	void withPlentyOfMemoryEverythingStays() {
		final MemoryPlan plan = plan(ON_GPU, 1024, 80 * GB);
		assertEquals(new MemoryPlan(true, true, 0, plan.bytes()), plan);
		assertTrue(plan.bytes() > 20 * GB && plan.bytes() < 30 * GB);
	}

	@Test
	void lessMemoryReleasesTheTextEncoderThenTilesThenReleasesTheTransformer() {
		int last = 0;
		boolean all = true;
		for (long available = 40 * GB; available > 12.6 * GB; available -= GB / 20) {
			final MemoryPlan plan = plan(ON_GPU, 512, available);
			assertTrue(plan.bytes() <= available, plan + " of " + available);
			final int rank = (plan.keepTextEncoder() ? 0 : 1) + (plan.tile() > 0 ? 1 : 0) +
				(plan.keepTransformer() ? 0 : 2);
			all &= rank >= last;
			last = rank;
		}
		assertTrue(all, "a smaller memory gave a roomier plan");
	}

	@ParameterizedTest
	@CsvSource({ "2048, 20, false, true, 128", "1024, 30, true, true, 0", "1024, 18, false, true, 0",
		"1024, 15, false, true, 96", "1024, 13.6, false, true, 64", "1024, 13.4, false, true, 32",
		"512, 12.8, false, true, 32", "512, 12.6, false, false, 0", "256, 12.5, false, false, 0" })
	void theStepsDown(final int pixels, final double gigabytes, final boolean text,
		final boolean transformer, final int tile)
	{
		final MemoryPlan plan = plan(ON_GPU, pixels, (long) (gigabytes * GB));
		assertEquals(new MemoryPlan(text, transformer, tile, plan.bytes()), plan);
	}

	@Test
	void sixteenGigabytesDoForTurboOnAGpu() {
		assertFalse(plan(ON_GPU, 1024, 16 * GB).keepTextEncoder());
		assertTrue(plan(ON_GPU, 1024, 16 * GB).keepTransformer());
	}

	@Test
	void whatIsMappedNeedNotBeReleased() {
		final MemoryPlan plan = plan(ON_PROCESSOR, 512, 20 * GB);
		assertTrue(plan.keepTextEncoder());
		assertTrue(plan.keepTransformer());
	}

	@ParameterizedTest
	@ValueSource(doubles = { 12.4, 12.5, 13, 14, 16, 20, 24 })
	void whatIsSaidToFitDoesFitAndTheNextLargerDoesNot(final double gigabytes) {
		final long available = (long) (gigabytes * GB);
		final String message = refusal(ON_GPU, 65536, available);
		final Matcher advice = ADVICE.matcher(message);
		assertTrue(advice.find(), message);
		final int side = Integer.parseInt(advice.group(1));
		assertEquals(0, side % 16);
		assertTrue(plan(ON_GPU, side, available).bytes() <= available);
		if (side < 8192) refusal(ON_GPU, side + 64, available);
		assertTrue(
			message.contains("65536 × 65536 pixels needs about") && message.contains(
				"only " + String.format(java.util.Locale.ROOT, "%.1f", gigabytes) + " GB are free"),
			message);
	}

	@Test
	void whatIsSaidToFitHasPositions() {
		final MemoryNeeds needs = needs(0, 0, 0, 0, 60);
		assertTrue(refusal(needs, 65536, 60 * GB).contains("480 × 480"));
	}

	@Test
	void aModelThatDoesNotFitAtAllIsRefusedWithOtherAdvice() {
		assertTrue(refusal(ON_GPU, 256, 8 * GB).contains("Not even the model fits; use bfloat16"));
		assertTrue(
			refusal(ON_GPU, 256, ON_GPU.weights(Stage.DENOISE) + 1000).contains("close other programs"));
	}

	@Test
	void longSidesDoNotOverflow() {
		assertTrue(ON_GPU.decoding(8192, 8192) > 10_000 * GB);
		assertTrue(ON_GPU.step(8192, 8192) > 1000 * GB);
	}

	@Test
	void theTinyModelsNeedsFollowFromItsFiles() {
		final ModelFolder model = ModelFolder.open(Golden.model());
		final MemoryNeeds narrow = needs(model, TensorType.BFLOAT16, true);
		assertEquals(0, narrow.weights(Stage.ENCODE));
		assertEquals(0, narrow.weights(Stage.DENOISE));
		assertEquals(model.autoencoderWeights().byteCount() / 2, narrow.weights(Stage.DECODE));
		final MemoryNeeds wide = needs(model, TensorType.FLOAT32, true);
		assertEquals(2 * model.textEncoderWeights().byteCount(), wide.weights(Stage.ENCODE));
		assertEquals(2 * model.transformerWeights().byteCount(), wide.weights(Stage.DENOISE));
		assertEquals(0, wide.weights(Stage.DECODE));
		final MemoryNeeds gpu = needs(model, TensorType.BFLOAT16, false);
		assertEquals(model.textEncoderWeights().byteCount(), gpu.weights(Stage.ENCODE));
		assertEquals(1024, gpu.largestSide());
	}

	private static MemoryNeeds needs(final ModelFolder model, final TensorType type,
		final boolean mapped)
	{
		return MemoryNeeds.of(
			RunPlan.of(model,
				TextToImageRequest.builder("cells").size(32, 32).steps(2).guidance(3.0).build()),
			type, mapped);
	}

	@Test
	void whatARequestAddsIsCounted() {
		final Map<Part.Role, Long> weights = new EnumMap<>(ON_GPU.weights());
		weights.put(Part.Role.CONTROL_NET, 3_000_000_000L);
		weights.put(Part.Role.IMAGE_ENCODER, 800_000_000L);
		final MemoryNeeds more =
			new MemoryNeeds(weights, 60_000_000L, 64, 1, 3840, 256, 1024, true, 128, 24);
		assertEquals(plan(ON_GPU, 1024, 80 * GB).bytes() + 3_800_000_000L,
			plan(more, 1024, 80 * GB).bytes());
		assertTrue(plan(ON_GPU, 512, 14 * GB).bytes() <= 14 * GB);
		refusal(more, 512, 14 * GB);
		assertTrue(more.step(128, 128) > ON_GPU.step(128, 128), "a ControlNet's tokens");
		assertEquals(more.step(128, 128), more.step(256, 256), "the transformer runs in tiles");
	}

	@Test
	void aRequestsPartsAreThoseOfItsFiles() {
		final ModelFolder model = ModelFolder.open(Golden.model());
		final TextToImageRequest text =
			TextToImageRequest.builder("cells").steps(2).guidance(0.0).build();
		final RunPlan control = RunPlan.of(model,
			new ControlRequest(text, Golden.path("controlnet_v20"), InputPictures.smooth(32, 32), 1));
		final MemoryNeeds needs = MemoryNeeds.of(control, TensorType.BFLOAT16, false);
		assertEquals(2 * control.kind().controlNet().weights().entries().values().stream()
			.mapToLong(TensorEntry::elementCount).sum(), needs.weights().get(Part.Role.CONTROL_NET));
		assertEquals(
			needs.weights().get(Part.Role.CONTROL_NET) + needs.weights().get(Part.Role.TRANSFORMER),
			needs.weights(Stage.DENOISE));
		assertTrue(needs.seeing(4, 4) > 0);
		final RunPlan plain = RunPlan.of(model, text.toBuilder().size(32, 32).build());
		assertEquals(0, MemoryNeeds.of(plain, TensorType.BFLOAT16, false).seeing(4, 4));
	}

	@Test
	void copiesOfFilesOnNetworkDrivesCount() {
		System.setProperty("zimage.weights.map", "never");
		try {
			final ModelFolder model = ModelFolder.open(Golden.model());
			final MemoryNeeds needs = needs(model, TensorType.BFLOAT16, true);
			assertEquals(model.textEncoderWeights().byteCount(), needs.weights(Stage.ENCODE));
		}
		finally {
			System.clearProperty("zimage.weights.map");
		}
	}
}
