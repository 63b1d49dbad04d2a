
package io.github.zimagefiji.hub.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.hub.maintenance.ModelCheck;
import io.github.zimagefiji.hub.source.SizeText;
import io.github.zimagefiji.io.Folders;
import io.github.zimagefiji.model.folder.CombinationFile;
import io.github.zimagefiji.model.folder.ModelFolder;

/**
 * Something that lies in a folder of models, ready or not.
 *
 * @param name no two of a folder have the same
 * @param models the folder of models
 * @param place the model's folder or combination file; for {@link Form#BEGUN} where it comes
 *          together
 * @param form what it is
 */
public record StoredModel(String name, Path models, Path place, Form form) {

	/** The forms in which models are stored. */
	public enum Form {

			/** A folder in the layout of diffusers. */
			MODEL("model"),
			/** A folder with single files, to be combined or added to a model. */
			FILES("files"),
			/** A text file that names the files of a model. */
			COMBINATION("combination"),
			/** A model elsewhere that is used where it lies. */
			REFERENCE("elsewhere"),
			/** A download that is not complete. */
			BEGUN("begun");

		private final String label;

		Form(final String label) {
			this.label = label;
		}

		/** A word for people. */
		public String label() {
			return label;
		}
	}

	public StoredModel {
		Objects.requireNonNull(name, "name");
		Objects.requireNonNull(models, "models");
		Objects.requireNonNull(place, "place");
		Objects.requireNonNull(form, "form");
	}

	/**
	 * The size of all files that it consists of, wherever they lie; what cannot be read counts
	 * nothing.
	 */
	public long bytes() {
		try {
			if (form == Form.BEGUN)
				return Folders.files(place).stream().mapToLong(file -> file.toFile().length()).sum();
			return NotedFile.in(place).values().stream().mapToLong(each -> each.file().toFile().length())
				.sum();
		}
		catch (final InvalidInputException e) {
			return 0;
		}
	}

	/** The license that its host told, if it was downloaded. */
	public Optional<String> license() {
		return manifest().map(ModelManifest::license);
	}

	/**
	 * What state it is in, for people: "ready", perhaps narrowed; "begun"; or what is wrong with it.
	 * All headers are read, but no weights: whether those are as they came, {@link ModelCheck} tells.
	 */
	public String state() {
		if (form == Form.BEGUN) return "begun; the next download goes on with it";
		try {
			if (form == Form.FILES) ModelPlaces.check(place);
			else ModelFolder.open(place);
			return isNarrowed() ? "ready, narrowed to bfloat16" : "ready";
		}
		catch (final InvalidInputException e) {
			return "cannot be used: " + e.getMessage();
		}
	}

	/** What goes if this is removed, for a question or a sentence. */
	public String removal() {
		return switch (form) {
			case REFERENCE -> "the reference " + name + " from " + models +
				"; the model itself stays in " + place;
			case COMBINATION -> "the combination " + name + " (" + place +
				"); the files that it names elsewhere stay";
			case BEGUN -> "what was downloaded of " + name + " (" + SizeText.of(bytes()) + " in " +
				place + ")";
			default -> name + " (" + SizeText.of(bytes()) + " in " + place + ")";
		};
	}

	private boolean isNarrowed() {
		return manifest().stream().flatMap(noted -> noted.files().values().stream())
			.anyMatch(file -> file.original() != null);
	}

	/**
	 * A note that cannot be read is one of the things that {@link #state} or {@link ModelCheck}
	 * tells.
	 */
	private Optional<ModelManifest> manifest() {
		try {
			return Files.isDirectory(place) && CombinationFile.locate(place).isEmpty()
				? ModelManifest.read(place) : Optional.empty();
		}
		catch (final InvalidInputException e) {
			return Optional.empty();
		}
	}
}
