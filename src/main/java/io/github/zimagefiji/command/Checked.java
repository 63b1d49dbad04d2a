
package io.github.zimagefiji.command;

/**
 * A command that looks at its values together before a dialog lets them go, because what only its
 * run would find ends with the loss of what was typed.
 */
interface Checked {

	/**
	 * Looks whether the command could begin. Asked while a dialog is open, so nothing large is read.
	 *
	 * @throws io.github.zimagefiji.InvalidInputException if it cannot, with the reason
	 */
	void check();
}
