
package io.github.zimagefiji.hub.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.fields.BoundedText;
import io.github.zimagefiji.fields.MalformedTextException;
import io.github.zimagefiji.io.FileFailedException;

/**
 * What can be downloaded by name.
 *
 * @param entries in the order for a list; no two with the same name
 */
public record Catalogue(List<CatalogueEntry> entries) {

	/** A file of this name in the folder of models extends the catalogue. */
	public static final String NAME = "catalogue.json";

	private static final int MOST_BYTES = 10_000_000;

	/** The list is copied. */
	public Catalogue {
		entries = List.copyOf(entries);
	}

	/** The catalogue in this jar. */
	public static Catalogue builtIn() {
		try (InputStream in =
			Catalogue.class.getResourceAsStream("/io/github/zimagefiji/catalogue.json"))
		{
			return new Catalogue(new CatalogueReader("the plugin's catalogue")
				.read(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/**
	 * This catalogue and the entries of a file, which come first.
	 *
	 * @param file in the form that {@code docs/models.md} describes
	 * @throws InvalidInputException if it cannot be read, if an entry is not as it should be, or if a
	 *           name is there already
	 */
	public Catalogue with(final Path file) {
		final List<CatalogueEntry> all =
			new ArrayList<>(new CatalogueReader(file.toString()).read(text(file)));
		final int own = all.size();
		all.addAll(entries);
		final Set<String> names = new HashSet<>();
		for (final CatalogueEntry each : all) {
			if (!names.add(each.name().toLowerCase(Locale.ROOT))) throw new InvalidInputException("In " +
				file + ", entry \"" + each.name() + "\": the field \"name\" is " + (all.indexOf(each) < own
					? "used twice" : "that of an entry of the plugin's own catalogue") +
				". Choose another name.");
		}
		return new Catalogue(all);
	}

	/**
	 * This plugin's catalogue and, where there is one, that of a folder of models.
	 *
	 * @param models a folder that may hold a file {@value #NAME}
	 * @throws InvalidInputException as {@link #with}
	 */
	public static Catalogue of(final Path models) {
		final Path own = models.resolve(NAME);
		return Files.exists(own) ? builtIn().with(own) : builtIn();
	}

	/**
	 * Finds an entry by its name, without regard to case.
	 *
	 * @throws InvalidInputException if there is none
	 */
	public CatalogueEntry get(final String name) {
		return find(name).orElseThrow(
			() -> new InvalidInputException("There is no \"" + name + "\" in the catalogue. There are: " +
				entries.stream().map(CatalogueEntry::name).collect(Collectors.joining(", ")) + "."));
	}

	/** Finds an entry by its name, without regard to case. */
	public Optional<CatalogueEntry> find(final String name) {
		return entries.stream().filter(each -> each.name().equalsIgnoreCase(name)).findFirst();
	}

	private static String text(final Path file) {
		try {
			return BoundedText.read(file, MOST_BYTES);
		}
		catch (final MalformedTextException e) {
			throw new InvalidInputException("The catalogue " + file + " cannot be used: " + e.reason() +
				". It must be a text file in UTF-8 as docs/models.md describes it.", e);
		}
		catch (final IOException e) {
			throw new FileFailedException(file, "The catalogue " + file + " could not be read", e,
				"It must be a text file in UTF-8.");
		}
	}
}
