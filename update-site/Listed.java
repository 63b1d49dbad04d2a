package updatesite;

import java.nio.file.Path;
import java.util.Set;

/**
 * One line of the whitelist.
 *
 * @param what {@code group:artifact} or {@code group:artifact:classifier} of a library, or the path of a file of the
 *          checkout
 * @param folder where it goes in Fiji's folder, with a slash at the end
 * @param platform the only platform that gets it, in the updater's words, or empty for all
 * @param description for the updater's window; may be empty
 */
record Listed(String what, String folder, String platform, String description) {

	/** Platforms that the updater knows and for which libraries exist. */
	private static final Set<String> PLATFORMS = Set.of("linux64", "linux-arm64", "win64", "macos-arm64");

	Listed {
		// Fiji puts jars/PLATFORM on Java's module path, where a jar without a valid module name stops Java at its start.
		if (!folder.matches("plugins/|jars/|licenses/[a-z-]+/")) throw new RefusedException("The whitelist sends " + what +
			" to \"" + folder + "\"; only plugins/, jars/ and licenses/NAME/ are allowed.");
		if (!platform.isEmpty() && !PLATFORMS.contains(platform)) throw new RefusedException(
			"The whitelist names the platform \"" + platform + "\" for " + what + "; known are " + PLATFORMS.stream().sorted()
				.toList() + ".");
	}

	/** @param line {@code what folder platform description}; a dash stands for all platforms */
	static Listed of(final String line) {
		final String[] words = line.strip().split("\\s+", 4);
		if (words.length < 3) throw new RefusedException("The whitelist's line \"" + line +
			"\" needs at least what, folder and platform.");
		return new Listed(words[0], words[1], words[2].equals("-") ? "" : words[2], words.length > 3 ? words[3] : "");
	}

	boolean isJar() {
		return what.contains(":");
	}

	/** Whether a jar is the one that this line means. */
	boolean means(final Library library) {
		return isJar() && what.equals(library.coordinates());
	}

	/** The name in Fiji's folder. */
	String filename(final Path file) {
		return folder + file.getFileName();
	}
}
