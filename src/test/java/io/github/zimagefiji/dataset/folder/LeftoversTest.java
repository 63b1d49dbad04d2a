
package io.github.zimagefiji.dataset.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {

	@TempDir
	Path folder;

	@Test
	void halfWrittenFilesAndThoseOfRejectedItemsGo() throws IOException {
		// the dataset's own folder may be called like an item
		final Path root = folder.resolve("cells-0001");
		for (final String file : List.of("records/cells-0001.json", "records/cells-0001.png",
			"tiff/train/images/cells-0000.tif", "tiff/train/images/cells-0001.tif",
			"cellpose/train/cells-0001_masks.tif", "ome-zarr/train/cells-0001.zarr/0/.zarray",
			"ome-zarr/train/.zimage-1.part/0/.zarray", "tiff/train/images/.zimage-2.part"))
			Files.writeString(Files.createDirectories(root.resolve(file).getParent())
				.resolve(root.resolve(file).getFileName()), "");
		Leftovers.remove(root, Set.of("cells-0001"));
		try (Stream<Path> left = Files.walk(root)) {
			assertEquals(
				List.of("records/cells-0001.json", "records/cells-0001.png",
					"tiff/train/images/cells-0000.tif"),
				left.filter(Files::isRegularFile)
					.map(file -> root.relativize(file).toString().replace('\\', '/')).sorted().toList());
		}
	}
}
