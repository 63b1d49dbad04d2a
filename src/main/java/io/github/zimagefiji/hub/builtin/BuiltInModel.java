
package io.github.zimagefiji.hub.builtin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.zimagefiji.error.EngineFailedException;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.hub.store.FileList;
import io.github.zimagefiji.io.AtomicFile;
import io.github.zimagefiji.io.CacheFolder;
import io.github.zimagefiji.io.FileFailedException;

/**
 * The small demonstration model that comes inside the jar. Weights are mapped, which needs separate
 * files; so a part is unpacked into the cache folder when it is first asked for. Every file's
 * SHA-256 is compared with the list in the jar, once in each process; a file that is missing,
 * damaged or of another version is written anew.
 */
public final class BuiltInModel {

	/** What dialogs and provenance call it. */
	public static final String NAME = "Built-in demo (microscopy, 128 px)";

	/** What dialogs call its editing form. */
	public static final String EDIT_NAME = "Built-in demo (editing)";

	/** What a prompt for it may speak of, for people. */
	public static final String UNDERSTANDS =
		"It understands one to six or many nuclei (round or elongated), spots and filaments, in red, green, blue, cyan, " +
			"magenta, yellow or white, dim or bright, on a dark, hazy or grey background; in English and Chinese.";

	/** {@link #UNDERSTANDS} for two lines of a dialog. */
	public static final String UNDERSTANDS_BRIEFLY =
		"It understands nuclei, spots and filaments in seven colours on a dark, hazy or grey background; in English and Chinese.";

	/** What an instruction for its editing form may ask, for people. */
	public static final String EDITS =
		"It follows instructions such as \"make the nuclei red\", \"make the image darker\", " +
			"\"make the background grey\" and, less reliably, \"remove the filaments\" and \"add three red spots\"; in English " +
			"and Chinese.";

	/** {@link #EDITS} for two lines of a dialog. */
	public static final String EDITS_BRIEFLY =
		"It follows instructions such as \"make the nuclei red\" or \"make the image darker\"; in English and Chinese.";

	/** What it is, for people. */
	public static final String DESCRIPTION =
		"A small demonstration model that comes with the plugin: fluorescence pictures of 128 × 128 pixels. " +
			UNDERSTANDS;

	/** Folders that were checked in this process. */
	private static final Set<Path> CHECKED = ConcurrentHashMap.newKeySet();

	private static final String RESOURCES = "/io/github/zimagefiji/built-in/";

	private BuiltInModel() {
		// only static methods
	}

	/**
	 * The folder of the text-to-image model, in the layout of diffusers; unpacked if necessary.
	 *
	 * @throws InvalidInputException if the cache folder cannot be written
	 */
	public static Path folder() {
		return part("base");
	}

	/**
	 * The folder of the ControlNet that goes with {@link #folder()}: masks and label images of nuclei
	 * become pictures.
	 *
	 * @throws InvalidInputException if the cache folder cannot be written
	 */
	public static Path controlNet() {
		return part("controlnet");
	}

	/**
	 * The folder of the editing model, in the layout of diffusers' Omni pipeline.
	 *
	 * @throws InvalidInputException if the cache folder cannot be written
	 */
	public static Path editModel() {
		return part("edit");
	}

	/**
	 * A LoRA for {@link #folder()} that makes every object grainy, as an old camera would.
	 *
	 * @throws InvalidInputException if the cache folder cannot be written
	 */
	public static Path grainyLora() {
		return part("lora").resolve("pytorch_lora_weights.safetensors");
	}

	/**
	 * What the Python reference made of {@link #folder()}.
	 *
	 * @param file {@code run.json}, what was asked for, or {@code 0.png}, the image
	 */
	public static InputStream expected(final String file) {
		return open("expected/" + file);
	}

	/**
	 * Compares what lies in the cache folder with the list in the jar.
	 *
	 * @return names of files that are damaged, or missing from a part that was unpacked; they are
	 *         written anew by {@link #repair}, and when another process asks for the part
	 */
	public static List<String> damaged() {
		final FileList list = FileList.read(BuiltInModel::open);
		final Path folder = CacheFolder.path().resolve("built-in").resolve(list.version());
		return list.files().entrySet().stream()
			.filter(file -> Files.isDirectory(folder.resolve(file.getKey().split("/", 2)[0])) &&
				!FileList.hasDigest(folder.resolve(file.getKey()), file.getValue()))
			.map(Map.Entry::getKey).toList();
	}

	/**
	 * Looks at every part in the cache folder again, and writes anew what is damaged.
	 *
	 * @throws InvalidInputException if the cache folder cannot be written
	 */
	public static void repair() {
		CHECKED.clear();
		final List<String> parts =
			damaged().stream().map(name -> name.split("/", 2)[0]).distinct().toList();
		parts.forEach(BuiltInModel::part);
	}

	private static Path part(final String part) {
		final FileList list = FileList.read(BuiltInModel::open);
		final Path folder =
			CacheFolder.path().resolve("built-in").resolve(list.version()).resolve(part);
		// Someone may have cleared the cache since.
		if (!CHECKED.contains(folder) || !Files.isDirectory(folder)) unpack(list, part, folder);
		return folder;
	}

	private static synchronized void unpack(final FileList list, final String part,
		final Path folder)
	{
		final Map<String, String> files = new LinkedHashMap<>(list.files());
		files.keySet().removeIf(name -> !name.startsWith(part + "/"));
		if (files.isEmpty())
			throw new IllegalStateException("The jar holds no built-in model \"" + part + "\".");
		for (final Map.Entry<String, String> file : files.entrySet()) {
			final Path target = folder.getParent().resolve(file.getKey());
			if (!FileList.hasDigest(target, file.getValue()))
				unpack(file.getKey(), file.getValue(), target);
		}
		CHECKED.add(folder);
	}

	private static void unpack(final String name, final String digest, final Path target) {
		try {
			Files.createDirectories(target.getParent());
		}
		catch (final IOException e) {
			throw new FileFailedException(target.getParent(),
				"The built-in model cannot be unpacked into " + target.getParent(), e,
				"Make room, or name another cache folder with the property zimage.cache.");
		}
		AtomicFile.write(target, out -> {
			try (InputStream in = open(name)) {
				in.transferTo(out);
			}
		});
		if (!FileList.hasDigest(target, digest))
			throw new EngineFailedException("The built-in model's " + name +
				" is damaged in the plugin's jar. Install the plugin again.");
	}

	/** The content of a file of the model, by its name in the jar. */
	static InputStream open(final String name) {
		final InputStream in = BuiltInModel.class.getResourceAsStream(RESOURCES + name);
		if (in != null) return in;
		throw new UncheckedIOException(new IOException("The plugin's jar lacks " + name + "."));
	}
}
