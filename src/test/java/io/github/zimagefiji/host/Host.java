
package io.github.zimagefiji.host;

/**
 * ImageJ 1.54p with our commands in its menu, as a process of its own: what Fiji does for a plugin,
 * as far as this plugin needs it, and no more than that. ImageJ is patched as Fiji's is. With
 * {@code -Djava.awt.headless=true} it runs without a display.
 * <p>
 * Arguments: {@code -macro} and what follows it on Fiji's command line, such as a file and its
 * argument; the process ends as Fiji does. Or the class name of a {@link Scenario}, or a macro's
 * file, and what is handed to it; the process ends with 0, or with 1 after a failure, which it
 * names on standard error.
 * </p>
 */
public final class Host {

	private Host() {
		// only main()
	}

	public static void main(final String[] args) {
		// before the first class of ImageJ
		PatchedImageJ.preinit();
		if ("-macro".equals(args[0])) {
			HostRun.commandLine(args);
			return;
		}
		int status = 1;
		try {
			HostRun.run(args[0], args[1]);
			status = 0;
		}
		catch (final MacroFailedException e) {
			System.err.println("Macro failed: " + e.getMessage());
		}
		catch (final Throwable e) {
			e.printStackTrace();
		}
		// Windows keep a process alive, and one that a failed scenario left open
		// could keep it even from ending.
		if (status == 0) System.exit(0);
		Runtime.getRuntime().halt(status);
	}
}
