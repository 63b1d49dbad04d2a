
package io.github.zimagefiji.hub.diagnosis;

import java.util.List;

import io.github.zimagefiji.Progress;

/**
 * Looks at one part of the computer or the program. It changes nothing but what is damaged and can
 * be made again.
 */
interface Probe {

	/** The topic of a finding that says why this could not be looked at. */
	String topic();

	/**
	 * Looks.
	 *
	 * @throws io.github.zimagefiji.error.RunCanceledException if progress says so
	 * @throws io.github.zimagefiji.error.ZImageException whose sentence becomes a finding
	 */
	List<Finding> look(Progress progress);
}
