
package io.github.zimagefiji.dataset.output;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.geom.Path2D;
import java.util.Collections;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import io.github.zimagefiji.dataset.scene.Scene;

/** Outlines that every program takes for valid, and that tell every pixel. */
class CocoObjectsTest {

	private static JsonObject object(final String... rows) {
		final int width = rows[0].length();
		final int[] labels = new int[width * rows.length];
		int count = 0;
		for (int i = 0; i < labels.length; i++) {
			labels[i] = Math.max(0, "123".indexOf(rows[i / width].charAt(i % width)) + 1);
			count = Math.max(count, labels[i]);
		}
		final JsonObject object = new CocoObjects(
			new Scene("test", width, rows.length, labels, Collections.nCopies(count, "cell"))).toJson()
			.get(0).getAsJsonObject();
		check(object.getAsJsonArray("polygons"), labels, width);
		return object;
	}

	private static int outlines(final String... rows) {
		return object(rows).getAsJsonArray("polygons").size();
	}

	/** Every outline is simple, and all together are the pixels of label 1. */
	private static void check(final JsonArray outlines, final int[] labels, final int width) {
		if (outlines.isEmpty()) return;
		final boolean[] wanted = new boolean[labels.length];
		final boolean[] drawn = new boolean[labels.length];
		for (final JsonElement outline : outlines) {
			final JsonArray numbers = outline.getAsJsonArray();
			assertNeverTouchesItself(numbers);
			final Path2D path = new Path2D.Double();
			path.moveTo(numbers.get(0).getAsInt(), numbers.get(1).getAsInt());
			for (int i = 2; i < numbers.size(); i += 2)
				path.lineTo(numbers.get(i).getAsInt(), numbers.get(i + 1).getAsInt());
			path.closePath();
			for (int i = 0; i < labels.length; i++)
				drawn[i] |= path.contains(i % width + 0.5, i / width + 0.5);
		}
		for (int i = 0; i < labels.length; i++)
			wanted[i] = labels[i] == 1;
		assertArrayEquals(wanted, drawn);
	}

	/** No grid point is passed twice. */
	private static void assertNeverTouchesItself(final JsonArray numbers) {
		final Set<String> passed = new HashSet<>();
		final int points = numbers.size() / 2;
		assertTrue(points >= 4, numbers.toString());
		for (int i = 0; i < points; i++) {
			int x = numbers.get(2 * i).getAsInt();
			int y = numbers.get(2 * i + 1).getAsInt();
			final int nextX = numbers.get(2 * ((i + 1) % points)).getAsInt();
			final int nextY = numbers.get(2 * ((i + 1) % points) + 1).getAsInt();
			assertTrue(x == nextX ^ y == nextY, "along an edge: " + numbers);
			while (x != nextX || y != nextY) {
				assertTrue(passed.add(x + " " + y), "twice at " + x + ", " + y + ": " + numbers);
				x += Integer.signum(nextX - x);
				y += Integer.signum(nextY - y);
			}
		}
	}

	@Test
	void aDiagonalIsOneOutlineForEachPixel() {
		assertEquals(4, outlines("1...", ".1..", "..1.", "...1"));
	}

	@Test
	void runsThatTouchAtACornerAreTwo() {
		assertEquals(2, outlines("11....", "..1111"));
		assertEquals(2, outlines("..111", "..111", "11...", "11..."));
	}

	@Test
	void anObjectInOnePieceIsOneOutline() {
		assertEquals(1, outlines("111", "1..", "111"));
		assertEquals(1, outlines("2112", "1111", "2112"));
		assertEquals(1, outlines("1"));
	}

	@Test
	void anObjectWithAHoleHasRunLengthsOnly() {
		assertEquals(0, outlines("111", "1.1", "111"));
		assertEquals(0, outlines("111", "121", "111"));
		// the hole touches the outside at a corner
		assertEquals(0, outlines("111.", "1.1.", "11..", "..11"));
		assertEquals(0, outlines("1111", "1..1", "11.1", "..11"));
		// the second piece has none
		assertEquals(0, outlines("111....", "1.1..11", "111..11"));
		assertEquals("[0,4,1,4]", object("111", "1.1", "111").getAsJsonArray("counts").toString(),
			"down the columns");
	}

	@Test
	void fourPiecesAroundAPixelEncloseNoHoleOfTheirs() {
		assertEquals(4, outlines(".1.", "1.1", ".1."));
	}

	@Test
	void anyObjectHasSimpleOutlinesOrAHole() {
		final Random random = new Random(5);
		int traced = 0;
		for (int n = 0; n < 3000; n++) {
			final String[] rows = new String[3 + n % 6];
			for (int y = 0; y < rows.length; y++) {
				final StringBuilder row = new StringBuilder();
				for (int x = 0; x < 7; x++)
					row.append(random.nextInt(10) < 3 + n % 5 ? '1' : '.');
				rows[y] = row.toString();
			}
			rows[0] = "1" + rows[0].substring(1);
			if (outlines(rows) > 0) traced++;
		}
		assertTrue(traced > 1000, traced + " objects without a hole");
	}
}
