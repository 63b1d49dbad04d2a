
package io.github.zimagefiji.dataset.recipe;

import java.util.Locale;

/** Forms of procedural objects. */
public enum ObjectKind {

		/** Smooth ellipses. */
		NUCLEI,
		/** Ellipses with an irregular outline. */
		CELLS,
		/** Bent lines of some thickness. */
		FILAMENTS,
		/** Small discs. */
		SPOTS,
		/** A tessellation (Voronoi) that fills the image. */
		TISSUE;

	/** As recipes call it. */
	public String label() {
		return name().toLowerCase(Locale.ROOT);
	}
}
