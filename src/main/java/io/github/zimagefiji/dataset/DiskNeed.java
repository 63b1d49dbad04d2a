package io.github.zimagefiji.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

import io.github.zimagefiji.dataset.output.Layout;
import io.github.zimagefiji.dataset.recipe.Recipe;

/** About how much disk items take. */
final class DiskNeed {

	/** A record, and its row in the manifest. */
	private static final long RECORD_BYTES = 9000;

	private DiskNeed() {
		// only static methods
	}

	/** Bytes of some items in all outputs. */
	static long bytes(final Recipe recipe, final int items) {
		return items * (recipe.outputs().stream().map(Layout::of).mapToLong(layout -> layout.bytesPerItem(recipe)).sum() +
			RECORD_BYTES);
	}

	/** A sentence if a folder's disk has less room than items are about to take; nothing if it cannot be said. */
	static Optional<String> warning(final Recipe recipe, final int items, final Path folder) {
		try {
			final long room = Files.getFileStore(folder).getUsableSpace();
			final long need = bytes(recipe, items);
			return need <= room ? Optional.empty() : Optional.of(String.format(Locale.ROOT,
				"The items take about %.1f GB, but the disk of %s has room for %.1f GB. The run will stop when it is full, and can " +
					"go on with --resume.", need / 1e9, folder, room / 1e9));
		}
		catch (final IOException e) {
			return Optional.empty(); // some network drives do not tell
		}
	}
}
