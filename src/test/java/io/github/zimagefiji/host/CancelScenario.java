
package io.github.zimagefiji.host;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Rectangle;
import java.awt.Window;
import java.awt.event.KeyEvent;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JProgressBar;
import javax.swing.JSpinner;
import javax.swing.text.JTextComponent;

import ij.IJ;
import ij.Macro;
import ij.gui.ProgressBar;

/**
 * A long run is stopped, by the progress window's button and by the Escape key; the next run is
 * not.
 */
public final class CancelScenario implements Scenario {

	/** So far a run must be that counts as begun. */
	private static final double BEGUN = 0.03;
	/** Milliseconds; ImageJ itself waits for two seconds. */
	private static final long FROZEN = 1500;

	@Override
	public void play(final Person person, final Path folder) throws Exception {
		final OpenImages before = OpenImages.now();
		final Window progress = startLongRun(person);
		Layout.assertNothingIsCutOff(progress);
		new Screenshots(person).takeAtOnce(progress, "progress");
		person.click(person.find(progress, JButton.class, "cancel"));
		assertStopped(person, progress, before);

		final Window second = startLongRun(person);
		person.click(IJ.getInstance());
		person.press(KeyEvent.VK_ESCAPE);
		assertStopped(person, second, before);
		stopsTheMacroThatCalled(person, folder, before);
		theEscapeKeyEndsAMacroInGoodOrder(person, folder, before);
		cancelInADialogStopsTheMacroThatOpenedIt(person, folder, before);

		MacroRun.run("run('Text to Image...', 'prompt=[two green nuclei] seed=5 steps=4')", "");
		before.next(person);
	}

	/**
	 * Starts one with so many steps that there is time to stop it, and waits until its image forms.
	 */
	private static Window startLongRun(final Person person) throws Exception {
		person.choose("Plugins>Z-Image>Text to Image...");
		final Window dialog = person.window("Text to Image");
		person.type(person.find(dialog, JTextComponent.class, "prompt"), "two green nuclei");
		person.type(person.find(dialog, JSpinner.class, "steps"), "1000");
		person.click(person.find(dialog, JButton.class, "ok"));
		return awaitForming(person);
	}

	private static Window awaitForming(final Person person) throws Exception {
		final Window progress = person.window(TaskWindow.TITLE);
		final JLabel status = person.find(progress, JLabel.class, "status");
		final JProgressBar bar = person.find(progress, JProgressBar.class, "bar");
		person.await("the image to form",
			() -> status.getText().startsWith("Forming") && bar.getPercentComplete() >= BEGUN);
		return progress;
	}

	private static void assertStopped(final Person person, final Window progress,
		final OpenImages before) throws Exception
	{
		person.await("the progress window to close", () -> !progress.isShowing());
		person.await("the preview to close", before::areAll);
		final ProgressBar bar = IJ.getInstance().getProgressBar();
		// ImageJ's bar knows only whether it is drawn
		person.await("the progress bar to be empty", () -> isEmpty(person, bar));
		assertTrue(person.hasNoMessage(), "nothing is left to be clicked away");
	}

	private static boolean isEmpty(final Person person, final ProgressBar bar) {
		final Rectangle area = new Rectangle(bar.getLocationOnScreen(), bar.getSize());
		final BufferedImage seen = person.robot().createScreenCapture(area);
		return Arrays.stream(seen.getRGB(0, 0, area.width, area.height, null, 0, area.width)).distinct()
			.count() == 1;
	}

	/** Quietly too: the person knows why. */
	private static void stopsTheMacroThatCalled(final Person person, final Path folder,
		final OpenImages before) throws Exception
	{
		final MacroRun macro = MacroRun.start(
			"run('Text to Image...', 'prompt=nuclei steps=1000'); File.saveString('on', getArgument() + 'after.txt');",
			folder + "/");
		final Window progress = person.window(TaskWindow.TITLE);
		person.click(person.find(progress, JButton.class, "cancel"));
		assertThrows(MacroFailedException.class, macro::await);
		assertStopped(person, progress, before);
		assertFalse(Files.exists(folder.resolve("after.txt")), "the macro went on");
	}

	/** A dialog that a macro opens says as much as any other. */
	private static void cancelInADialogStopsTheMacroThatOpenedIt(final Person person,
		final Path folder, final OpenImages before) throws Exception
	{
		final MacroRun macro = MacroRun.start(
			"run('Text to Image...'); File.saveString('on', getArgument() + 'after.txt');", folder + "/");
		final Window dialog = person.window("Text to Image");
		assertTrue(person.said(dialog, "estimate").contains("Memory"));
		person.press(KeyEvent.VK_ESCAPE);
		final String end = assertThrows(MacroFailedException.class, macro::await).getMessage();
		assertTrue(end.contains(Macro.MACRO_CANCELED), end);
		assertTrue(person.hasNoMessage() && before.areAll());
		assertFalse(Files.exists(folder.resolve("after.txt")), "the macro went on");
	}

	/**
	 * ImageJ waits on the event thread for the macro to end, and after two seconds stops its thread
	 * by force.
	 */
	private static void theEscapeKeyEndsAMacroInGoodOrder(final Person person, final Path folder,
		final OpenImages before) throws Exception
	{
		final MacroRun macro = MacroRun.start(
			"run('Text to Image...', 'prompt=nuclei steps=1000'); File.saveString('on', getArgument() + 'after.txt');",
			folder + "/");
		final Window progress = awaitForming(person);
		person.click(IJ.getInstance());
		final long pressed = System.nanoTime();
		person.press(KeyEvent.VK_ESCAPE);
		final long millis = (System.nanoTime() - pressed) / 1_000_000;
		final String end = assertThrows(MacroFailedException.class, macro::await).getMessage();
		assertTrue(end.contains(Macro.MACRO_CANCELED), end);
		assertTrue(millis < FROZEN, "nothing could be drawn for " + millis + " ms");
		assertStopped(person, progress, before);
		assertFalse(Files.exists(folder.resolve("after.txt")), "the macro went on");
	}
}
