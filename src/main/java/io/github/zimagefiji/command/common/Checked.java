
package io.github.zimagefiji.command.common;

/**
 * A command that looks at its values together before a dialog lets them go, because what only its
 * run would find ends with the loss of what was typed.
 */
public interface Checked {

	/**
	 * Looks whether the command could begin. Asked while a dialog is open, so nothing large is read.
	 *
	 * @throws io.github.zimagefiji.error.InvalidInputException if it cannot, with the reason
	 */
	void check();
}
