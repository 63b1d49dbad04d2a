
package io.github.zimagefiji.hub.diagnosis;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The jars that images depend on. Of two with the same name, Java takes parts of either, whichever
 * it meets first.
 *
 * @param classPath of this process
 * @param folders searched too, with the folders in them
 */
record JarsProbe(List<Path> classPath, List<Path> folders) {

	/** Without version; DJL's first jar is called api. */
	private static final Pattern MATTERS =
		Pattern.compile("zimage-fiji|api|pytorch-engine|pytorch-jni|pytorch-native-.+|" +
			"tokenizers|gson|jna|slf4j-api|commons-compress|picocli|scijava-common|imglib2|ij");
	private static final Pattern NAME = Pattern.compile(
		"(.+?)(-\\d[\\w.+]*(?:-(?!linux|win|osx)[\\w.+]+)*)?" + "(-(?:linux|win|osx)[\\w-]*)?\\.jar");
	private static final int DEEPEST = 4;

	/** The class path of this process. */
	static List<Path> ofProcess() {
		return Arrays.stream(System.getProperty("java.class.path", "").split(File.pathSeparator))
			.filter(entry -> !entry.isBlank()).map(Path::of).toList();
	}

	List<Finding> look() {
		final Map<String, Set<Path>> jars = new TreeMap<>();
		Stream.concat(classPath.stream(), folders.stream().flatMap(JarsProbe::jarsIn)).forEach(jar -> {
			final Matcher name = NAME.matcher(String.valueOf(jar.getFileName()));
			if (name.matches() && MATTERS.matcher(name.group(1)).matches() && Files.isRegularFile(jar))
				jars.computeIfAbsent(name.group(1) + (name.group(3) == null ? "" : name.group(3)),
					key -> new TreeSet<>()).add(real(jar));
		});
		final List<Finding> found = new ArrayList<>();
		found.add(Finding.good("Jars",
			jars.isEmpty() ? "none, the program runs from class files"
				: jars.values().stream().map(each -> each.iterator().next().getFileName().toString())
					.collect(Collectors.joining(", "))));
		jars.forEach((name, files) -> {
			if (files.size() > 1) found.add(Finding.wrong("Jars",
				name + " is there " + files.size() + " times: " +
					files.stream().map(Path::toString).collect(Collectors.joining(" and ")) +
					". Remove the older one while Fiji is closed, then start it again."));
		});
		return found;
	}

	private static Stream<Path> jarsIn(final Path folder) {
		if (!Files.isDirectory(folder)) return Stream.empty();
		try (Stream<Path> files = Files.walk(folder, DEEPEST)) {
			return files.filter(file -> file.toString().endsWith(".jar")).toList().stream();
		}
		catch (final IOException | UncheckedIOException e) {
			return Stream.empty(); // the class path tells what Java can read
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
