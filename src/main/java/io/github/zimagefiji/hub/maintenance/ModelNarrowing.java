
package io.github.zimagefiji.hub.maintenance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.google.gson.JsonObject;

import io.github.zimagefiji.Progress;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.fields.BoundedText;
import io.github.zimagefiji.fields.Json;
import io.github.zimagefiji.hub.source.SafePath;
import io.github.zimagefiji.hub.store.ByteProgress;
import io.github.zimagefiji.hub.store.ContentDigest;
import io.github.zimagefiji.hub.store.FreeSpace;
import io.github.zimagefiji.hub.store.ModelLock;
import io.github.zimagefiji.hub.store.ModelManifest;
import io.github.zimagefiji.hub.store.ModelManifest.FileNote;
import io.github.zimagefiji.hub.store.ModelPlaces;
import io.github.zimagefiji.hub.store.Staging;
import io.github.zimagefiji.io.AtomicFile;
import io.github.zimagefiji.io.FileFailedException;
import io.github.zimagefiji.io.Folders;
import io.github.zimagefiji.io.Sha256;
import io.github.zimagefiji.model.folder.CombinationFile;
import io.github.zimagefiji.model.folder.ModelFolder;
import io.github.zimagefiji.request.Stage;
import io.github.zimagefiji.weights.Checkpoint;
import io.github.zimagefiji.weights.writer.NarrowedFile;

/**
 * Rewrites a model's float32 transformer in bfloat16, once and for all: half the size on disk. All
 * files are made beside the old ones, checked, and then take their places one after the other;
 * every file says itself what its numbers are, so that the model is valid at each moment in
 * between.
 */
public final class ModelNarrowing {

	private static final String TRANSFORMER = "transformer";
	private static final int MOST_INDEX_BYTES = 10_000_000;

	private ModelNarrowing() {
		// only static methods
	}

	/**
	 * Narrows a model of the folder of models.
	 *
	 * @return whether there was something to narrow
	 * @throws InvalidInputException if it is no whole model, lies elsewhere, is in use, or if there
	 *           is no room
	 * @throws io.github.zimagefiji.error.RunCanceledException if progress says so; the model is as it
	 *           was then
	 */
	public static boolean narrow(final Path models, final String name, final Progress progress) {
		final Path model = check(models, name);
		try (ModelLock lock = ModelLock.acquire(models, name, Stage.NARROW, progress)) {
			final List<Path> wide = ModelFolder.open(model).transformerWeights().files().stream()
				.filter(NarrowedFile::isWide).toList();
			if (wide.isEmpty()) return false;
			checkPlain(wide);
			final Path staged = models.resolve(Staging.FOLDER).resolve(name + ".narrow");
			try {
				Folders.delete(staged);
				narrow(model, wide, SafePath.makeFolder(staged), progress);
				return true;
			}
			finally {
				Folders.delete(staged);
			}
		}
		catch (final IOException e) {
			throw new FileFailedException(model, "The model " + model + " cannot be narrowed", e,
				"Make room, close other programs that use it, or start Fiji again.");
		}
	}

	/**
	 * Looks whether a model is one that could be narrowed, without reading it.
	 *
	 * @return its folder
	 * @throws InvalidInputException if it is no whole model, or lies elsewhere
	 */
	public static Path check(final Path models, final String name) {
		SafePath.checkName(name);
		refuseCombination(models, name);
		final Path model = models.resolve(name);
		if (!Files.isDirectory(model, LinkOption.NOFOLLOW_LINKS))
			throw new InvalidInputException("There is no model \"" + name + "\" in " + models +
				". Only models of that folder can be narrowed; import it first.");
		return model;
	}

	private static void refuseCombination(final Path models, final String name) {
		final Path folder = models.resolve(name);
		final Path place =
			Files.exists(folder) ? folder : models.resolve(name + CombinationFile.SUFFIX);
		if (ModelPlaces.isCombination(place)) throw new InvalidInputException(name +
			" is put together from files that others may use too. Only whole models can be narrowed.");
	}

