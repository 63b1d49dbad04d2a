
package io.github.zimagefiji.engine.library;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.management.JMException;
import javax.management.ObjectName;

import io.github.zimagefiji.error.EngineFailedException;

/**
 * A PyTorch that another plugin, such as deepImageJ with JDLL, has loaded into this process. The
 * system's loader joins the libraries of both by their names, and the process crashes.
 */
public final class OtherPyTorch {

	/** Set to {@code true} to load a second PyTorch all the same. */
	static final String ALLOWED = "zimage.engine.beside";

	private static final Pattern LIBRARY = Pattern
		.compile("(lib)?(torch|torch_cpu|torch_cuda|torch_python|c10)\\.(so(\\.\\d+)*|dylib|dll)");
	/** Every system lists addresses before the path, which may hold blanks. */
	private static final Pattern PATH = Pattern.compile("(?:^|\\s)((?:/|[A-Za-z]:\\\\).*)$");

	private OtherPyTorch() {}

	/**
	 * Folders from which this process has loaded a PyTorch.
	 *
	 * @param own a folder whose libraries, or what links in it lead to, do not count
	 */
	public static List<Path> folders(final Path own) {
		final Set<Path> ours = filesIn(own);
		return files(libraries()).map(OtherPyTorch::real).filter(file -> !ours.contains(file))
			.map(Path::getParent).distinct().toList();
	}

	/**
	 * Looks whether the library can be loaded without harm.
	 *
	 * @throws EngineFailedException if there is another one
	 */
	static void check(final NativeLibrary library) {
		final List<Path> others = folders(library.folder());
		if (others.isEmpty() || Boolean.getBoolean(ALLOWED)) return;
		throw new EngineFailedException(sentence(others));
	}

	/** What was found and what to do. */
	public static String sentence(final List<Path> folders) {
		return "Another plugin, such as deepImageJ or one that uses JDLL, has already loaded a PyTorch into this program (" +
			folders.get(0) +
			"), and two of them crash. Start Fiji again and use Z-Image without that plugin.";
	}

	/** @param libraries as the system or Java list them, one a line */
	static Stream<Path> files(final String libraries) {
		return libraries.lines().map(PATH::matcher).filter(Matcher::find)
			.flatMap(path -> file(path.group(1)));
	}

	private static Stream<Path> file(final String text) {
		try {
			return Stream.of(Path.of(text.strip())).filter(path -> path.getFileName() != null &&
				LIBRARY.matcher(path.getFileName().toString()).matches());
		}
		catch (final InvalidPathException e) {
			return Stream.empty();
		}
	}

	/**
	 * What the system's loader has loaded, one library a line; empty where Java cannot tell.
	 */
	private static String libraries() {
		final Path maps = Path.of("/proc/self/maps");
		try {
			if (Files.isReadable(maps)) return Files.readString(maps);
			return (String) ManagementFactory.getPlatformMBeanServer().invoke(
				new ObjectName("com.sun.management:type=DiagnosticCommand"), "vmDynlibs", null, null);
		}
		catch (final IOException | JMException e) {
			return "";
		}
	}

	private static Set<Path> filesIn(final Path folder) {
		if (!Files.isDirectory(folder)) return Set.of();
		try (Stream<Path> files = Files.list(folder)) {
			return files.map(OtherPyTorch::real).collect(Collectors.toSet());
		}
		catch (final IOException e) {
			return Set.of();
		}
	}

	private static Path real(final Path path) {
		try {
			return path.toRealPath();
		}
		catch (final IOException e) {
			return path.toAbsolutePath().normalize();
		}
	}
}
