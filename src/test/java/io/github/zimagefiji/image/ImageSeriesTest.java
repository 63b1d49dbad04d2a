
package io.github.zimagefiji.image;

import static io.github.zimagefiji.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import ij.IJ;
import ij.ImagePlus;
import ij.io.FileSaver;
import ij.plugin.Duplicator;
import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.ModelInfo;
import io.github.zimagefiji.Provenance;
import io.github.zimagefiji.error.EngineFailedException;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.provenance.ProvenanceText;
import io.github.zimagefiji.request.TextToImageRequest;
import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.view.Views;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class ImageSeriesTest {

	private static final int WIDTH = 32;
	private static final int HEIGHT = 16;

	private final List<Long> made = Collections.synchronizedList(new ArrayList<>());

	/** An image whose red is its seed, green its column and blue its row. */
	private GeneratedImage make(final TextToImageRequest request) {
		made.add(request.seed());
		final float[] samples = new float[3 * WIDTH * HEIGHT];
		for (int i = 0; i < WIDTH * HEIGHT; i++) {
			samples[i] = request.seed() / 255f;
			samples[WIDTH * HEIGHT + i] = i % WIDTH / 255f;
			samples[2 * WIDTH * HEIGHT + i] = i / WIDTH / 255f;
		}
		return new GeneratedImage(WIDTH, HEIGHT, samples, Examples.provenance(request));
	}

	private static TextToImageRequest request(final int count) {
		return Examples.request("cells", 5, WIDTH, HEIGHT).toBuilder().count(count).build();
	}

	private static int get(final Img<UnsignedByteType> images, final long... position) {
		return images.getAt(position).get();
	}

	@Test
	void eachImageIsMadeWhenItIsFirstRead() {
		final ImageSeries images = ImageSeries.of(request(10), 3, this::make);
		assertArrayEquals(new long[] { WIDTH, HEIGHT, 3, 10 }, images.dimensionsAsLongArray());
		assertEquals(List.of(), made);
		assertEquals(12, get(images, 5, 9, 0, 7));
		assertEquals(5, get(images, 5, 9, 1, 7));
		assertEquals(9, get(images, 5, 9, 2, 7));
		assertEquals(List.of(12L), made);
	}

	@Test
	void onlyTheMostRecentlyReadOnesAreKept() {
		final ImageSeries images = ImageSeries.of(request(10), 2, this::make);
		get(images, 0, 0, 0, 0);
		get(images, 0, 0, 0, 1);
		get(images, 0, 0, 0, 0);
		get(images, 0, 0, 0, 2);
		get(images, 0, 0, 0, 0);
		assertEquals(List.of(5L, 6L, 7L), made, "image 0 was read again before 2, so 1 had to go");
		get(images, 0, 0, 0, 1);
		assertEquals(List.of(5L, 6L, 7L, 6L), made);
	}

	@Test
	void aSlicedSeriesMakesOnlyWhatTheSliceNeeds() {
		final ImageSeries images = ImageSeries.of(request(10), 2, this::make);
		final RandomAccessibleInterval<UnsignedByteType> green =
			Views.hyperSlice(Views.hyperSlice(images, 3, 4), 2, 1);
		assertEquals(List.of(), made);
		final Cursor<UnsignedByteType> pixels = Views.iterable(green).localizingCursor();
		int count = 0;
		while (pixels.hasNext()) {
			assertEquals(pixels.next().get(), pixels.getIntPosition(0));
			count++;
		}
		assertEquals(WIDTH * HEIGHT, count);
		assertEquals(List.of(9L), made);
	}

	@Test
	void aCursorOverAllMakesEachImageOnceWithoutKeepingThemAll() {
		final ImageSeries images = ImageSeries.of(request(4), 1, this::make);
		long sum = 0;
		final Cursor<UnsignedByteType> pixels = images.cursor();
		while (pixels.hasNext()) {
			sum += pixels.next().get();
		}
		final long perImage = HEIGHT * WIDTH * (WIDTH - 1L) / 2 + WIDTH * HEIGHT * (HEIGHT - 1L) / 2;
		assertEquals(4 * perImage + WIDTH * HEIGHT * (5 + 6 + 7 + 8), sum);
		assertEquals(List.of(5L, 6L, 7L, 8L), made);
	}

	@Test
	void aFailureReachesTheReaderAndTheNextReadingTriesAgain() {
		final AtomicBoolean broken = new AtomicBoolean(true);
		final ImageSeries images = ImageSeries.of(request(2), 2, one -> {
			if (broken.get()) throw new EngineFailedException("out of memory");
			return make(one);
		});
		assertEquals("out of memory",
			assertThrows(EngineFailedException.class, () -> get(images, 0, 0, 0, 1)).getMessage());
		broken.set(false);
		assertEquals(6, get(images, 0, 0, 0, 1));
	}

	@Test
	void manyReadersGetOneImageThatIsMadeOnce() throws Exception {
		final CountDownLatch started = new CountDownLatch(1);
		final ImageSeries images = ImageSeries.of(request(4), 1, one -> {
			started.countDown();
			return make(one);
		});
		final ExecutorService threads = Executors.newFixedThreadPool(4);
		try {
			final List<Future<Integer>> readings = new ArrayList<>();
			for (int i = 0; i < 16; i++) {
				readings.add(threads.submit(() -> get(images, 0, 0, 0, 3)));
			}
			assertTrue(started.await(10, TimeUnit.SECONDS));
			for (final Future<Integer> reading : readings) {
				assertEquals(8, reading.get());
			}
			assertEquals(List.of(8L), made);
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	void refusesWhatCannotBeASeries() {
		final TextToImageRequest unsized = TextToImageRequest.builder("cells").build();
		final TextToImageRequest latents =
			request(1).toBuilder().latents(new float[16 * WIDTH / 8 * HEIGHT / 8]).build();
		final TextToImageRequest huge = request(1).toBuilder().size(65536, 65536).build();
		assertTrue(problem(request(1), 0).contains("keep 1 or more"));
		assertTrue(problem(unsized, 1).contains("width and height"));
		assertTrue(problem(latents, 1).contains("leave the starting latents out"));
		assertTrue(problem(huge, 1).contains("too large"));
		assertEquals(List.of(), made);
	}

	private String problem(final TextToImageRequest request, final int keep) {
		return assertThrows(InvalidInputException.class,
			() -> ImageSeries.of(request, keep, this::make)).getMessage();
	}

	@Test
	void refusesImagesThatDoNotBelongTogether() {
		final TextToImageRequest tall = request(1).toBuilder().size(WIDTH, 2 * HEIGHT).build();
		final ImageSeries otherSize = ImageSeries.of(tall, 1, this::make);
		assertRefused(() -> get(otherSize, 0, 0, 0, 0), "32 × 16");
		final ImageSeries otherModel = ImageSeries.of(request(2), 1, one -> {
			final GeneratedImage image = make(one);
			return one.seed() == 5 ? image
				: new GeneratedImage(WIDTH, HEIGHT, image.samples(), otherModel(image.provenance()));
		});
		get(otherModel, 0, 0, 0, 0);
		assertRefused(() -> get(otherModel, 0, 0, 0, 1), "have changed");
		get(otherModel, 0, 0, 0, 0);
	}

	private static Provenance otherModel(final Provenance p) {
		final ModelInfo other = new ModelInfo(p.model().name(), p.model().variant(),
			p.model().variantReason(), "ffff", "sampled");
		return new Provenance(p.request(), p.conditions(), p.explicitLatents(), other, p.sigmas(),
			p.precision(), p.device(), p.threads(), p.decoding(), p.droppedTokens(), p.pluginVersion(),
			p.engineVersion());
	}

	@Test
	void tellsWhereEachImageComesFrom() {
		final ImageSeries images = ImageSeries.of(request(3), 1, this::make);
		assertEquals(7, images.seed(2));
		assertEquals(Examples.provenance("cells", 7), images.provenance(2));
		assertEquals(List.of(7L), made);
		get(images, 0, 0, 0, 0);
		images.provenance(2);
		assertEquals(List.of(7L, 5L), made, "what is known is not asked again");
		assertThrows(InvalidInputException.class, () -> images.provenance(3));
		assertThrows(InvalidInputException.class, () -> images.seed(-1));
	}

	// -- as a virtual stack --

	@Test
	void imageJMakesASliceWhenItLooksAtIt() {
		final ImagePlus stack = ImageSeries.of(request(10), 3, this::make).toImagePlus();
		assertEquals("cells (seeds 5 to 14)", stack.getTitle());
		assertEquals(10, stack.getStackSize());
		assertEquals(ImagePlus.COLOR_RGB, stack.getType());
		assertTrue(stack.getStack().isVirtual());
		assertEquals(List.of(5L), made);
		stack.setSlice(8);
		assertArrayEquals(new int[] { 12, 3, 9, 0 }, stack.getPixel(3, 9));
		assertEquals(List.of(5L, 12L), made);
	}

	@Test
	void eachSliceTellsWhereItComesFromWithoutBeingMade() {
		final ImagePlus stack = ImageSeries.of(request(10), 3, this::make).toImagePlus();
		assertTrue(stack.getStack().getSliceLabel(8).startsWith("seed 12\n"));
		assertEquals("seed 12", stack.getStack().getShortSliceLabel(8));
		final Provenance expected = ProvenanceText.read(stack.getStack().getSliceLabel(8)).get(0);
		assertEquals(Examples.request("cells", 12, WIDTH, HEIGHT), expected.request());
		assertEquals(List.of(5L), made);
		stack.setSlice(8);
		assertEquals(Optional.of(Examples.provenance("cells", 12)), ImageProvenance.of(stack));
	}

	@Test
	void aDeletedSliceTakesNothingElseAlong() {
		final ImagePlus stack = ImageSeries.of(request(4), 3, this::make).toImagePlus();
		stack.getStack().deleteSlice(2);
		stack.getStack().deleteLastSlice();
		assertEquals(2, stack.getStack().size());
		assertEquals(7, stack.getStack().getProcessor(2).getPixel(0, 0, null)[0]);
		assertEquals("seed 7", stack.getStack().getShortSliceLabel(2));
	}

	@Test
	void aStackThatImageJCopiedOrSavedHoldsEveryImageAndItsOrigin(@TempDir final Path folder) {
		final ImagePlus stack = ImageSeries.of(request(3), 1, this::make).toImagePlus();
		final ImagePlus copy = new Duplicator().run(stack);
		final String file = folder.resolve("series.tif").toString();
		assertTrue(new FileSaver(stack).saveAsTiffStack(file));
		for (final ImagePlus image : List.of(copy, IJ.openImage(file))) {
			assertEquals(3, image.getStackSize());
			image.setSlice(3);
			assertArrayEquals(new int[] { 7, 3, 9, 0 }, image.getPixel(3, 9));
			assertEquals(7, ImageProvenance.of(image).orElseThrow().request().seed());
		}
		assertEquals(3, TiffFile.readProvenances(Path.of(file)).size());
	}
}
