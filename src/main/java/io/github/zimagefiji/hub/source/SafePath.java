
package io.github.zimagefiji.hub.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.io.FileFailedException;

/**
 * Names that come from outside and become files: they stay inside one folder, on every operating
 * system.
 */
public final class SafePath {

	/** What Windows takes for a device, whatever follows the first dot. */
	private static final Set<String> DEVICES =
		Set.of("CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$");
	private static final Pattern NUMBERED_DEVICE = Pattern.compile("(COM|LPT)[0-9¹²³]");
	private static final String FORBIDDEN = "\\:*?\"<>|";
	private static final int LONGEST_PART = 200;
	private static final int LONGEST = 1000;

	private SafePath() {
		// only static methods
	}

	/**
	 * Looks at a relative path with slashes.
	 *
	 * @return the end of a sentence about what is wrong with it, or nothing if it is safe
	 */
	public static Optional<String> problem(final String path) {
		if (path.isEmpty()) return Optional.of("is empty");
		if (path.length() > LONGEST) return Optional.of("is too long");
		if (path.startsWith("/")) return Optional.of("is absolute");
		if (path.length() > 1 && path.charAt(1) == ':')
			return Optional.of("begins with a drive letter");
		if (path.chars().anyMatch(c -> c < ' ' || c == 0x7F || FORBIDDEN.indexOf(c) >= 0))
			return Optional.of("has a character that not every system allows in names");
		for (final String part : path.split("/", -1)) {
			final Optional<String> problem = problemOfPart(part);
			if (problem.isPresent()) return problem;
		}
		return Optional.empty();
	}

	/** The same for the name of one folder, which must not be hidden either. */
	public static Optional<String> problemOfName(final String name) {
		if (name.indexOf('/') >= 0) return Optional.of("has a slash");
		if (name.startsWith(".")) return Optional.of("begins with a dot");
		return problem(name);
	}

	/**
	 * The name of a model's folder.
	 *
	 * @throws InvalidInputException if it would lead elsewhere
	 */
	public static String checkName(final String name) {
		problemOfName(name).ifPresent(problem -> {
			throw new InvalidInputException("\"" + name +
				"\" cannot be the name of a model's folder: it " + problem + ". Choose another name.");
		});
		return name;
	}

	/**
	 * The place of a file in a folder, whose own folders are made.
	 *
	 * @param relative without a {@link #problem}
	 * @throws InvalidInputException if a link leads out of the folder
	 */
	public static Path place(final Path folder, final String relative) throws IOException {
		final Path target = folder.resolve(relative);
		if (problem(relative).isPresent() || !target.normalize().startsWith(folder.normalize()))
			throw leaves(folder, target);
		// Each step is looked at before the next is made, so that nothing is made
		// beyond a link.
		Path parent = folder;
		Files.createDirectories(folder);
		for (final Path part : folder.relativize(target.getParent())) {
			parent = parent.resolve(part);
			if (Files.isSymbolicLink(parent)) throw leaves(folder, parent);
			Files.createDirectories(parent);
		}
		if (Files.isSymbolicLink(target)) throw leaves(folder, target);
		return target;
	}

	/**
	 * Makes a folder and those above it.
	 *
	 * @throws InvalidInputException if that is not possible
	 */
	public static Path makeFolder(final Path folder) {
		try {
			return Files.createDirectories(folder);
		}
		catch (final IOException e) {
			throw new FileFailedException(folder, "The folder " + folder + " cannot be made", e,
				"Choose another folder for models, or change its permissions.");
		}
	}

	private static InvalidInputException leaves(final Path folder, final Path link) {
		return new InvalidInputException(
			link + " is a link, or leads out of " + folder + ". Remove it and try again.");
	}

	private static Optional<String> problemOfPart(final String part) {
		if (part.isEmpty()) return Optional.of("has an empty part");
		if (part.equals("..")) return Optional.of("leads out of its folder");
		if (part.endsWith(".") || part.endsWith(" "))
			return Optional.of("has a part that ends with a dot or a space");
		if (part.length() > LONGEST_PART) return Optional.of("has a part that is too long");
		final int dot = part.indexOf('.');
		final String stem = (dot < 0 ? part : part.substring(0, dot)).strip().toUpperCase(Locale.ROOT);
		if (DEVICES.contains(stem) || NUMBERED_DEVICE.matcher(stem).matches())
			return Optional.of("has the name of a device of Windows");
		return Optional.empty();
	}
}
