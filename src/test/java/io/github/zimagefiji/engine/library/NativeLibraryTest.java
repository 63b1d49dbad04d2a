
package io.github.zimagefiji.engine.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.zimagefiji.ChildJvm;
import io.github.zimagefiji.engine.EngineProbe;

/**
 * Native libraries that do not fit, each met by a JVM of its own, since a JVM loads only one.
 */
@Tag("process")
class NativeLibraryTest {

	@TempDir
	Path temporary;

	/** Starts {@link EngineProbe} in another JVM and returns what it prints. */
	private static String probe(final String classPath, final Map<String, String> environment,
		final String... options) throws IOException, InterruptedException
	{
		final List<String> all = new ArrayList<>(List.of("-Dai.djl.offline=true"));
		all.addAll(List.of(options));
		final ProcessBuilder builder =
			new ProcessBuilder(ChildJvm.java(all, classPath, EngineProbe.class))
				.redirectErrorStream(true);
		builder.environment().putAll(environment);
		final Process process = builder.start();
		final String output =
			new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertEquals(0, process.waitFor(), output);
		return output;
	}

	/**
	 * A folder as of an unpacked libtorch, whose library is no library at all.
	 */
	private Path libtorch(final String versionFile, final String text) throws IOException {
		final Path lib = Files.createDirectories(temporary.resolve("libtorch/lib"));
		Files.writeString(lib.resolve(System.mapLibraryName("torch")),
			"this would fail if it were loaded");
		if (versionFile != null) Files.writeString(lib.resolveSibling(versionFile), text);
		return lib;
	}

	@ParameterizedTest
	@CsvSource({ "build-version, 2.5.1+cpu, 2.5.1", "build-version, 2.7.10, 2.7.10",
		"build-version, 2.13.0+cu128, 2.13.0", "version.py, __version__ = '2.6.0+cu124', 2.6.0" })
	void anotherVersionIsRefusedBeforeAnythingNativeIsLoaded(final String file, final String text,
		final String version) throws Exception
	{
		final Path lib = libtorch(file, text);
		final String said = probe(ChildJvm.classPath(), Map.of("PYTORCH_LIBRARY_PATH", lib.toString()));
		assertTrue(said.contains("has version " + version + ", but exactly 2.7.1 is needed"), said);
		assertTrue(said.contains(lib.toString()) && said.contains("unset PYTORCH_LIBRARY_PATH"), said);
		assertTrue(said.contains("native: false"), said);
	}

	@Test
	void anUnknownVersionIsRefused() throws Exception {
		final String said =
			probe(ChildJvm.classPath(), Map.of("PYTORCH_LIBRARY_PATH", libtorch(null, null).toString()));
		assertTrue(said.contains("has version unknown") && said.contains("set PYTORCH_VERSION=2.7.1"),
			said);
		assertTrue(said.contains("native: false"), said);
	}

	@Test
	void aVersionThatWouldBeDownloadedIsRefused() throws Exception {
		final String said = probe(ChildJvm.classPath(), Map.of("PYTORCH_VERSION", "2.5.1"));
		assertTrue(said.contains("refused: PYTORCH_VERSION asks for libtorch 2.5.1") &&
			said.contains("Unset it"), said);
		assertTrue(said.contains("native: false"), said);
	}

	@Test
	void theEnvironmentComesBeforePropertiesAsForTheLoader() throws Exception {
		final Path lib = libtorch("build-version", "2.5.1");
		final String said = probe(ChildJvm.classPath(), Map.of("PYTORCH_LIBRARY_PATH", lib.toString()),
			"-DPYTORCH_LIBRARY_PATH=" + temporary);
		assertTrue(said.contains("has version 2.5.1"), said);
	}

	@Test
	void aFolderWithoutLibraryIsNamed() throws Exception {
		final String said =
			probe(ChildJvm.classPath(), Map.of(), "-DPYTORCH_LIBRARY_PATH=" + temporary);
		assertTrue(said.contains(temporary.toString()) &&
			said.contains("there is no " + System.mapLibraryName("torch")), said);
	}

	@Test
	void aLibraryThatCannotBeLoadedIsNamed() throws Exception {
		final Path lib = libtorch("build-version", "2.7.1+cpu");
		final String said = probe(ChildJvm.classPath(), Map.of("PYTORCH_LIBRARY_PATH", lib.toString(),
			"ENGINE_CACHE_DIR", temporary.resolve("cache").toString()));
		assertTrue(said.contains("libtorch 2.7.1 cpu (" + lib + ") cannot be loaded"), said);
	}

	@Test
	void aMissingLibraryIsSaidWithTheSystem() throws Exception {
		final String without = Arrays.stream(ChildJvm.classPath().split(File.pathSeparator))
			.filter(p -> !p.contains("pytorch-native")).collect(Collectors.joining(File.pathSeparator));
		final String said = probe(without, Map.of());
		assertTrue(said.contains("There is no libtorch for this system") &&
			said.contains(System.getProperty("os.arch")), said);
		assertTrue(said.contains("PYTORCH_LIBRARY_PATH") && said.contains("native: false"), said);
	}

	@Test
	void theOneThatCameAlongFits() throws Exception {
		final String said = probe(ChildJvm.classPath(), Map.of());
		assertTrue(said.contains("class path 2.7.1") && said.contains("native: true"), said);
		assertTrue(said.contains("tracking: true"), said);
		assertFalse(said.contains("refused"), said);
	}
}
