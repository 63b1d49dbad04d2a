
package io.github.zimagefiji.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;

/**
 * Macros and scripts that ask for what cannot be done: those that asked stop, and no others.
 */
public final class MacroErrorScenario implements Scenario {

	private static final String WRONG = "run('Text to Image...', 'prompt=nuclei width=100');";
	private static final String AFTER = "File.saveString('on', getArgument() + 'after.txt');";
	private static final int WIDEST = 800;

	@Override
	public void play(final Person person, final Path folder) throws Exception {
		final OpenImages before = OpenImages.now();
		assertStops(person, folder, WRONG + AFTER);
		assertStops(person, folder, "setBatchMode(true);" + WRONG + AFTER);
		aMacroThatWasCalledTellsItsCaller(person, folder);
		anotherMacroGoesOn(person, folder);
		aScriptsCallEndsWithAnException(person);
		assertTrue(before.areAll());
		theCurrentImageIsTheMacros();
	}

	private static void assertStops(final Person person, final Path folder, final String text)
		throws Exception
	{
		final MacroRun macro = MacroRun.start(text, folder + "/");
		final int width = person.closeMacroError();
		assertTrue(width <= WIDEST, "lines are wrapped: " + width);
		final String message = assertThrows(MacroFailedException.class, macro::await).getMessage();
		assertTrue(message.contains("nearest is 96"), message);
		assertTrue(person.hasNoMessage());
		assertFalse(Files.exists(folder.resolve("after.txt")), "the macro went on");
	}

	/**
	 * ImageJ lets the calling macro go on after any error, if it does not ask.
	 */
	private static void aMacroThatWasCalledTellsItsCaller(final Person person, final Path folder)
		throws Exception
	{
		Files.writeString(folder.resolve("inner.ijm"), WRONG + AFTER);
		final MacroRun macro = MacroRun.start(
			"File.saveString(runMacro(getArgument() + 'inner.ijm', getArgument()), getArgument() + 'told.txt');",
			folder + "/");
		person.closeMacroError();
		macro.await();
		assertEquals("[aborted]", Files.readString(folder.resolve("told.txt")).strip());
		assertFalse(Files.exists(folder.resolve("after.txt")), "the macro went on");
	}

	private static void anotherMacroGoesOn(final Person person, final Path folder) throws Exception {
		final Path start = folder.resolve("start.txt");
		final MacroRun wrong = MacroRun
			.start("while (!File.exists('" + start + "')) wait(10);" + WRONG + AFTER, folder + "/");
		final MacroRun right = MacroRun.start(
			"File.saveString('', '" + start + "'); while (!File.exists('" + folder +
				"/end.txt')) wait(10); File.saveString('done', getArgument() + 'other.txt');",
			folder + "/");
		person.closeMacroError();
		assertThrows(MacroFailedException.class, wrong::await);
		Files.writeString(folder.resolve("end.txt"), "");
		right.await();
		assertTrue(Files.exists(folder.resolve("other.txt")), "it was stopped too");
		assertFalse(Files.exists(folder.resolve("after.txt")), "the macro went on");
	}

	private static void aScriptsCallEndsWithAnException(final Person person) throws Exception {
		final FutureTask<Void> script = new FutureTask<>(() -> {
			IJ.run("Text to Image...", "prompt=nuclei width=100");
			return null;
		});
		new Thread(script).start();
		assertTrue(person.closeImageJs(HostUI.MESSAGE) <= WIDEST);
		assertThrows(ExecutionException.class, script::get);
	}

	/** Also if the macro's thread had another one that was not in a window. */
	private static void theCurrentImageIsTheMacros() throws Exception {
		final FutureTask<String> script = new FutureTask<>(() -> {
			WindowManager.setTempCurrentImage(IJ.createImage("hidden", 8, 8, 1, 8));
			IJ.run("Text to Image...", "prompt=current width=32 height=32 steps=1 seed=1");
			final ImagePlus image = WindowManager.getCurrentImage();
			assertNotNull(image.getWindow());
			return image.getTitle();
		});
		new Thread(script).start();
		assertEquals("current (seed 1)", script.get());
	}
}
