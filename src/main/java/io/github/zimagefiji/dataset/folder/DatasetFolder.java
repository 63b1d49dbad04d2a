
package io.github.zimagefiji.dataset.folder;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import com.google.gson.JsonElement;

import io.github.zimagefiji.dataset.plan.DatasetIdentity;
import io.github.zimagefiji.dataset.plan.PlannedItem;
import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.dataset.recipe.file.RecipeReader;
import io.github.zimagefiji.dataset.recipe.file.RecipeWriter;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.fields.Json;
import io.github.zimagefiji.fields.MalformedTextException;
import io.github.zimagefiji.io.AtomicFile;
import io.github.zimagefiji.io.Folders;
import io.github.zimagefiji.io.IOReason;

/**
 * The folder of one dataset: {@code dataset.json} says which, {@code recipe.json} is the whole
 * recipe, {@code records} has one file for each item that is done.
 */
public final class DatasetFolder {

	private static final String IDENTITY = "dataset.json";
	private static final String RECIPE = "recipe.json";
	private static final String RECORDS = "records/";
	/** The longest path below the folder. */
	private static final String LONGEST =
		"ome-zarr/train/.zimage-NAME-zarr-0123456789abcdef.part/labels/objects/0/0/0";

	/** A record has some thousand bytes; prompts may make it longer. */
	private static final long MOST_BYTES = 1 << 26;

	private final Path root;

	public DatasetFolder(final Path root) {
		this.root = root;
	}

	public Path root() {
		return root;
	}

	/**
	 * Whether this dataset, as {@link DatasetIdentity} tells it, was begun here.
	 */
	boolean holds(final String identity) {
		return read(IDENTITY).filter(identity::equals).isPresent();
	}

	/**
	 * Begins a dataset here, or goes on with it.
	 *
	 * @param identity as {@link DatasetIdentity} gives it
	 * @param goOn whether the folder may hold a part of this dataset already
	 * @throws InvalidInputException if it holds anything else
	 */
	public void open(final Recipe recipe, final String identity, final boolean goOn) {
		Folders.make(root);
		checkPaths(recipe.name());
		final Optional<String> there = read(IDENTITY);
		if (there.isEmpty()) {
			checkEmpty();
			Folders.make(root.resolve(RECORDS));
			write(RECIPE, RecipeWriter.write(recipe));
			write(IDENTITY, identity);
		}
		else if (!there.get().equals(identity))
			throw new InvalidInputException("The folder " + root + " cannot be resumed: " +
				DatasetIdentity.difference(there.get(), identity) + ". Choose another folder.");
		else if (!goOn) throw new InvalidInputException("The folder " + root +
			" holds this dataset already. Give --resume to go on with it, or choose another folder.");
		else renew(recipe);
	}

	/** Finds out before the first item whether its files' names are too long. */
	private void checkPaths(final String name) {
		try {
			AtomicFile.checkName(root.resolve(LONGEST.replace("NAME", name + "-00000000")));
		}
		catch (final InvalidInputException e) {
			throw new InvalidInputException(
				"The folder " + root + " lies too deep for the dataset's files. " + e.getMessage(), e);
		}
	}

	/** Its files may lie elsewhere by now, and completion looks for them. */
	private void renew(final Recipe recipe) {
		final String text = RecipeWriter.write(recipe);
		if (read(RECIPE).filter(text::equals).isEmpty()) write(RECIPE, text);
	}

	/**
	 * Refuses a folder with anything in it that no run of this dataset has begun.
	 */
	private void checkEmpty() {
		for (final Path file : Folders.list(root)) {
			final String name = file.getFileName().toString();
			if (name.startsWith(".zimage-") || name.equals(RECIPE) || name.equals("records")) continue;
			throw new InvalidInputException(
				"The folder " + root + " is not empty. Choose an empty or new one.");
		}
	}

	/** Whether there is a dataset here. */
	public boolean isBegun() {
		return Files.exists(root.resolve(IDENTITY));
	}

	/**
	 * The recipe of the dataset that is here.
	 *
	 * @throws InvalidInputException if there is none
	 */
	public Recipe recipe() {
		if (!isBegun()) throw new InvalidInputException(
			"The folder " + root + " holds no dataset. Name the output folder of \"zimage dataset\".");
		return RecipeReader.read(read(RECIPE).orElseThrow(() -> damaged(RECIPE, null)),
			root.toAbsolutePath());
	}

	/** What {@link DatasetIdentity} gave when the dataset was begun. */
	public String identity() {
		return read(IDENTITY).orElseThrow(() -> damaged(IDENTITY, null));
	}

	/** Whether an item is done. */
	public boolean isDone(final String name) {
		return Files.exists(root.resolve(recordOf(name)));
	}

	static String recordOf(final String name) {
		return RECORDS + name + ".json";
	}

	/** Makes an item done; its files must be there. */
	public void commit(final ItemRecord record) {
		write(recordOf(record.name()), record.text());
	}

	/**
	 * The record of an item that is done.
	 *
	 * @throws InvalidInputException if it is missing, or is not what was written
	 */
	public ItemRecord record(final String name) {
		try {
			final JsonElement json =
				Json.parse(read(recordOf(name)).orElseThrow(() -> damaged(recordOf(name), null)));
			if (RecordCheck.isRecord(json, name)) return new ItemRecord(json.getAsJsonObject());
			throw damaged(recordOf(name), null);
		}
		catch (final MalformedTextException e) {
			throw damaged(recordOf(name), e);
		}
	}

	/**
	 * The record of an item that is done.
	 *
	 * @throws InvalidInputException also if it is of another item than the plan's
	 */
	public ItemRecord record(final PlannedItem item) {
		final ItemRecord record = record(item.name());
		if (record.isOf(item)) return record;
		throw damaged(recordOf(item.name()), null);
	}

	/** Writes a text file, in full or not at all. */
	void write(final String path, final String text) {
		AtomicFile.write(Folders.fileIn(root, path),
			out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
	}

	private Optional<String> read(final String path) {
		final Path file = root.resolve(path);
		if (!Files.exists(file)) return Optional.empty();
		try {
			if (Files.size(file) > MOST_BYTES) throw damaged(path, null);
			return Optional.of(Files.readString(file));
		}
		catch (final CharacterCodingException e) {
			throw damaged(path, e);
		}
		catch (final IOException e) {
			throw new InvalidInputException(
				file + " cannot be read: " + IOReason.of(e) + ". Check its permissions.", e);
		}
	}

	private InvalidInputException damaged(final String path, final Throwable cause) {
		return new InvalidInputException(root.resolve(path) +
			" is missing or damaged. Remove it if it is the record of an item, and run again with --resume.",
			cause);
	}
}
