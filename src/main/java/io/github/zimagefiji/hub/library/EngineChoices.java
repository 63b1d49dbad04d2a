
package io.github.zimagefiji.hub.library;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.github.zimagefiji.engine.library.EngineSettings;
import io.github.zimagefiji.engine.library.EngineStatus;
import io.github.zimagefiji.engine.library.NativeLibrary;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.hub.source.SizeText;

/** What the user can choose from for the computing engine, in words. */
public final class EngineChoices {

	/** The library that came along. */
	public static final String CAME_ALONG = "cpu";

	private EngineChoices() {
		// only static methods
	}

	/**
	 * Finds the library that is meant.
	 *
	 * @param name {@value #CAME_ALONG} for the one that came along, the build of a downloaded one,
	 *          such as {@code cu128}, or a folder with the libraries of a libtorch
	 * @return its folder; nothing for the one that came along
	 * @throws InvalidInputException if there is none
	 */
	public static Optional<Path> find(final String name) {
		if (name.equals(CAME_ALONG)) return Optional.empty();
		for (final Path each : EngineLibraries.downloaded()) {
			if (each.getParent().getFileName().toString().contains("-" + name + "-"))
				return Optional.of(each);
		}
		try {
			if (name.contains(File.separator) && Files.isDirectory(Path.of(name)))
				return Optional.of(Path.of(name));
		}
		catch (final InvalidPathException e) {
			throw unknown(name);
		}
		throw unknown(name);
	}

	/**
	 * Looks whether what is chosen could be done, before any of it is.
	 *
	 * @param library as {@link #find} takes it; null for the one that is chosen
	 * @param build of a library to be downloaded; null for none
	 * @param downloads whether it is downloaded, rather than asked for
	 * @throws io.github.zimagefiji.error.ZImageException if it cannot be done
	 */
	public static void check(final String library, final String build, final boolean downloads) {
		final EngineSettings settings = EngineSettings.read();
		if (build != null) EngineLibraries.checkFlavor(build);
		if (library != null && !(downloads && library.equals(build)))
			settings.withLibrary(find(library)).check();
	}

	/** What is in use and what is set, one fact a line. */
	public static List<String> facts() {
		final EngineStatus status = EngineStatus.now();
		final List<String> lines = new ArrayList<>();
		status.library()
			.ifPresent(library -> lines
				.add((status.loaded() ? "In use: " : "Would be used: ") + library.words() + ", " +
					(status.bytes() == 0 ? "not unpacked yet"
						: SizeText.of(status.bytes()) + " in " + library.folder()) +
					"; DJL " + NativeLibrary.djlVersion()));
		status.problem().ifPresent(lines::add);
		final EngineSettings settings = EngineSettings.read();
		lines.add("Chosen: " +
			settings.library().map(Path::toString).orElse("the library that came along") + "; device " +
			settings.device() + (settings.device().equals("gpu") ? " (a GPU is required)" : ""));
		final List<Path> downloaded = EngineLibraries.downloaded();
		lines.add("Downloaded: " + (downloaded.isEmpty() ? "none"
			: String.join(", ", downloaded.stream().map(Path::toString).toList())));
		return lines;
	}

	private static InvalidInputException unknown(final String name) {
		return new InvalidInputException("There is no native library \"" + name +
			"\" here. Give cpu for the one that came " +
			"along, a build that was downloaded, such as cu128 (zimage engine --download cu128), or a folder with the " +
			"libraries of libtorch " + NativeLibrary.REQUIRED + ".");
	}
}
