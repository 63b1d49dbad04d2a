
package io.github.zimagefiji.command.common;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ShortProcessor;

/**
 * An image is converted once for each way to look at it, not for each letter that is typed.
 */
class ConversionsTest {

	private final Conversions conversions = new Conversions();
	private final AtomicInteger made = new AtomicInteger();

	private int of(final ImagePlus image, final Object... values) {
		return conversions.of(Integer.class, image, made::incrementAndGet, values);
	}

	@Test
	void theSameIsMadeOnce() {
		final ImagePlus image = stack();
		assertEquals(1, of(image, "display"));
		assertEquals(1, of(image, "display"));
		assertEquals(2, of(image, "full"));
		assertEquals(1, of(image, "display"));
	}

	@Test
	void anotherSliceDisplayRangeSelectionOrImageIsAnother() {
		final ImagePlus image = stack();
		of(image);
		image.setSlice(2);
		assertEquals(2, of(image));
		image.setDisplayRange(5, 50);
		assertEquals(3, of(image));
		image.setRoi(1, 1, 4, 4);
		assertEquals(4, of(image));
		assertEquals(5, of(stack()));
	}

	@Test
	void nothingIsLeftWhenItIsForgotten() {
		final ImagePlus image = stack();
		of(image);
		conversions.forget();
		assertEquals(2, of(image));
	}

	private static ImagePlus stack() {
		final ImageStack stack = new ImageStack(8, 8);
		stack.addSlice(new ShortProcessor(8, 8));
		stack.addSlice(new ShortProcessor(8, 8));
		return new ImagePlus("stack", stack);
	}
}
