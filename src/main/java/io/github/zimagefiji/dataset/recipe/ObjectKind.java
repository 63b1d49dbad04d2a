
package io.github.zimagefiji.dataset.recipe;

import io.github.zimagefiji.fields.Labelled;

/** Forms of procedural objects. */
public enum ObjectKind implements Labelled {

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
}
