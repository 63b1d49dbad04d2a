
package io.github.zimagefiji.engine.library;

import static io.github.zimagefiji.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.zimagefiji.ChildJvm;
import io.github.zimagefiji.engine.EngineProbe;
import io.github.zimagefiji.engine.LibraryFolder;
import io.github.zimagefiji.engine.SecondPyTorch;
import io.github.zimagefiji.engine.TorchEngine;
import io.github.zimagefiji.engine.text.HaltingStart;
import io.github.zimagefiji.engine.text.TokenizerFileTest;
import io.github.zimagefiji.error.EngineFailedException;

/** What happens around loading the native library, in JVMs of their own. */
@Tag("process")
class EngineStartTest {

	@TempDir
	Path temporary;

	private Path cache;
	private String usual;

	/** What a child said, and its exit code. */
	private record Said(int code, String text) {}

	@BeforeEach
	void useAnEmptyCache() {
		cache = temporary.resolve("cache é 1");
		usual = System.setProperty("zimage.cache", cache.toString());
	}

	@AfterEach
	void useTheUsualCache() {
		if (usual == null) System.clearProperty("zimage.cache");
		else System.setProperty("zimage.cache", usual);
	}

	private Said start(final Class<?> main, final Map<String, String> environment,
		final String... arguments) throws IOException, InterruptedException
	{
		return start(List.of(), main, environment, arguments);
	}

	private Said start(final List<String> options, final Class<?> main,
		final Map<String, String> environment, final String... arguments)
		throws IOException, InterruptedException
	{
		final ProcessBuilder builder =
			new ProcessBuilder(ChildJvm.java(options, ChildJvm.classPath(), main, arguments))
				.redirectErrorStream(true);
		builder.environment().put("LC_ALL", "C.UTF-8");
		builder.environment().putAll(environment);
		final Process process = builder.start();
		final String output =
			new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		return new Said(process.waitFor(), output);
	}

	private List<Path> markers() throws IOException {
		try (Stream<Path> files = Files.list(cache.resolve("engine-starts"))) {
			return files.toList();
		}
	}

	@Test
	void anEndInTheMiddleOfLoadingIsToldOnceAtTheNextStart() throws Exception {
		final Said first = start(HaltingStart.class, Map.of());
		assertEquals(9, first.code, first.text);
		assertEquals(1, markers().size());
		assertEquals("libtorch", CrashMarker.left().get(0).library().split(" ")[0]);
		final Said second = start(EngineProbe.class, Map.of());
		assertTrue(
			second.text.contains(
				"refused: The program ended while it loaded the computing engine (libtorch 2.7.1"),
			second.text);
		assertTrue(
			second.text.contains("zimage engine --use cpu") && second.text.contains("native: false"),
			second.text);
		final Said third = start(EngineProbe.class, Map.of());
		assertTrue(third.text.startsWith("class path 2.7.1"), third.text);
		assertEquals(List.of(), markers());
	}

	@Test
	void aProcessWithoutWindowsGoesOnAfterOneThatWasKilledWhileLoading() throws Exception {
		assertEquals(9, start(HaltingStart.class, Map.of()).code);
		assertEquals(1, markers().size());
		final Said second = start(List.of("-Djava.awt.headless=true"), EngineProbe.class, Map.of());
		assertTrue(second.text.startsWith("class path 2.7.1"), second.text);
		assertEquals(List.of(), markers());
	}

	@Test
	void anOrderlyEndInTheMiddleOfLoadingIsNoCrash() throws Exception {
		final Said exit = start(HaltingStart.class, Map.of(), "exit");
		assertEquals(7, exit.code, exit.text);
		assertEquals(List.of(), markers(), exit.text);
		final Path file =
			Files.writeString(temporary.resolve("tokenizer.json"), TokenizerFileTest.builtIn());
		final Said tokenizer = start(HaltingStart.class, Map.of(), "exit", file.toString());
		assertEquals(7, tokenizer.code, tokenizer.text);
		assertEquals(List.of(), markers(), tokenizer.text);
	}

	@Test
	void severalProcessesStartAtTheSameTime() throws Exception {
		final List<CompletableFuture<Said>> all =
			Stream.generate(() -> CompletableFuture.supplyAsync(() -> {
				try {
					return start(EngineProbe.class, Map.of());
				}
				catch (final IOException | InterruptedException e) {
					throw new IllegalStateException(e);
				}
			})).limit(3).toList();
		for (final CompletableFuture<Said> each : all) {
			assertTrue(each.get().text.startsWith("class path 2.7.1"), each.get().text);
		}
		assertEquals(List.of(), markers());
	}

