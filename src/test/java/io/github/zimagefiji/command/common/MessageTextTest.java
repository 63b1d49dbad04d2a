
package io.github.zimagefiji.command.common;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;

/** Messages that neither widen nor lengthen what shows them. */
class MessageTextTest {

	private static final String LONG = "word ".repeat(100).strip();

	@Test
	void aBoxHasLinesOfAtMostEightyCharactersAndKeepsItsOwn() {
		final String text = MessageText.broken(LONG + "\nnext");
		assertTrue(text.lines().allMatch(line -> line.length() <= 80), text);
		assertEquals(LONG + " next", text.replace("\n", " "));
		assertTrue(text.endsWith("\nnext"), text);
		assertEquals(text, MessageText.broken(text), "not wrapped twice");
		assertEquals("/a".repeat(50), MessageText.broken("/a".repeat(50)));
	}

	@Test
	void whatIsWrongStandsAboveWhatIsSaidOtherwise() {
		final String usual = MessageText.lines(List.of("one", "two", "three"), 3);
		assertEquals(usual, MessageText.wrong("", usual));
		final String wrong = MessageText.wrong("Too <b>ig.", usual);
		assertTrue(wrong.endsWith(">Too &lt;b>ig.</font><br>one<br>two</html>"), wrong);
		final String all = MessageText.wrong(LONG, usual);
		assertEquals(3, all.split("<br>").length, all);
		assertTrue(all.endsWith(" …</font></html>"), all);
	}

	@Test
	void aSentenceThatIsThereAlreadyIsNotSaidTwice() {
		final String wrong = MessageText.wrong("Too big.", MessageText.wrapped("Too big.", 3));
		assertEquals(1, wrong.split("Too big").length - 1, wrong);
		assertEquals(3, wrong.split("<br>").length, wrong);
	}

	@Test
	void aMessageSaysASentenceIfItShowsItToItsEnd() {
		final String sentence = "Labels <1 & others: " + "word ".repeat(20).strip() + ".";
		assertTrue(MessageText.says(MessageText.wrapped(sentence, 2), sentence));
		assertFalse(MessageText.says(MessageText.wrapped(sentence, 1), sentence));
		assertFalse(MessageText.says("", sentence));
		assertTrue(
			MessageText.says(MessageText.wrapped(sentence + " " + LONG, 2), sentence + " " + LONG));
	}

	@Test
	void aDialogWithoutAMessageHasBlankLinesWhereNothingIsWrong() {
		assertEquals("<html>&nbsp;<br>&nbsp;<br>&nbsp;</html>", MessageText.wrong("", ""));
		assertFalse(MessageText.wrong("Too big.", "").contains("null"));
	}
}
