
package io.github.zimagefiji.hub.maintenance;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.zimagefiji.Progress;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.hub.source.RemoteFile;
import io.github.zimagefiji.hub.source.SafePath;
import io.github.zimagefiji.hub.store.ByteProgress;
import io.github.zimagefiji.hub.store.ContentDigest;
import io.github.zimagefiji.hub.store.FreeSpace;
import io.github.zimagefiji.hub.store.ModelLock;
import io.github.zimagefiji.hub.store.ModelManifest;
import io.github.zimagefiji.hub.store.ModelManifest.FileNote;
import io.github.zimagefiji.hub.store.ModelPlaces;
import io.github.zimagefiji.hub.store.ModelReference;
import io.github.zimagefiji.hub.store.NotedFile;
import io.github.zimagefiji.hub.store.Staging;
import io.github.zimagefiji.io.FileFailedException;
import io.github.zimagefiji.io.Folders;
import io.github.zimagefiji.model.folder.CombinationFile;
import io.github.zimagefiji.request.Stage;

/**
 * Takes in a model that was downloaded elsewhere, for laboratories without a network.
 */
public final class ModelImport {

	private static final int CHUNK = 1 << 20;

	private ModelImport() {
		// only static methods
	}

	/**
	 * Copies a model. It can be seen when it is complete, and every file whose hash was noted by
	 * whoever downloaded it has that hash.
	 *
	 * @param source a model in the layout of diffusers
	 * @param models the folder of models
	 * @param name for the model
	 * @return its new folder
	 * @throws InvalidInputException if the source is not one whole model, if a file is damaged, if
	 *           the name is taken or if there is no room
	 * @throws io.github.zimagefiji.error.RunCanceledException if progress says so; nothing is left
	 *           then
	 */
	public static Path copy(final Path source, final Path models, final String name,
		final Progress progress)
	{
		ModelPlaces.checkModel(source);
		final Path target = target(models, name);
		try (ModelLock lock = ModelLock.acquire(models, name, Stage.COPY, progress)) {
			checkFree(target, models, name);
			final Path staged = models.resolve(Staging.FOLDER).resolve(name + ".import");
			boolean done = false;
			try {
				Folders.delete(staged);
				copyFiles(source, SafePath.makeFolder(staged), progress);
				ModelPlaces.checkModel(staged);
				Folders.rename(staged, target);
				done = true;
				return target;
			}
			catch (final IOException e) {
				throw new FileFailedException(source, source + " could not be copied to " + target, e,
					"Make room, or choose another folder.");
			}
			finally {
				if (!done) Folders.deleteIfPossible(staged); // or the next import does
			}
		}
	}

	/**
	 * Uses a model where it lies: it is listed among the others, nothing is copied.
	 *
	 * @return the source
	 * @throws InvalidInputException if the source is not one whole model, or if the name is taken
	 */
	public static Path reference(final Path source, final Path models, final String name,
		final Progress progress)
	{
		ModelPlaces.checkModel(source);
		final Path target = target(models, name);
		try (ModelLock lock = ModelLock.acquire(models, name, Stage.COPY, progress)) {
			checkFree(target, models, name);
			ModelReference.write(models, name, source);
			return source;
		}
	}

	/**
	 * Looks whether a model could come in under a name; nothing is written, and of weights only the
	 * headers are read.
	 *
	 * @param source a model in the layout of diffusers
	 * @param models the folder of models
	 * @param name for the model
	 * @throws InvalidInputException if the source is not one whole model, or if the name cannot be
	 *           used or is taken
	 */
	public static void check(final Path source, final Path models, final String name) {
		ModelPlaces.checkModel(source);
		SafePath.checkName(name);
		checkFree(models.resolve(name), models, name);
	}

	private static Path target(final Path models, final String name) {
		SafePath.checkName(name);
		return SafePath.makeFolder(models).resolve(name);
	}

	private static void checkFree(final Path target, final Path models, final String name) {
		if (Files.exists(target, LinkOption.NOFOLLOW_LINKS) ||
			Files.exists(ModelReference.file(models, name)) ||
			Files.exists(models.resolve(name + CombinationFile.SUFFIX)))
			throw new InvalidInputException("There is a model \"" + name + "\" in " + models +
				" already. Remove it, or choose another name.");
	}

	private static void copyFiles(final Path source, final Path staged, final Progress progress)
		throws IOException
	{
		final Map<String, String> noted = NotedFile.sha256In(source);
		final List<String> files = NotedFile.namesIn(source);
		long bytes = 0;
		for (final String each : files) {
			bytes += Files.size(source.resolve(each));
		}
		FreeSpace.check(staged, bytes, "The copy");
		final ByteProgress meter = new ByteProgress(Stage.COPY, bytes, progress);
		final Map<String, FileNote> copied = new LinkedHashMap<>();
		for (final String each : files) {
			final FileNote file = copy(source.resolve(each), SafePath.place(staged, each), meter);
			final String expected = noted.get(each);
			if (expected != null && !expected.equals(file.sha256())) throw new InvalidInputException(
				source.resolve(each) + " is damaged: its SHA-256 is " + file.sha256() +
					", but it was downloaded as " + expected + ". Download or copy that file again.");
			copied.put(each, file);
		}
		ModelManifest.imported(source, copied).write(staged);
	}

	private static FileNote copy(final Path source, final Path target, final ByteProgress meter)
		throws IOException
	{
		final ContentDigest digest =
			new ContentDigest(new RemoteFile(source.toString(), 0, null, null));
		final byte[] chunk = new byte[CHUNK];
		long bytes = 0;
		try (InputStream in = Files.newInputStream(source);
				OutputStream out = new BufferedOutputStream(Files.newOutputStream(target)))
		{
			for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
				out.write(chunk, 0, count);
				digest.update(chunk, count);
				bytes += count;
				meter.add(count);
				meter.tell();
			}
		}
		return new FileNote(bytes, digest.sha256Hex());
	}
}
