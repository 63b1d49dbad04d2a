
package io.github.zimagefiji.host;

import java.nio.file.Path;

/** What a person does in a running {@link Host}. */
public interface Scenario {

	/**
	 * Does it, on a thread of its own.
	 *
	 * @param person at the keyboard of the running ImageJ
	 * @param folder where files may be written
	 * @throws Exception if something is not as it should be
	 */
	void play(Person person, Path folder) throws Exception;
}
