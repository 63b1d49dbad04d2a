
package io.github.zimagefiji.dataset.output;

import java.awt.Polygon;
import java.util.ArrayList;
import java.util.List;

import ij.gui.Wand;
import ij.process.ByteProcessor;

/**
 * The outlines of an object's pieces. A piece is what is connected by the edges of its pixels
 * (4-connected), and its outline runs along pixel edges, from corner to corner. Such an outline
 * never touches itself: where a piece meets itself at a corner, it encloses background, which
 * counts as a hole.
 */
final class PieceOutlines {

	private static final byte OBJECT = (byte) 255;
	private static final byte PIECE = 1;

	private final ByteProcessor mask;
	private final byte[] pixels;
	private final int[] waiting;

	/** @param mask 255 in the object, 0 elsewhere; it is used up */
	PieceOutlines(final ByteProcessor mask) {
		this.mask = mask;
		pixels = (byte[]) mask.getPixels();
		waiting = new int[pixels.length];
	}

	/**
	 * The outlines of all pieces, in the order of their first pixels.
	 *
	 * @return none if a piece has a hole, which an outline cannot tell
	 */
	List<Polygon> trace() {
		final List<Polygon> outlines = new ArrayList<>();
		for (int start = 0; start < pixels.length; start++) {
			if (pixels[start] != OBJECT) continue;
			final int area = turn(start, OBJECT, PIECE);
			final Polygon outline = outline(start);
			if (enclosed(outline) != area) return List.of();
			outlines.add(outline);
			turn(start, PIECE, (byte) 0);
		}
		return outlines;
	}

	/**
	 * The outlines of all pieces, each followed by those of its holes. A pixel belongs to the object
	 * if it lies within an odd number of them.
	 */
	List<Polygon> traceWithHoles() {
		final List<Polygon> outlines = new ArrayList<>();
		for (int start = 0; start < pixels.length; start++) {
			if (pixels[start] != OBJECT) continue;
			final int area = turn(start, OBJECT, PIECE);
			final Polygon outline = outline(start);
			outlines.add(outline);
			if (enclosed(outline) != area) outlines.addAll(new PieceOutlines(holes(outline)).trace());
			turn(start, PIECE, (byte) 0);
		}
		return outlines;
	}

	/** The outer outline of the piece that a pixel belongs to. */
	private Polygon outline(final int pixel) {
		final Wand wand = new Wand(mask);
		// 8-connected within one piece: at a corner where the piece meets itself
		// the outline stays outside
		wand.autoOutline(pixel % mask.getWidth(), pixel / mask.getWidth(), PIECE, PIECE,
			Wand.EIGHT_CONNECTED);
		return new Polygon(wand.xpoints, wand.ypoints, wand.npoints);
	}

	/** What an outline encloses beside the piece; other pieces in there count as part of the hole. */
	private ByteProcessor holes(final Polygon outline) {
		final int width = mask.getWidth();
		final ByteProcessor holes = new ByteProcessor(width, mask.getHeight());
		for (int i = 0; i < pixels.length; i++) {
			final int row = i / width;
			if (pixels[i] != PIECE && outline.contains(i % width + 0.5, row + 0.5))
				holes.set(i, OBJECT & 0xff);
		}
		return holes;
	}

	/** Gives all pixels of a piece another value; tells how many there are. */
	private int turn(final int start, final byte from, final byte to) {
		final int width = mask.getWidth();
		int count = 0;
		int end = 0;
		pixels[start] = to;
		waiting[end++] = start;
		while (count < end) {
			final int pixel = waiting[count++];
			final int x = pixel % width;
			if (x > 0 && pixels[pixel - 1] == from) end = add(pixel - 1, to, end);
			if (x < width - 1 && pixels[pixel + 1] == from) end = add(pixel + 1, to, end);
			if (pixel >= width && pixels[pixel - width] == from) end = add(pixel - width, to, end);
			if (pixel + width < pixels.length && pixels[pixel + width] == from)
				end = add(pixel + width, to, end);
		}
		return count;
	}

	private int add(final int pixel, final byte to, final int end) {
		pixels[pixel] = to;
		waiting[end] = pixel;
		return end + 1;
	}

	/** Pixels within an outline (the shoelace formula). */
	private static long enclosed(final Polygon outline) {
		long twice = 0;
		for (int i = 0; i < outline.npoints; i++) {
			final int next = (i + 1) % outline.npoints;
			twice += (long) outline.xpoints[i] * outline.ypoints[next] -
				(long) outline.xpoints[next] * outline.ypoints[i];
		}
		return Math.abs(twice) / 2;
	}
}
