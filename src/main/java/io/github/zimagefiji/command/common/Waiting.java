
package io.github.zimagefiji.command.common;

/**
 * A command whose messages cannot say all they should as long as slow files are being read.
 */
public interface Waiting {

	/**
	 * Brings the messages up to date, if they have waited and the answer is there. Called on the
	 * thread that paints; does not wait.
	 *
	 * @return whether they say more now
	 */
	boolean isAnswered();
}
