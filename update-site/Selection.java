package updatesite;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Chooses what the site offers, and refuses what a whitelist, Fiji's own jars and the build do not agree on. */
final class Selection {

	private final List<Listed> whitelist;
	private final CoreJars core;
	private final List<Library> libraries;

	/**
	 * @param plugin the jar of the plugin
	 * @param coordinates what the whitelist calls the plugin
	 * @param classPath file with the class path of the libraries, as Maven writes it
	 */
	Selection(final Path whitelist, final CoreJars core, final Path plugin, final String coordinates, final Path classPath)
		throws IOException
	{
		this.whitelist = Files.readAllLines(whitelist).stream().filter(line -> !line.isBlank() && !line.startsWith("#")).map(
			Listed::of).toList();
		this.core = core;
		final List<String> groups = this.whitelist.stream().filter(Listed::isJar).map(l -> l.what().split(":")[0]).distinct()
			.toList();
		libraries = new ArrayList<>(List.of(new Library(coordinates, plugin)));
		Stream.of(Files.readString(classPath).strip().split(File.pathSeparator)).map(Path::of).map(jar -> Library
			.inRepository(jar, groups)).forEach(libraries::add);
	}

	/**
	 * @param platforms for which libraries are wanted; empty for all
	 * @param checkout where files that are no jars lie
	 * @return what to offer, in the order of its names
	 * @throws RefusedException if the site would shadow one of Fiji's jars, if a library is neither on the whitelist nor in
	 *           Fiji, or if something is missing
	 */
	List<SiteFile> files(final Set<String> platforms, final Path checkout) {
		for (final Library library : libraries) {
			check(library);
		}
		return whitelist.stream().filter(listed -> listed.platform().isEmpty() || platforms.isEmpty() || platforms.contains(
			listed.platform())).map(listed -> new SiteFile(listed, source(listed, checkout))).sorted(Comparator.comparing(
				SiteFile::filename)).toList();
	}

	private void check(final Library library) {
		final boolean listed = whitelist.stream().anyMatch(l -> l.means(library));
		final boolean inFiji = core.contains(library.name());
		if (listed && inFiji) throw new RefusedException(library.name() +
			" is on the whitelist, but Fiji ships this jar itself, and the site would replace it. Take it off the whitelist.");
		if (!listed && !inFiji) throw new RefusedException(library.name() + " (" + library.coordinates() +
			") is neither on the whitelist nor among Fiji's own jars. Add it to one of the two lists, or drop the dependency.");
	}

	private Path source(final Listed listed, final Path checkout) {
		if (!listed.isJar()) {
			final Path file = checkout.resolve(listed.what());
			if (!Files.isRegularFile(file)) throw new RefusedException("The whitelist names " + listed.what() +
				", but there is no such file in " + checkout + ".");
			return file;
		}
		return library(listed).filter(Library::exists).map(Library::jar).orElseThrow(() -> new RefusedException(
			"The whitelist names " + listed.what() +
				", but the build did not bring it. Build again, or take it off the whitelist."));
	}

	/** On the class path, or beside a jar of the class path if it is the same artifact for another platform. */
	private Optional<Library> library(final Listed listed) {
		final Optional<Library> exact = libraries.stream().filter(listed::means).findFirst();
		final String[] parts = listed.what().split(":");
		if (exact.isPresent() || parts.length < 3) return exact;
		return libraries.stream().filter(l -> l.coordinates().startsWith(parts[0] + ":" + parts[1] + ":")).findFirst().map(
			l -> l.sibling(parts[2]));
	}
}
