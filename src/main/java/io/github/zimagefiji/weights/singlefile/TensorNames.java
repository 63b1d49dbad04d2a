
package io.github.zimagefiji.weights.singlefile;

import java.util.List;

import io.github.zimagefiji.weights.TensorEntry;

/** From the names in a single file to those of diffusers. */
interface TensorNames {

	/** Whether a tensor is known to mean nothing for computing. */
	boolean isNeedless(String name);

	/**
	 * A tensor under the names of diffusers.
	 *
	 * @param name its name in the file, without the prefix of its network
	 * @return one, or the parts of a fused tensor; empty if there is no place for it
	 * @throws io.github.zimagefiji.error.InvalidInputException if a fused tensor cannot be divided
	 */
	List<TensorEntry> translate(String name, TensorEntry entry);
}
