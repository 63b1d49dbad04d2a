
package io.github.zimagefiji.dataset;

import io.github.zimagefiji.Progress;
import io.github.zimagefiji.request.Stage;

/**
 * One item's part of the progress of a whole dataset. An item that is tried again does not step
 * back.
 */
final class ItemProgress implements Progress {

	private final Progress whole;
	private final int before;
	private final int items;
	private final String message;
	private double reached;

	/**
	 * The part of an item.
	 *
	 * @param before items made before
	 * @param items to be made in all
	 */
	ItemProgress(final Progress whole, final int before, final int items, final String name) {
		this.whole = whole;
		this.before = before;
		this.items = items;
		message = "item " + (before + 1) + " of " + items + " (" + name + ")";
	}

	@Override
	public void update(final Stage stage, final double fraction, final String detail) {
		reached = Math.max(reached, fraction);
		// stages that come and go with each item would say little
		final Stage shown = before == 0 && stage == Stage.LOAD ? Stage.LOAD : Stage.DENOISE;
		whole.update(shown, (before + reached) / items, message);
	}

	@Override
	public boolean isCanceled() {
		return whole.isCanceled();
	}
}
