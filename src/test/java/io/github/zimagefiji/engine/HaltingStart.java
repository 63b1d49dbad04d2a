
package io.github.zimagefiji.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Starts the engine and ends the process in the middle of that, as a crash in
 * native code would.
 */
public final class HaltingStart {

	private HaltingStart() {}

	public static void main(final String[] arguments) {
		final Path markers = Path.of(System.getProperty("zimage.cache"),
			"engine-starts");
		final Thread end = new Thread(() -> {
			while (!hasMarker(markers)) {
				Thread.onSpinWait();
			}
			Runtime.getRuntime().halt(9);
		});
		end.setDaemon(true);
		end.start();
		TorchEngine.open("cpu", 1);
		System.out.println("started all the same");
	}

	private static boolean hasMarker(final Path markers) {
		if (!Files.isDirectory(markers)) return false;
		try (Stream<Path> files = Files.list(markers)) {
			return files.anyMatch(file -> file.toString().endsWith(".starting"));
		}
		catch (final IOException exc) {
			return false;
		}
	}
}
