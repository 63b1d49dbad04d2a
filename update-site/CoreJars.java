package updatesite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;

import org.scijava.util.FileUtils;

/**
 * Jars that Fiji's own update sites ship. Another site that has one of them replaces it in every Fiji that uses the site,
 * and breaks what needs the original.
 */
final class CoreJars {

	private final Set<String> names;

	private CoreJars(final Set<String> names) {
		this.names = names;
	}

	/** @param list file names, one a line, with or without version and {@code .jar}; {@code #} starts a comment */
	static CoreJars read(final Path list) throws IOException {
		return new CoreJars(Files.readAllLines(list).stream().map(line -> line.replaceFirst("#.*", "").strip()).filter(
			line -> !line.isEmpty()).map(CoreJars::unversioned).collect(Collectors.toSet()));
	}

	boolean contains(final String name) {
		return names.contains(unversioned(name));
	}

	/** What the updater takes for the same component. */
	private static String unversioned(final String name) {
		return FileUtils.stripFilenameVersion(name.endsWith(".jar") ? name : name + ".jar");
	}
}
