
package io.github.zimagefiji.host;

import java.awt.GraphicsEnvironment;

import net.imagej.patcher.LegacyInjector;

/**
 * ImageJ 1.54p with our commands in its menu, as a process of its own: what
 * Fiji does for a plugin, as far as this plugin needs it. With
 * {@code -Djava.awt.headless=true} it runs without a display, as Fiji does by
 * its patched ImageJ.
 * <p>
 * Arguments: a macro's file, or the class name of a {@link Scenario}; then what
 * is handed to it. The process ends with 0, or with 1 after a failure, which it
 * names on standard error.
 * </p>
 */
public final class Host {

	private Host() {
		// only main()
	}

	public static void main(final String[] args) {
		// before the first class of ImageJ
		if (GraphicsEnvironment.isHeadless()) LegacyInjector.preinit();
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
