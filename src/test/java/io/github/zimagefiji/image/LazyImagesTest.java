package io.github.zimagefiji.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.zimagefiji.EngineFailedException;
import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.InvalidInputException;
import net.imglib2.img.Img;
import net.imglib2.type.numeric.integer.UnsignedByteType;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class LazyImagesTest {

	private static final int WIDTH = 32;
	private static final int HEIGHT = 16;

	private final List<Integer> made = Collections.synchronizedList(new ArrayList<>());

	/** An image whose red is its index, green its column and blue its row. */
	private GeneratedImage make(final int index) {
		made.add(index);
		final float[] samples = new float[3 * WIDTH * HEIGHT];
		for (int i = 0; i < WIDTH * HEIGHT; i++) {
			samples[i] = index / 255f;
			samples[WIDTH * HEIGHT + i] = i % WIDTH / 255f;
			samples[2 * WIDTH * HEIGHT + i] = i / WIDTH / 255f;
		}
		return new GeneratedImage(WIDTH, HEIGHT, samples, Examples.provenance("cells", index));
	}

	private static int get(final Img<UnsignedByteType> images, final long... position) {
		return images.getAt(position).get();
	}

	@Test
	void eachImageIsMadeWhenItIsFirstRead() {
		final Img<UnsignedByteType> images = LazyImages.of(WIDTH, HEIGHT, 10, 3, this::make);
		assertArrayEquals(new long[] { WIDTH, HEIGHT, 3, 10 }, images.dimensionsAsLongArray());
		assertEquals(List.of(), made);
		assertEquals(7, get(images, 5, 9, 0, 7));
		assertEquals(5, get(images, 5, 9, 1, 7));
		assertEquals(9, get(images, 5, 9, 2, 7));
		assertEquals(List.of(7), made);
	}

	@Test
	void onlyTheMostRecentlyReadOnesAreKept() {
		final Img<UnsignedByteType> images = LazyImages.of(WIDTH, HEIGHT, 10, 2, this::make);
		get(images, 0, 0, 0, 0);
		get(images, 0, 0, 0, 1);
		get(images, 0, 0, 0, 0);
		get(images, 0, 0, 0, 2);
		get(images, 0, 0, 0, 0);
		assertEquals(List.of(0, 1, 2), made, "0 was read again before 2, so 1 had to go");
		get(images, 0, 0, 0, 1);
		assertEquals(List.of(0, 1, 2, 1), made);
	}

	@Test
	void aFailureReachesTheReaderAndTheNextReadingTriesAgain() {
		final AtomicBoolean broken = new AtomicBoolean(true);
		final Img<UnsignedByteType> images = LazyImages.of(WIDTH, HEIGHT, 2, 2, index -> {
			if (broken.get()) throw new EngineFailedException("out of memory");
			return make(index);
		});
		assertEquals("out of memory", assertThrows(EngineFailedException.class, () -> get(images, 0, 0, 0, 1)).getMessage());
		broken.set(false);
		assertEquals(1, get(images, 0, 0, 0, 1));
	}

	@Test
	void manyReadersGetOneImageThatIsMadeOnce() throws Exception {
		final CountDownLatch started = new CountDownLatch(1);
		final Img<UnsignedByteType> images = LazyImages.of(WIDTH, HEIGHT, 4, 1, index -> {
			started.countDown();
			return make(index);
		});
		final ExecutorService threads = Executors.newFixedThreadPool(4);
		try {
			final List<Future<Integer>> readings = new ArrayList<>();
			for (int i = 0; i < 16; i++) {
				readings.add(threads.submit(() -> get(images, 0, 0, 0, 3)));
			}
			assertTrue(started.await(10, TimeUnit.SECONDS));
			for (final Future<Integer> reading : readings) {
				assertEquals(3, reading.get());
			}
			assertEquals(List.of(3), made);
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	void refusesNumbersOutOfRangeAndImagesOfAnotherSize() {
		assertThrows(InvalidInputException.class, () -> LazyImages.of(WIDTH, HEIGHT, 0, 1, this::make));
		assertThrows(InvalidInputException.class, () -> LazyImages.of(WIDTH, HEIGHT, 1, 0, this::make));
		final Img<UnsignedByteType> images = LazyImages.of(WIDTH, 2 * HEIGHT, 1, 1, this::make);
		assertTrue(assertThrows(InvalidInputException.class, () -> get(images, 0, 0, 0, 0)).getMessage().contains("32 × 16"));
	}
}
