
package io.github.zimagefiji.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.zimagefiji.engine.LibraryFolder;
import io.github.zimagefiji.engine.library.EngineSettings;

/**
 * {@code zimage engine} shows and keeps what is chosen. Downloads are tested in
 * EngineLibrariesTest.
 */
@Tag("engine")
class EngineSubcommandTest {

	@TempDir
	private Path cache;

	private String usual;

	@BeforeEach
	void useAnEmptyCache() {
		usual = System.setProperty("zimage.cache", cache.toString());
	}

	@AfterEach
	void useTheUsualCache() {
		if (usual == null) System.clearProperty("zimage.cache");
		else System.setProperty("zimage.cache", usual);
	}

	@Test
	void showsWhatIsUsedAndChosenAndChangesNothing() {
		final Call call = Call.of("engine");
		assertEquals(0, call.code(), call.err());
		assertTrue(call.out().contains("libtorch 2.7.1") && call.out().contains("DJL 0.35"),
			call.out());
		assertTrue(call.out().contains("Chosen: the library that came along; device auto"), call.out());
		assertTrue(call.out().contains("Downloaded: none"), call.out());
		assertFalse(Files.exists(EngineSettings.file()));
	}

	@Test
	void keepsAFolderAndADeviceAndForgetsTheFolder() throws IOException {
		final Path lib = LibraryFolder.make(cache);
		final Call call = Call.of("engine", "--use", lib.toString(), "--device", "gpu");
		assertEquals(0, call.code(), call.err());
		assertTrue(call.out().contains("Chosen: " + lib + "; device gpu (a GPU is required)"),
			call.out());
		assertEquals(new EngineSettings(Optional.of(lib), "gpu"), EngineSettings.read());
		assertEquals(0, Call.of("engine", "--use", "cpu").code());
		assertEquals(new EngineSettings(Optional.empty(), "gpu"), EngineSettings.read());
	}

	@Test
	void refusesWhatIsNotThere() {
		for (final String name : new String[] { "cu128", "/not/there", "" }) {
			final Call call = Call.of("engine", "--use", name);
			assertEquals(2, call.code(), call.err());
			assertTrue(call.err().startsWith("zimage: There is no native library \"" + name + "\""),
				call.err());
		}
		final Call device = Call.of("engine", "--device", "tpu");
		assertEquals(2, device.code(), device.err());
		assertTrue(device.err().contains("\"tpu\"; it must be auto, cpu or gpu"), device.err());
		assertFalse(Files.exists(EngineSettings.file()));
	}

	@Test
	void aRequiredGpuThatIsNotThereEndsTheRun() {
		assertEquals(0, Call.of("engine", "--device", "gpu").code());
		final Call call =
			Call.of(Call.referenceArgs("--output", cache.resolve("image.png").toString()));
		assertEquals(0, call.code(), "the processor is named: " + call.err());
		final Call automatic = Call.of("text-to-image", "--prompt", "a cell", "--output",
			cache.resolve("image.png").toString());
		assertEquals(2, automatic.code(), automatic.err());
		assertTrue(automatic.err().contains("zimage: A GPU is required"), automatic.err());
	}
}
