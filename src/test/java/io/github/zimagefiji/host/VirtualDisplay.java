
package io.github.zimagefiji.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * A display of 1280 × 800 pixels that nobody sees, for real windows on a machine without a screen.
 */
public final class VirtualDisplay implements AutoCloseable {

	private static final String SCREEN = "1280x800x24";

	private final Process server;
	private final String name;

	private VirtualDisplay(final Process server, final String name) {
		this.server = server;
		this.name = name;
	}

	/**
	 * Starts one; the server picks a free number itself and tells it when it is ready.
	 *
	 * @throws AssertionError if this machine cannot
	 */
	public static VirtualDisplay start() {
		try {
			final Process server =
				new ProcessBuilder("Xvfb", "-displayfd", "1", "-screen", "0", SCREEN, "-nolisten", "tcp")
					.redirectError(ProcessBuilder.Redirect.DISCARD).start();
			final String number =
				new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))
					.readLine();
			if (number != null) return new VirtualDisplay(server, ":" + number.trim());
			throw new AssertionError("Xvfb ended with " + server.onExit().join().exitValue() +
				" before it had a display. Run \"Xvfb -displayfd 1\" to see why.");
		}
		catch (final IOException e) {
			throw new AssertionError(
				"These tests show real windows on a virtual display, and Xvfb cannot be started here (" +
					e.getMessage() +
					"). Install it: the package is xvfb on Debian and Ubuntu, xorg-x11-server-Xvfb on Fedora.");
		}
	}

	/** What the environment variable DISPLAY must say. */
	public String name() {
		return name;
	}

	@Override
	public void close() {
		server.destroy();
	}
}
