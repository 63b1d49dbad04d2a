
package io.github.zimagefiji.dataset.scene;

import java.util.Arrays;

/**
 * The connected pieces of a scene's labels: pieces of one label whose pixels touch at an edge or a
 * corner (8-connected).
 *
 * @param pieces of each object: the first is that of label 1
 * @param all pieces of all objects
 * @param tiny pieces of at most {@value #TINY} pixels
 * @param tinyBesideOthers those of them that touch another object
 */
public record LabelPieces(int[] pieces, int all, int tiny, int tinyBesideOthers) {

	/** Pixels of what is hardly an object. */
	public static final int TINY = 4;

	/** Counts. */
	public static LabelPieces of(final Scene scene) {
		return new Counter(scene).count();
	}

	/** Objects in more than one piece. */
	public int broken() {
		return (int) Arrays.stream(pieces).filter(count -> count > 1).count();
	}

	/** A label of an object that has the most pieces. */
	public int mostBroken() {
		int most = 0;
		for (int i = 1; i < pieces.length; i++)
			if (pieces[i] > pieces[most]) most = i;
		return most + 1;
	}

	/**
	 * A scene in which each piece is an object of its class.
	 *
	 * @throws io.github.zimagefiji.error.InvalidInputException if there are more than 16 bits tell
	 *           apart
	 */
	public static Scene split(final Scene scene) {
		final Counter counter = new Counter(scene);
		counter.count();
		return new Scene(scene.name(), scene.width(), scene.height(), counter.numbers,
			Arrays.stream(counter.owners()).mapToObj(label -> scene.classes().get(label - 1)).toList());
	}

	private static final class Counter {

		private final Scene scene;
		private final int width;
		private final int[] labels;
		/** The piece of each pixel, from 1; 0 is background. */
		private final int[] numbers;
		private final int[] waiting;
		private final int[] pieces;
		private int all;
		private int tiny;
		private int tinyBesideOthers;

		Counter(final Scene scene) {
			this.scene = scene;
			width = scene.width();
			labels = scene.labels();
			numbers = new int[labels.length];
			waiting = new int[labels.length];
			pieces = new int[scene.count()];
		}

		LabelPieces count() {
			for (int i = 0; i < labels.length; i++)
				if (labels[i] > 0 && numbers[i] == 0) follow(i);
			return new LabelPieces(pieces, all, tiny, tinyBesideOthers);
		}

		private void follow(final int start) {
			final int label = labels[start];
			pieces[label - 1]++;
			numbers[start] = ++all;
			int end = 0;
			boolean touches = false;
			waiting[end++] = start;
			for (int at = 0; at < end; at++) {
				final int x = waiting[at] % width;
				final int y = waiting[at] / width;
				for (int row = Math.max(0, y - 1); row <= Math.min(scene.height() - 1, y + 1); row++) {
					for (int column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++) {
						final int next = row * width + column;
						if (labels[next] != label) touches |= labels[next] > 0;
						else if (numbers[next] == 0) {
							numbers[next] = all;
							waiting[end++] = next;
						}
					}
				}
			}
			if (end > TINY) return;
			tiny++;
			if (touches) tinyBesideOthers++;
		}

		/** The label of each piece. */
		int[] owners() {
			final int[] owners = new int[all];
			for (int i = 0; i < labels.length; i++)
				if (numbers[i] > 0) owners[numbers[i] - 1] = labels[i];
			return owners;
		}
	}
}
