
package io.github.zimagefiji.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.github.zimagefiji.error.ZImageException;

/** Starts the engine in a JVM of its own and says how that went. */
public final class EngineProbe {

	private EngineProbe() {}

	public static void main(final String[] arguments) throws IOException {
		try (TorchEngine engine = TorchEngine.open("cpu", 1)) {
			System.out.println(engine.library().origin() + " " + engine.library().version());
		}
		catch (final ZImageException e) {
			System.out.println("refused: " + e.getMessage());
		}
		final Path maps = Path.of("/proc/self/maps");
		System.out
			.println("native: " + (Files.isReadable(maps) && Files.readString(maps).contains("torch")));
		System.out.println("tracking: " + System.getProperty("OPT_OUT_TRACKING"));
	}
}