	@Test
	void aProcessThatLoadsJustNowHasNotCrashed() throws IOException {
		final CrashMarker marker = CrashMarker.set("libtorch").orElseThrow();
		assertEquals(List.of(marker.file()), markers());
		assertEquals(List.of(), CrashMarker.left());
		// The same number, but of a process that began at another time, as after a
		// restart of the computer.
		final String text = Files.readString(marker.file());
		Files.writeString(marker.file(),
			text.replaceAll("(?m)^started=.*$", "started=2020-01-01T00\\\\:00\\\\:00Z"));
		assertEquals(1, CrashMarker.left().size());
		// Another computer's processes cannot be seen.
		Files.writeString(marker.file(),
			text.replaceAll("(?m)^started=.*$", "started=2020-01-01T00\\\\:00\\\\:00Z")
				.replaceAll("(?m)^host=.*$", "host=another"));
		assertEquals(List.of(), CrashMarker.left());
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "pid=x", "pid=1", "host=\\uZZZZ" })
	void aMarkerThatTellsNothingKeepsNobodyFromStarting(final String text) throws IOException {
		Files.createDirectories(cache.resolve("engine-starts"));
		Files.writeString(cache.resolve("engine-starts/1-a.starting"), text);
		assertEquals(List.of(), CrashMarker.left());
	}

	@Test
	void whereNoMarkerCanBeWrittenTheEngineStarts() throws Exception {
		Files.writeString(cache, "a file where the folder should be");
		final Said said = start(EngineProbe.class, Map.of());
		assertTrue(said.text.startsWith("class path 2.7.1"), said.text);
	}

	@Test
	void anotherPyTorchInTheProcessIsNamedAndNotMixedWithOurs() throws Exception {
		final Path lib = LibraryFolder.make(temporary);
		final String name = System.mapLibraryName("c10");
		final Path other = Files.createDirectories(temporary.resolve("engines of JDLL")).resolve(name);
		Files.copy(lib.resolve(name), other);
		final Said said = start(SecondPyTorch.class, Map.of(), other.toString());
		assertTrue(said.text.contains("refused: Another plugin") &&
			said.text.contains(other.getParent().toString()), said.text);
	}

	@Test
	void librariesAreFoundInTheListOfAnySystem() {
		assertEquals(List.of(Path.of("/a b/libtorch_cpu.so"), Path.of("/a/libc10.so"),
			Path.of("/a/libtorch.dylib")), OtherPyTorch.files("""
					7f5d3c000000-7f5d3c021000 r-xp 00000000 fe:00 131   /a b/libtorch_cpu.so
					7f5d3c000000-7f5d3c021000 r-xp 00000000 fe:00 131   /a/libc10.so
					0x000000010c9e8000 \t/a/libtorch.dylib
					7f5d3c000000-7f5d3c021000 rw-p 00000000 00:00 0
					7f5d3c000000-7f5d3c021000 r-xp 00000000 fe:00 131   /a/libtorchaudio.so
					7f5d3c000000-7f5d3c021000 rw-p 00000000 00:00 0     [heap]
					""").toList());
	}

	@Test
	void thisProcessHasNoOtherPyTorchThanItsOwn() throws IOException {
		final Path links = LibraryFolder.make(temporary.resolve("links"));
		try (TorchEngine engine = TorchEngine.open("cpu", 1)) {
			assertEquals(List.of(), OtherPyTorch.folders(engine.library().folder()));
			assertEquals(List.of(), OtherPyTorch.folders(links));
			assertEquals(List.of(engine.library().folder()), OtherPyTorch.folders(temporary));
		}
	}

	@Test
	void theChosenFolderIsUsedFromTheNextStartOn() throws Exception {
		final Path lib = LibraryFolder.make(temporary.resolve("mine ü"));
		EngineSettings.DEFAULT.withLibrary(Optional.of(lib)).write();
		assertEquals(lib, EngineSettings.read().library().orElseThrow());
		final Said said = start(EngineProbe.class, Map.of());
		assertTrue(said.text.startsWith(lib + " 2.7.1"), said.text);
		assertTrue(said.text.contains("native: true"), said.text);
		EngineSettings.read().withLibrary(Optional.empty()).write();
		assertTrue(start(EngineProbe.class, Map.of()).text.startsWith("class path 2.7.1"));
	}

	@Test
	void aFolderForProcessorsNeedsNoWordOnItsFlavor() throws Exception {
		final Path lib = LibraryFolder.make(temporary);
		final Said said = start(EngineProbe.class, Map.of("PYTORCH_LIBRARY_PATH", lib.toString()));
		assertTrue(said.text.startsWith(lib + " 2.7.1"), said.text);
	}

	@Test
	void aChosenFolderThatWentAwayIsNamedAndTheEngineNotSwappedInSilence() throws Exception {
		final Path lib = LibraryFolder.make(temporary);
		EngineSettings.DEFAULT.withLibrary(Optional.of(lib)).write();
		Files.delete(lib.resolve(System.mapLibraryName("torch")));
		final Said said = start(EngineProbe.class, Map.of());
		assertTrue(said.text.contains("refused: The choice in Plugins>Z-Image>Engine... names " + lib),
			said.text);
		assertFalse(said.text.contains("native: true"), said.text);
	}

	@Test
	void aLibraryOfAnotherVersionCannotBeChosen() throws IOException {
		final Path lib = LibraryFolder.make(temporary);
		Files.writeString(lib.resolveSibling("build-version"), "2.5.1+cu124");
		final String message = assertThrows(EngineFailedException.class,
			() -> EngineSettings.DEFAULT.withLibrary(Optional.of(lib)).write()).getMessage();
		assertTrue(message.contains("has version 2.5.1"), message);
		assertFalse(Files.exists(EngineSettings.file()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "device=tpu", "device=\\uZZZZ", "library=a\\u0000b" })
	void settingsThatCannotBeReadAreNamed(final String text) throws IOException {
		Files.createDirectories(cache);
		Files.writeString(EngineSettings.file(), text);
		assertRefused(EngineSettings::read, EngineSettings.file().toString(), "Delete that file");
	}

	@Test
	void aRequiredGpuThatIsNotThereIsAnErrorAndNoFallBack() {
		EngineSettings.DEFAULT.withDevice("gpu").write();
		assertRefused(() -> TorchEngine.open("auto", 1), "A GPU is required",
			"computes on the processor only");
		try (TorchEngine engine = TorchEngine.open("cpu", 1)) {
			assertEquals("cpu", engine.device().torchName());
		}
	}
}
