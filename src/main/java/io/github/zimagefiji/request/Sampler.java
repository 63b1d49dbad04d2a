
package io.github.zimagefiji.request;

import java.util.Locale;

/** How a run goes from one noise level to the next. */
public enum Sampler {

		/** One evaluation of the transformer a step, along a straight line. */
		EULER;

	/** As provenance and the command line call it, such as {@code euler}. */
	public String label() {
		return name().toLowerCase(Locale.ROOT);
	}
}
