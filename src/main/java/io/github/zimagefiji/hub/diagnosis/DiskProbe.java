
package io.github.zimagefiji.hub.diagnosis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.github.zimagefiji.Progress;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.hub.source.SizeText;
import io.github.zimagefiji.io.AtomicFile;
import io.github.zimagefiji.io.CacheFolder;
import io.github.zimagefiji.io.IOReason;

/**
 * The cache folder: whether it can be written to, and the room on its drive.
 */
record DiskProbe() implements Probe {

	/** What the built-in model and an unpacked native library take, roughly. */
	private static final long LEAST = 600_000_000;

	@Override
	public String topic() {
		return "Cache folder";
	}

	@Override
	public List<Finding> look(final Progress progress) {
		final Path folder = CacheFolder.path();
		try {
			Files.createDirectories(folder);
			AtomicFile.checkWritable(folder.resolve("doctor"));
			final long free = Files.getFileStore(folder).getUsableSpace();
			final String text = folder + ", " + SizeText.of(free) + " free";
			return List.of(free < LEAST ? Finding.note(topic(), text + "; make room for downloads")
				: Finding.good(topic(), text));
		}
		catch (final IOException e) {
			return List.of(Finding.wrong(topic(), folder + " cannot be made or used: " + IOReason.of(e) +
				". Change its permissions, or name another one with the property zimage.cache."));
		}
		catch (final InvalidInputException e) {
			return List
				.of(Finding.wrong(topic(), e.getMessage() + " Name it with the property zimage.cache."));
		}
	}
}
