
package io.github.zimagefiji.engine.library;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.io.AtomicFile;
import io.github.zimagefiji.io.CacheFolder;
import io.github.zimagefiji.io.FileFailedException;
import io.github.zimagefiji.io.IOReason;

/**
 * What the user chose for the computing engine on this computer, kept in the cache folder. Another
 * native library counts from the next start of the program on, because a loaded one cannot be
 * unloaded; another device counts at once.
 *
 * @param library the folder with the libraries of a libtorch; empty for the one that came along
 * @param device what {@code auto} means: {@code auto} (a GPU if there is one), {@code cpu}, or
 *          {@code gpu}, with which a missing GPU is an error
 */
public record EngineSettings(Optional<Path> library, String device) {

	/** What {@link #device} may be. */
	public static final List<String> DEVICES = List.of("auto", "cpu", "gpu");

	/** Nothing chosen. */
	public static final EngineSettings DEFAULT = new EngineSettings(Optional.empty(), "auto");

	private static final String LIBRARY = "library";
	private static final String DEVICE = "device";

	/** @throws InvalidInputException if there is no such device */
	public EngineSettings {
		if (!DEVICES.contains(device)) throw new InvalidInputException(
			"The engine's device is \"" + device + "\"; it must be auto, cpu or gpu.");
	}

	/** Where they are kept. */
	public static Path file() {
		return CacheFolder.path().resolve("engine.properties");
	}

	/**
	 * The settings of this computer.
	 *
	 * @throws InvalidInputException if they cannot be read
	 */
	public static EngineSettings read() {
		if (!Files.isRegularFile(file())) return DEFAULT;
		final Properties properties = new Properties();
		try (var in = Files.newBufferedReader(file())) {
			properties.load(in);
			return new EngineSettings(Optional.ofNullable(properties.getProperty(LIBRARY)).map(Path::of),
				properties.getProperty(DEVICE, DEFAULT.device));
		}
		catch (final InvalidPathException | InvalidInputException e) {
			throw damaged(String.valueOf(e.getMessage()), e);
		}
		catch (final IllegalArgumentException e) {
			throw damaged("it holds an invalid escape", e);
		}
		catch (final IOException e) {
			throw damaged(IOReason.of(e), e);
		}
	}

	/**
	 * Keeps these settings.
	 *
	 * @throws InvalidInputException if the libraries do not fit, or the cache folder cannot be
	 *           written to
	 */
	public void write() {
		check();
		final Properties properties = new Properties();
		folder().ifPresent(folder -> properties.setProperty(LIBRARY, folder.toString()));
		properties.setProperty(DEVICE, device);
		try {
			Files.createDirectories(file().getParent());
		}
		catch (final IOException e) {
			throw new FileFailedException(file(), "The folder " + file().getParent() + " cannot be made",
				e, "Name another one with the property zimage.cache.");
		}
		AtomicFile.write(file(), out -> {
			final Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
			properties.store(writer,
				"Chosen in Plugins>Z-Image>Engine... or with zimage engine; delete to choose nothing.");
		});
	}

	/**
	 * Looks whether the libraries could be used.
	 *
	 * @throws io.github.zimagefiji.error.ZImageException if they do not fit
	 */
	public void check() {
		folder().ifPresent(folder -> NativeLibrary.inFolder(folder, "The choice").check());
	}

	private Optional<Path> folder() {
		return library.map(Path::toAbsolutePath).map(Path::normalize);
	}

	/** These settings with another library. */
	public EngineSettings withLibrary(final Optional<Path> other) {
		return new EngineSettings(other, device);
	}

	/** These settings with another device. */
	public EngineSettings withDevice(final String other) {
		return new EngineSettings(library, other);
	}

	private static InvalidInputException damaged(final String why, final Exception cause) {
		return new InvalidInputException("The engine's settings, " + file() + ", cannot be used: " +
			why + (why.endsWith(".") ? "" : ".") +
			" Delete that file, then choose again in Plugins>Z-Image>Engine...", cause);
	}
}
