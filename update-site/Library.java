package updatesite;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A jar that the plugin runs with.
 *
 * @param coordinates {@code group:artifact}, and {@code :classifier} if it has one
 * @param jar the file
 */
record Library(String coordinates, Path jar) {

	/**
	 * A jar as it lies in a Maven repository: {@code .../group/as/path/artifact/version/artifact-version-classifier.jar}.
	 *
	 * @param groups groups to recognize, since a repository may lie anywhere
	 */
	static Library inRepository(final Path jar, final Iterable<String> groups) {
		final Path version = jar.toAbsolutePath().getParent();
		final String artifact = version.getParent().getFileName().toString();
		final Path group = version.getParent().getParent();
		final String name = jar.getFileName().toString();
		final String start = artifact + "-" + version.getFileName();
		if (!name.startsWith(start) || !name.endsWith(".jar")) throw new RefusedException(jar +
			" does not lie as in a Maven repository.");
		final String rest = name.substring(start.length(), name.length() - ".jar".length());
		String known = group.getFileName().toString();
		for (final String candidate : groups) {
			if (group.endsWith(Path.of(candidate.replace('.', '/')))) known = candidate;
		}
		return new Library(known + ":" + artifact + rest.replaceFirst("^-", ":"), jar);
	}

	String name() {
		return jar.getFileName().toString();
	}

	/** The same artifact with another classifier, beside this one in the repository; the file may be missing. */
	Library sibling(final String classifier) {
		final String[] parts = coordinates.split(":");
		final String version = jar.toAbsolutePath().getParent().getFileName().toString();
		return new Library(parts[0] + ":" + parts[1] + ":" + classifier, jar.resolveSibling(parts[1] + "-" + version + "-" +
			classifier + ".jar"));
	}

	boolean exists() {
		return Files.isRegularFile(jar);
	}
}
