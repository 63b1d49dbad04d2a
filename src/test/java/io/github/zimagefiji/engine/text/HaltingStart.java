
package io.github.zimagefiji.engine.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import io.github.zimagefiji.engine.TorchEngine;

/**
 * Starts the engine, or opens a tokenizer, and ends the process in the middle of that: as a crash
 * in native code would, or in order.
 */
public final class HaltingStart {

	private HaltingStart() {}

	/**
	 * @param arguments nothing for a crash, or {@code exit} for an orderly end; then the tokenizer's
	 *          file, if it is to be one
	 */
	public static void main(final String[] arguments) {
		final Path markers = Path.of(System.getProperty("zimage.cache"), "engine-starts");
		final Thread end = new Thread(() -> {
			while (!hasMarker(markers)) {
				Thread.onSpinWait();
			}
			if (arguments.length > 0) System.exit(7);
			Runtime.getRuntime().halt(9);
		});
		end.setDaemon(true);
		end.start();
		if (arguments.length > 1) Tokenizer.open(Path.of(arguments[1]));
		else TorchEngine.open("cpu", 1);
		System.out.println("started all the same");
	}

	private static boolean hasMarker(final Path markers) {
		if (!Files.isDirectory(markers)) return false;
		try (Stream<Path> files = Files.list(markers)) {
			return files.anyMatch(file -> file.toString().endsWith(".starting"));
		}
		catch (final IOException e) {
			return false;
		}
	}
}