	private static void checkPlain(final List<Path> files) {
		for (final Path file : files) {
			if (Files.isSymbolicLink(file)) throw new InvalidInputException(file +
				" is a link to elsewhere. Import the model's folder first; the copy can be narrowed.");
		}
	}

	private static void narrow(final Path model, final List<Path> wide, final Path staged,
		final Progress progress) throws IOException
	{
		long bytes = 0;
		long narrow = 0;
		for (final Path file : wide) {
			bytes += Files.size(file);
			narrow += NarrowedFile.narrowBytes(file);
		}
		FreeSpace.check(staged, narrow, "Narrowing");
		// Each file is read for its numbers and for its hash, and the result once
		// more.
		final ByteProgress meter = new ByteProgress(Stage.NARROW, 2 * bytes + narrow, progress);
		final Map<String, FileNote> notes = new LinkedHashMap<>();
		for (final Path file : wide) {
			final Path made = staged.resolve(file.getFileName());
			NarrowedFile.write(file, made, count -> add(meter, count));
			Checkpoint.openFile(made);
			notes.put(TRANSFORMER + "/" + file.getFileName(),
				new FileNote(Files.size(made), ContentDigest.sha256(made, count -> add(meter, count)),
					new FileNote(Files.size(file), ContentDigest.sha256(file, count -> add(meter, count)))));
		}
		swap(model, wide, staged, notes);
	}

	private static void add(final ByteProgress meter, final long count) {
		meter.add(count);
		meter.tell();
	}

	/**
	 * The hashes of both are noted first; whatever happens then, the model can be checked.
	 */
	private static void swap(final Path model, final List<Path> wide, final Path staged,
		final Map<String, FileNote> notes) throws IOException
	{
		final Map<String, FileNote> files = new LinkedHashMap<>();
		final ModelManifest manifest =
			ModelManifest.read(model).orElseGet(() -> ModelManifest.imported(model, Map.of()));
		files.putAll(manifest.files());
		notes.forEach((path, note) -> files.merge(path, note, ModelNarrowing::keepFirst));
		manifest.with(files).write(model);
		for (final Path file : wide) {
			Files.move(staged.resolve(file.getFileName()), file, StandardCopyOption.ATOMIC_MOVE);
		}
		correctIndex(model, manifest.with(files));
		ModelFolder.open(model);
	}

	/**
	 * What came from the host stays noted, even if a swap that was cut off is done again.
	 */
	private static FileNote keepFirst(final FileNote old, final FileNote now) {
		return old.original() == null ? now : new FileNote(now.bytes(), now.sha256(), old.original());
	}

	/** The list of shards also says how many bytes they hold. */
	private static void correctIndex(final Path model, final ModelManifest manifest)
		throws IOException
	{
		final String name = "diffusion_pytorch_model.safetensors.index.json";
		final Path index = model.resolve(TRANSFORMER).resolve(name);
		if (!Files.isRegularFile(index)) return;
		final JsonObject json = Json.object(BoundedText.read(index, MOST_INDEX_BYTES));
		if (!json.has("metadata") || !json.get("metadata").isJsonObject()) return;
		json.getAsJsonObject("metadata").addProperty("total_size",
			Checkpoint.open(model.resolve(TRANSFORMER)).byteCount());
		final byte[] text = (json + "\n").getBytes(StandardCharsets.UTF_8);
		final String path = TRANSFORMER + "/" + name;
		final Map<String, FileNote> files = new LinkedHashMap<>(manifest.files());
		final FileNote old = files.get(path);
		final FileNote first = old != null && old.original() != null ? old.original()
			: new FileNote(Files.size(index), ContentDigest.sha256(index, count -> {}));
		files.put(path, new FileNote(text.length, Sha256.hex(text), first));
		manifest.with(files).write(model);
		AtomicFile.write(index, out -> out.write(text));
	}
}
