
package io.github.zimagefiji.dataset.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.github.zimagefiji.dataset.output.Layout;
import io.github.zimagefiji.dataset.recipe.Recipe;

/** About how much disk items take. */
public final class DiskNeed {

	/** A record, and its row in the manifest. */
	private static final long RECORD_BYTES = 9000;

	private DiskNeed() {
		// only static methods
	}

	/** Bytes of some items in all outputs. */
	public static long bytes(final Recipe recipe, final int items) {
		return items * (recipe.outputs().stream().map(format -> Layout.of(format, List::of))
			.mapToLong(layout -> layout.bytesPerItem(recipe)).sum() + RECORD_BYTES);
	}

	private static String words(final long bytes) {
		return bytes < 1e9 ? String.format(Locale.ROOT, "%.1f MB", bytes / 1e6)
			: String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
	}

	/**
	 * A sentence if a folder's disk has less room than items are about to take; nothing if it cannot
	 * be said.
	 */
	public static Optional<String> warning(final Recipe recipe, final int items, final Path folder) {
		try {
			final long room = Files.getFileStore(folder).getUsableSpace();
			final long need = bytes(recipe, items);
			return need <= room ? Optional.empty()
				: Optional.of(
					"The items take about " + words(need) + ", but the disk of " + folder + " has room for " +
						words(room) + ". The run will stop when it is full, and can go on " + "with --resume.");
		}
		catch (final IOException e) {
			return Optional.empty(); // some network drives do not tell
		}
	}
}
