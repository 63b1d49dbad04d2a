
package io.github.zimagefiji.command.common;

import org.scijava.ui.DialogPrompt.MessageType;
import org.scijava.ui.DialogPrompt.OptionType;
import org.scijava.ui.DialogPrompt.Result;
import org.scijava.ui.UIService;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.error.RunCanceledException;

/**
 * The user's yes to what is large or cannot be undone. Macros and scripts say it beforehand, by a
 * key.
 */
public final class Confirmation {

	private Confirmation() {
		// only ask()
	}

	/**
	 * Asks, unless the answer is known.
	 *
	 * @param ui asks; may be null
	 * @param given whether a macro or script has said yes
	 * @param question ends with a question mark
	 * @param otherwise what to say where nobody can be asked: what was not done, and which key does
	 *          it
	 * @throws RunCanceledException if the user says no
	 * @throws InvalidInputException if nobody can be asked
	 */
	public static void ask(final UIService ui, final boolean given, final String question,
		final String otherwise)
	{
		if (given) return;
		if (!HeadlessState.readsMessages(ui)) throw new InvalidInputException(otherwise);
		final Result answer = ui.showDialog(MessageText.broken(question), "Z-Image",
			MessageType.QUESTION_MESSAGE, OptionType.YES_NO_OPTION);
		if (answer != Result.YES_OPTION) throw new RunCanceledException();
	}
}
