
package io.github.zimagefiji.engine.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.zimagefiji.ChildJvm;
import io.github.zimagefiji.engine.EngineProbe;

/** The real libraries, in processes of their own and an empty cache. */
@Tag("process")
class NativeRepairTest {

	@TempDir
	Path temporary;

	private Process start() throws IOException {
		final ProcessBuilder builder = new ProcessBuilder(ChildJvm.java(
			List.of("-Djava.awt.headless=true", "-Dzimage.cache=" + temporary.resolve("cache")),
			ChildJvm.classPath(), EngineProbe.class)).redirectErrorStream(true);
		builder.environment().put("DJL_CACHE_DIR", temporary.resolve("djl").toString());
		return builder.start();
	}

	private static void assertStarts(final Process process) throws IOException, InterruptedException {
		final String output =
			new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertEquals(0, process.waitFor(), output);
		assertTrue(output.startsWith("class path 2.7.1"), output);
	}

	private List<String> names(final Path folder) throws IOException {
		if (!Files.isDirectory(folder)) return List.of();
		try (Stream<Path> files = Files.list(folder)) {
			return files.map(f -> f.getFileName().toString()).sorted().toList();
		}
	}

	/**
	 * One is killed while it unpacks; two that start together then remove what it left, and work; and
	 * so does one after libraries were damaged.
	 */
	@Test
	void killedStartsAndDamagesAreMended() throws Exception {
		final Path cache = temporary.resolve("djl/pytorch");
		final Process first = start();
		while (names(cache).stream().noneMatch(
			n -> n.startsWith(AbandonedFolders.PREFIX) && !namesIn(cache.resolve(n)).isEmpty()))
		{
			assertTrue(first.isAlive(), "it ended before it unpacked");
			Thread.sleep(5);
		}
		first.destroyForcibly().waitFor();
		assertEquals(1,
			names(cache).stream().filter(n -> n.startsWith(AbandonedFolders.PREFIX)).count());
		final List<Process> both = List.of(start(), start());
		for (final Process each : both) {
			assertStarts(each);
		}
		assertEquals(3, names(cache).size(), names(cache).toString());
		final Path folder = cache.resolve(names(cache).get(0));
		final List<String> damaged = new ArrayList<>(names(folder));
		damaged.removeIf(name -> name.contains("torch_cpu"));
		assertEquals(4, damaged.size(), damaged.toString());
		for (final String name : damaged) {
			final byte[] bytes = Files.readAllBytes(folder.resolve(name));
			Files.write(folder.resolve(name),
				name.contains("gomp") ? new byte[0] : java.util.Arrays.copyOf(bytes, bytes.length / 2));
		}
		assertStarts(start());
	}

	private List<String> namesIn(final Path folder) {
		try {
			return names(folder);
		}
		catch (final IOException e) {
			return List.of();
		}
	}
}
